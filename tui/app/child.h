/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A child process whose output and errors are read from pipes. */
#ifndef KMT_APP_CHILD_H
#define KMT_APP_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

struct strv;

struct child {
	pid_t pid;
	int fd[2];			/* its standard output and error, not blocking; -1: closed */
	bool grouped;			/* it leads a session of its own */
};

/*
 * Runs @program with @arguments, the first being its name.  @attached: it shares our terminal, to ask
 * for a password there; else it gets a session of its own.  0 or -errno; what fails behind the fork is
 * status 127.
 */
int child_start(struct child *child, const char *program, const struct strv *arguments, bool attached);
/* Tells it to end, with what it has started.  0; -EPERM: it has become somebody else's. */
int child_stop(const struct child *child);
/* Waits for its end: its exit status, or -1 when a signal ended it. */
int child_wait(const struct child *child);
void child_close(struct child *child);

#endif
