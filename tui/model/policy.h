/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What this kernel allows and what this user may do. */
#ifndef KMT_MODEL_POLICY_H
#define KMT_MODEL_POLICY_H

#include <stdbool.h>

#include "model/moddir.h"

struct buf;

enum policy_tristate { POLICY_UNKNOWN = -1, POLICY_NO = 0, POLICY_YES = 1 };

struct policy {
	char *kernel;		/* release */
	enum policy_tristate modules;	/* loadable modules: /proc/modules is there */
	long long taint;	/* bit mask, -1 unknown */
	char *lockdown;		/* "none", "integrity", "confidentiality"; NULL unknown */
	enum policy_tristate sig_enforce;
	enum policy_tristate modules_disabled;
	enum policy_tristate dmesg_restrict;
	struct moddir moddir;	/* its module directory */
	enum policy_tristate container;	/* PID 1 says it lives in one */
	bool live;		/* facts of the running machine, not of a --root or another --kernel */
	/* effective, of this process; cap_sys_module also if a program it starts as root gets it back */
	bool cap_sys_module, cap_syslog, root;
	bool elevates;		/* a command gets by sudo or its like what this process has not */
	const char *no_elevation;	/* why it does not, although there is a sudo: a sentence of somebody else's; or NULL */
};

void policy_release(struct policy *policy);
/* Letters of the taint mask, as in the kernel's own list ("OE"), "?40" for bit 40 that has none here; "" for none. */
void policy_taint_letters(const struct policy *policy, struct buf *out);
/* The meaning of taint bit @bit as a translated sentence; NULL for an unknown bit. */
const char *policy_taint_text(int bit);
/* The same, and for an unknown bit one with its number; a new string. */
char *policy_taint_sentence(int bit);
/* The letter of taint bit @bit; '?' unknown. */
char policy_taint_letter(int bit);
/* Why loading, unloading and writing can not work for this user on this kernel: a translated sentence; NULL: it can. */
const char *policy_obstacle(const struct policy *policy);

#endif
