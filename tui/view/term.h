/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terminal: opening and restoring it, its keys, its styles, and reading the screen back. */
#ifndef KMT_VIEW_TERM_H
#define KMT_VIEW_TERM_H

#include <stdbool.h>

#include "view/key.h"

struct buf;

enum style {
	STYLE_NORMAL, STYLE_DIM, STYLE_STRONG, STYLE_TITLE, STYLE_HEAD, STYLE_CURSOR,
	STYLE_CURSOR_IDLE, STYLE_FRAME, STYLE_FRAME_FOCUS, STYLE_GOOD, STYLE_WARN, STYLE_BAD,
	STYLE_ALARM, STYLE_NAME, STYLE_BUILTIN, STYLE_BADGE, STYLE_KEY, STYLE_KEY_LABEL,
	STYLE_MATCH, STYLE_MATCH_CURSOR, STYLE_MATCH_IDLE, STYLE_FRESH, STYLES
};

enum theme { THEME_DEFAULT, THEME_LIGHT, THEME_COLORBLIND, THEMES };

struct term_setup {
	bool headless;		/* no terminal: drawn into memory, for scripts */
	int columns, rows;	/* size when headless */
};

/*
 * 0; -ENOTTY: standard input or output is no terminal; -ENOENT: no description of this terminal
 * type; -EOPNOTSUPP: it can not show a screen.  After an error nothing is left open.  No colours, no mouse
 * and ASCII until they are set.
 */
int term_open(const struct term_setup *setup);
/* Gives the terminal back as it was; safe to call twice. */
void term_close(void);
/* Lets go of the terminal while another program or the shell has it, and takes it back. */
void term_suspend(void);
void term_resume(void);

/* The descriptor to poll() for keys, -1 when headless. */
int term_fd(void);
/* The next event that is waiting: true, and *input. */
bool term_read(struct input *input);
/* Asks the terminal for its size again (after SIGWINCH), or sets it when headless. */
void term_resized(void);
void term_set_size(int columns, int rows);
int term_columns(void);
int term_rows(void);
bool term_ascii(void);

/* What may be changed while it is open.  At most @colors of them, fewer if the terminal has fewer; 0: none. */
void term_set_colors(enum theme theme, int colors);
/* Whether lines are drawn with ASCII characters. */
void term_set_ascii(bool ascii);
void term_set_mouse(bool mouse);

/* A drawing turn: everything between is put on the screen at once. */
void term_begin(void);
void term_end(void);
/* Forgets what the terminal shows: the next turn paints all of it. */
void term_repaint(void);
/* Shows the cursor there at the end of this turn; -1: hides it. */
void term_place_cursor(int row, int column);

/* Puts safe text there in that style, cut at @columns; returns the columns it took. */
int term_put(int row, int column, int columns, enum style style, const char *text);
/* The text of a screen row as it is shown, without trailing blanks. */
void term_row(int row, struct buf *out);

#endif
