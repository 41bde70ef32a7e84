/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A command that waits and is told to end (Ctrl-C) cleans up first and then ends by that signal all the same: only so does
 * a shell know that its loop is to end, too.
 */
#ifndef KMT_CLI_ENDING_H
#define KMT_CLI_ENDING_H

/* In a signal handler: the program is to end by this signal when it has cleaned up. */
void ending_by(int number);
/* Ends the program by the signal of ending_by(); returns when there was none. */
void ending_finish(void);

#endif
