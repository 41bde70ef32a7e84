/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Frames, fields and the places a mouse can hit. */
#ifndef KMT_VIEW_DRAW_H
#define KMT_VIEW_DRAW_H

#include <stdbool.h>
#include <stddef.h>

#include "view/term.h"

/* A rectangle of the screen. */
struct area {
	int row, column, rows, columns;
};

/* A frame with a title; returns the area inside it. */
struct area draw_frame(struct area area, bool focus);
/* Blanks the area. */
void draw_clear(struct area area);
/* Puts @text into @columns columns, blank-padded or cut with a mark at its end; "…" or ">". */
void draw_field(int row, int column, int columns, enum style style, const char *text);
void draw_field_right(int row, int column, int columns, enum style style, const char *text);

/* A line written from left to right; what does not fit is left out. */
struct pen {
	int row, column, end;
};

struct match;
/* Marks what @match finds in @text, which draw_field() put in the place of @pen, with the style @field. */
void draw_match(struct pen pen, enum style field, const struct match *match, const char *text);

struct pen draw_pen(struct area area, int row);
/* Writes raw @text, made safe. */
void draw_raw(struct pen *pen, enum style style, const char *text);
void draw_text(struct pen *pen, enum style style, const char *text);
void draw_format(struct pen *pen, enum style style, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* What a click there means. */
enum hit_kind { HIT_NONE, HIT_PANE, HIT_ROW, HIT_REPORT, HIT_TAB, HIT_COLUMN, HIT_KEY };

struct hit {
	enum hit_kind kind;
	int pane;		/* where */
	unsigned arg;		/* row of the view, position in the log, tab, sort key, or key code */
	int row, column, end;	/* one screen row, columns [column, end) */
};

/* Forgets all; called before each drawing. */
void draw_hits_reset(void);
void draw_hit(struct hit hit);
/* The last one drawn there; kind HIT_NONE if none was. */
struct hit draw_hit_at(int row, int column);

#endif
