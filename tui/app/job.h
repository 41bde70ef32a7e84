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
	/* Called when the child has ended and the kernel was read again. */
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

/* 0; -EBUSY: another action runs (the message line says so); -errno: no child could be started. */
int job_start(struct console *console, struct job_request *request);
/* Says how long the action has been running, if one is. */
void job_tell(struct console *console);
/* Reads what the child wrote; at the end of it finishes the job. */
void job_read(struct console *console);
/* Descriptor of its output (0) or errors (1); -1: none. */
int job_fd(const struct job *job, int which);
/* Lets go of a child that still runs; it finishes what it began. */
void job_abandon(struct console *console);

#endif
