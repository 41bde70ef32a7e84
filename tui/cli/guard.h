/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The process of --rollback: hears each change of a command through a pipe, one line of JSON each, and takes all of
 * them back when its time is over, unless somebody keeps them.
 */
#ifndef KMT_CLI_GUARD_H
#define KMT_CLI_GUARD_H

#include "kernel/pending.h"

struct cli;

struct guard {
	struct cli *cli;
	char name[PENDING_NAME];
	int fd;				/* of the pipe answers come by */
	int seconds;
	char **words;			/* command and arguments, for the journal */
	int n_words;
};

/* All of it, in the child.  @changes is taken over.  Does not come back. */
void guard_run(struct guard *guard, int changes) __attribute__((noreturn));

#endif
