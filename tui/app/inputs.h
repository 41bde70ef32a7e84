/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was typed at prompts before: Up and Down bring it back.  Values that look secret are not kept. */
#ifndef KMT_APP_INPUTS_H
#define KMT_APP_INPUTS_H

struct console;

/*
 * Nothing is kept of a console that is read-only or shows another machine's files.
 *
 * The prompt that was just opened offers what was typed at others of the same @kind ("load kmt_timer").
 */
void inputs_offer(struct console *console, const char *kind);
/* An older one (-1), or a newer one (1). */
void inputs_turn(struct console *console, int step);
/* @text was entered; does nothing unless inputs were offered. */
void inputs_keep(const char *text);
/* The prompt is closed. */
void inputs_forget(void);

#endif
