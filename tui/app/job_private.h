/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A job inside: shared by job.c and job_child.c. */
#ifndef KMT_APP_JOB_PRIVATE_H
#define KMT_APP_JOB_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/job.h"
#include "base/buf.h"
#include "base/child.h"
#include "model/busy.h"

struct job {
	struct child child;
	struct buf text[2];		/* what it wrote */
	struct strv command;
	char *module, *equivalent;
	uint64_t started_us;
	bool elevated;
	uint64_t stopped_ms;		/* when it was told to end; 0: it was not */
	struct busy busy;
	void (*done)(struct console *console, const struct result *result);
	struct job *next;		/* of those given up */
};

/* Whether the command is to be run by sudo or its like. */
bool job_needs_leave(const struct console *console, const struct strv *words);
/* Starts the child, or says why not and returns -errno. */
int job_child_start(struct console *console, struct job *job);
/* Reads what it wrote: true when that was all. */
bool job_child_ended(const struct console *console, struct job *job);

#endif
