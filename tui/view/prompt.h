/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line of input.  Pure but for prompt_draw(). */
#ifndef KMT_VIEW_PROMPT_H
#define KMT_VIEW_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct prompt {
	bool open;
	char *label;		/* what is asked for: "Search" */
	struct buf text;	/* UTF-8, at most PROMPT_MAX bytes */
	size_t at;		/* where the next character goes, in bytes */
	bool selected;		/* all of it goes when something is typed */
	char *hint;		/* a line below it, until the next key; NULL: none */
};

#define PROMPT_MAX 4096

/* Takes copies. */
void prompt_open(struct prompt *prompt, const char *label, const char *text);
void prompt_close(struct prompt *prompt);

/* Puts @text in the place of the bytes @from to @to, the cursor behind it; what is too long is left alone. */
void prompt_replace(struct prompt *prompt, size_t from, size_t to, const char *text);
/* What is offered is replaced by what is typed, and kept by any other key. */
void prompt_select(struct prompt *prompt);
/* Takes a copy. */
void prompt_hint(struct prompt *prompt, const char *hint);

enum prompt_result {
	PROMPT_MORE, PROMPT_CHANGED, PROMPT_DONE, PROMPT_CANCELLED,
	PROMPT_COMPLETE, PROMPT_OLDER, PROMPT_NEWER,
};
/* Enter: done; Esc, C-c: cancelled; Tab: complete; Up, Down: what was typed before; the rest edits. */
enum prompt_result prompt_key(struct prompt *prompt, unsigned key);
/* Draws it on that screen row and shows the cursor. */
void prompt_draw(const struct prompt *prompt, int row, int columns);
/* Draws the hint there, if there is one. */
void prompt_draw_hint(const struct prompt *prompt, int row, int columns);

#endif
