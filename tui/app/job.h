/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one door (law L4): the console changes nothing itself.  It runs its own program in command
 * mode as a child, reads the result from a pipe, and then reads the kernel again.
 */
#ifndef KMT_APP_JOB_H
#define KMT_APP_JOB_H

#include <stdint.h>

#include "base/strv.h"

struct console;
struct job;
struct plan;
struct result;

struct job_request {
	struct strv command;		/* "load", "kmt_timer", "period_ms=250"; taken over */
	const char *module;		/* copied */
	const char *equivalent;		/* what one would type without kmodtui; copied */
	/* Called once: when the child has ended and the kernel was read again, or when it was given up (STATUS_BUSY). */
	void (*done)(struct console *console, const struct result *result);
};

/* What came of it. */
struct result {
	const char *verb, *module, *equivalent;
	int status;			/* exit status of the command */
	uint64_t ms;			/* how long it took */
	const char *failed;		/* the module that failed; of one that does not say: the one asked for */
	const char *sentence;		/* why it failed; NULL: it did not, or it does not say */
	const char *old_value, *new_value;	/* of a "set"; NULL unknown */
	const struct strv *remarks;	/* what to know about a success */
	const struct plan *plan;	/* what it says it will do, or would */
	const struct strv *log;		/* kernel-log lines that appeared meanwhile */
};

/*
 * 0; -EBUSY: another action runs, or one that was given up still hangs on that module (the message line
 * says so); -errno: no child could be started.
 */
int job_start(struct console *console, struct job_request *request);
/* What one would type for a change: "sudo modprobe loop" where sudo is needed.  The caller frees. */
char *job_equivalent(const struct console *console, const char *command);
/* Says how long the action has been running, if one is, and whether that is too long. */
void job_tell(struct console *console);
/*
 * Tells the action under way to end and, when it does not, as it hangs in the kernel, waits for it no
 * longer.  Its module stays busy until the child has ended; that is told then.
 */
void job_give_up(struct console *console);
/* Reads what the children wrote, when console->jobs_fd is readable; at the end of one finishes its job. */
void job_read(struct console *console);
/* Lets go of children that still run; they finish what they began. */
void job_abandon(struct console *console);

#endif
