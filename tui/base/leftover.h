/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Children that were told to end and that nobody can wait for, as they hang in the kernel.  Once they have ended
 * they are taken from the list of processes, so that none stays there as a zombie.
 */
#ifndef KMT_BASE_LEFTOVER_H
#define KMT_BASE_LEFTOVER_H

#include <sys/types.h>

/* Takes the child over, and looks after those that were left before. */
void leftover_add(pid_t pid);
/* The same without a new one: never waits. */
void leftover_reap(void);

#endif
