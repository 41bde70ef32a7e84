/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several commands of the one door, one after the other, and one sentence about all of them. */
#ifndef KMT_APP_BATCH_H
#define KMT_APP_BATCH_H

#include <stddef.h>

struct console;
struct strv;

/* Forgets what was gathered; none may run. */
void batch_reset(void);
/*
 * One more command, @names[0] its module; all of @names are done when it is.  @command is copied, @equivalent is what
 * one would type without kmodtui.
 */
void batch_add(const struct strv *command, const struct strv *names, const char *equivalent);
/* How many modules they are about. */
size_t batch_count(void);
/*
 * Runs them.  Tags of what worked are taken away.  At the end one line tells how many are done, and a window
 * what failed and why.
 */
void batch_run(struct console *console);

#endif
