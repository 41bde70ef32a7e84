/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What modprobe does when the turn comes to a module, and so whether it is masked: the one place that decides this. */
#ifndef KMT_KERNEL_KMOD_FATE_H
#define KMT_KERNEL_KMOD_FATE_H

#include <stdbool.h>

struct kmod_lib;
struct modprobed;
struct modtable;
struct strv;

enum kmod_fate {
	KMOD_FATE_LOAD,		/* its file is inserted */
	KMOD_FATE_COMMAND,	/* the command of an install line is run instead */
	KMOD_FATE_BUILTIN,	/* nothing: the kernel has it */
	KMOD_FATE_MISSING,	/* there is no such module */
	KMOD_FATE_UNKNOWN,	/* libkmod did not answer */
};

/*
 * The fate of the module of that very name, whether it was named, needed or recommended; that it may be live is not
 * looked at.
 */
enum kmod_fate kmod_fate_read(struct kmod_lib *lib, const char *name);
/*
 * Masked: modprobe runs an install line instead, and that only fails or does nothing.  @conf is the configuration
 * @lib was opened with.
 */
bool kmod_fate_is_masked(struct kmod_lib *lib, const struct modprobed *conf, const char *name);
/* Adds the names of the masked modules of @table. */
void kmod_fate_masked(struct kmod_lib *lib, const struct modprobed *conf, const struct modtable *table,
		      struct strv *names);

#endif
