/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The terminal after a crash.  The handler takes no memory and no lock, for the crash may be in whoever has them: all is
 * prepared while there is time.
 */
#ifndef KMT_VIEW_TERMCRASH_H
#define KMT_VIEW_TERMCRASH_H

#include <stdbool.h>

/* Before curses changes it: how the terminal is now. */
void termcrash_remember(void);
/* Behind newterm(): the bytes that give this type of terminal back; from now on a crash does it. */
void termcrash_prepare(void);
/* Whether the terminal is ours just now; nothing before termcrash_prepare(). */
void termcrash_arm(bool ours);
/* In a signal handler: gives it back as it was, once. */
void termcrash_restore(void);

#endif
