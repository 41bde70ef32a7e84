/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each word of a command means, for who wants to learn to do it without kmodtui.  Pure. */
#ifndef KMT_MODEL_LEARN_H
#define KMT_MODEL_LEARN_H

struct strv;

/*
 * Adds a line "WORD: what it means", translated, for each word of @line: a command as the console shows it ("modprobe
 * kmt_timer period_ms=250"), or a line of modprobe.d ("install kmt_timer /bin/false").  What @lines has already
 * is not said again.
 */
void learn_explain(const char *line, struct strv *lines);

#endif
