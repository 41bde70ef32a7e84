/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A child process whose output and errors are read from pipes. */
#ifndef KMT_BASE_CHILD_H
#define KMT_BASE_CHILD_H

#include <sys/types.h>

struct strv;

enum child_kind {
	CHILD_ALONE,			/* a session of its own: it outlives us and our terminal */
	CHILD_ATTACHED,			/* shares our terminal, to ask for a password there */
	CHILD_FOLLOWING,		/* shares our terminal and is told to end when we die */
};

struct child {
	pid_t pid;
	int fd[2];			/* its standard output and error, not blocking; -1: closed */
	enum child_kind kind;
};

/*
 * In a child, behind fork(): no signal is blocked, our handlers are gone, and what child_ignore() ignores is at its default
 * again.  A child that is not CHILD_ALONE still ignores what was ignored when this program was started, as nohup means it.
 */
void child_reset_signals(enum child_kind kind);
/* Ignores a signal in this program, but in none that it runs. */
void child_ignore(int number);

/*
 * Runs the file @program with @arguments, the first being its name.  0 or -errno; what fails behind the fork
 * is status 127.
 */
int child_start(struct child *child, const char *program, const struct strv *arguments, enum child_kind kind);
/* Tells it to end, with what it has started.  0; -EPERM: it has become somebody else's. */
int child_stop(const struct child *child);
/* Waits for its end: its exit status, or minus the number of the signal that ended it. */
int child_wait(const struct child *child);
void child_close(struct child *child);

#endif
