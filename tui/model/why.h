/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An errno in words.  Pure: from what was tried, what the kernel answered and what the
 * host's policy is, one sentence (what happened, what to do next) and the exit status.
 */
#ifndef KMT_MODEL_WHY_H
#define KMT_MODEL_WHY_H

#include "model/policy.h"

/* Exit statuses of the program; documented in kmodtui(8). */
enum status {
	STATUS_DONE = 0,	/* also: already loaded, already gone */
	STATUS_FAILED = 1,	/* otherwise */
	STATUS_USAGE = 2,	/* usage, unknown parameter, value out of range or of the wrong type */
	STATUS_DENIED = 3,	/* no privilege, read-only */
	STATUS_NOT_FOUND = 4,	/* no such module or file */
	STATUS_BUSY = 5,	/* in use, time-out */
	STATUS_REFUSED = 6,	/* by the kernel's policy or by the module's format */
	STATUS_UNKNOWN = 7,	/* audit: whether it can be loaded is not known */
};

enum why_action { WHY_LOAD, WHY_UNLOAD, WHY_SET, WHY_READ };

/* With ETIMEDOUT: what became of what took too long. */
enum why_late {
	WHY_IN_TIME,		/* the time-out was the kernel's own */
	WHY_STOPPED,		/* it was told to end, and did */
	WHY_HANGS,		/* it did not */
};

struct why_case {
	enum why_action action;
	int error;		/* a positive errno */
	enum why_late late;
	const char *users;	/* WHY_UNLOAD: who uses it, joined by ", "; NULL or "": unknown */
	const char *vermagic;	/* WHY_LOAD: the module's; NULL unknown */
	const char *kernel_vermagic;	/* the kernel's, from a module of its own directory; NULL unknown */
	const char *log;	/* the record of the kernel log that tells most, with the one before where that belongs to it; NULL none */
};

/*
 * The sentence, translated, whole, without the module's name; the caller frees.  It may quote users,
 * vermagic and log: not yet safe for a terminal.  ENOENT of WHY_UNLOAD means "not loaded", which is
 * STATUS_DONE; for a name that no module has, ask with WHY_READ.
 */
char *why_sentence(const struct why_case *c, const struct policy *policy);
enum status why_status(const struct why_case *c, const struct policy *policy);

#endif
