/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals that end a loop, or are passed on by it.  One that comes between the look at interrupt_caught() and the wait is
 * not lost: interrupt_poll() does not wait then.
 */
#ifndef KMT_CLI_INTERRUPT_H
#define KMT_CLI_INTERRUPT_H

#include <poll.h>
#include <stddef.h>

#define INTERRUPT_MAX 3

/* Catches SIGINT and SIGTERM, and SIGHUP if @hangup, until interrupt_end(). */
void interrupt_begin(int hangup);
void interrupt_end(void);
/*
 * Ends the program by the signal that was caught, when all is cleaned up: only so does a shell know that its loop is to
 * end, too.  Returns when there was none.
 */
void interrupt_finish(void);
/* The number of the last one; 0: none came. */
int interrupt_caught(void);
/* The same, but each only once: for those who pass it on. */
int interrupt_take(void);
/* poll(2), but -EINTR at once for one that was caught and not taken; -errno. */
int interrupt_poll(struct pollfd *fds, size_t n, int ms);

#endif
