/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "view/draw.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/match.h"

/* Line drawing: left, middle, right of the top, then the sides, then the bottom. */
static const char *const unicode_lines[] = { "┌", "─", "┐", "│", "└", "┘", "…" };
static const char *const ascii_lines[] = { "+", "-", "+", "|", "+", "+", ">" };

static const char *line(int which)
{
	return term_ascii() ? ascii_lines[which] : unicode_lines[which];
}

static void draw_edge(struct area area, int row, int left, int right, enum style style)
{
	struct buf edge = BUF_INIT;
	int i;

	buf_addstr(&edge, line(left));
	for (i = 1; i < area.columns - 1; i++)
		buf_addstr(&edge, line(1));
	buf_addstr(&edge, line(right));
	term_put(row, area.column, area.columns, style, buf_str(&edge));
	buf_release(&edge);
}

struct area draw_frame(struct area area, bool focus)
{
	enum style style = focus ? STYLE_FRAME_FOCUS : STYLE_FRAME;
	struct area inside = { area.row + 1, area.column + 1, area.rows - 2, area.columns - 2 };
	int i;

	draw_clear(area);
	if (area.rows < 2 || area.columns < 2)
		return (struct area){ area.row, area.column, 0, 0 };
	draw_edge(area, area.row, 0, 2, style);
	for (i = 1; i < area.rows - 1; i++) {
		term_put(area.row + i, area.column, 1, style, line(3));
		term_put(area.row + i, area.column + area.columns - 1, 1, style, line(3));
	}
	draw_edge(area, area.row + area.rows - 1, 4, 5, style);
	return inside;
}

void draw_clear(struct area area)
{
	int i;

	for (i = 0; i < area.rows; i++)
		draw_field(area.row + i, area.column, area.columns, STYLE_NORMAL, "");
}

static void put_blanks(int row, int column, int columns, enum style style)
{
	static const char blanks[] = "                                                                ";

	while (columns > 0) {
		int n = MIN(columns, (int)sizeof(blanks) - 1);

		term_put(row, column, n, style, blanks);
		column += n;
		columns -= n;
	}
}

void draw_field(int row, int column, int columns, enum style style, const char *text)
{
	int width = text_width(text);

	if (columns <= 0)
		return;
	if (width > columns) {
		size_t len = text_cut(text, columns - 1);
		struct buf cut = BUF_INIT;

		buf_add(&cut, text, len);
		width = term_put(row, column, columns - 1, style, buf_str(&cut));
		buf_release(&cut);
		width += term_put(row, column + width, 1, style, line(6));
	} else {
		term_put(row, column, columns, style, text);
	}
	put_blanks(row, column + width, columns - width, style);
}

void draw_field_right(int row, int column, int columns, enum style style, const char *text)
{
	int blanks = MAX(columns - text_width(text), 0);

	put_blanks(row, column, blanks, style);
	draw_field(row, column + blanks, columns - blanks, style, text);
}

/* The columns of @text before its byte @at. */
static int column_of(const char *text, size_t at)
{
	char *before = xstrndup(text, at);
	int width = text_width(before);

	free(before);
	return width;
}

/* How a match looks in a field of that style. */
static enum style match_style(enum style field)
{
	return field == STYLE_CURSOR ? STYLE_MATCH_CURSOR :
	       field == STYLE_CURSOR_IDLE ? STYLE_MATCH_IDLE : STYLE_MATCH;
}

void draw_match(struct pen pen, enum style field, const struct match *match, const char *text)
{
	int columns = pen.end - pen.column;
	int room = text_width(text) > columns ? columns - 1 : columns, start, stop;
	size_t at = 0, end;
	char *found;

	while (match_find(match, text, &at, &end)) {
		start = column_of(text, at);
		stop = MIN(column_of(text, end), room);
		if (start >= stop)
			break;
		found = xstrndup(text + at, end - at);
		term_put(pen.row, pen.column + start, stop - start, match_style(field), found);
		free(found);
		at = end;
	}
}

struct pen draw_pen(struct area area, int row)
{
	return (struct pen){ area.row + row, area.column, area.column + area.columns };
}

void draw_text(struct pen *pen, enum style style, const char *text)
{
	/* What is cut is marked, also where what stands before it has taken all the room. */
	if (pen->column == pen->end && pen->end > 0 && text[strspn(text, " ")]) {
		term_put(pen->row, pen->end - 1, 1, style, line(6));
		return;
	}
	if (pen->column < pen->end && text_width(text) > pen->end - pen->column) {
		draw_field(pen->row, pen->column, pen->end - pen->column, style, text);
		pen->column = pen->end;
		return;
	}
	pen->column += term_put(pen->row, pen->column, pen->end - pen->column, style, text);
}

void draw_raw(struct pen *pen, enum style style, const char *text)
{
	char *safe = text_safe(text);

	draw_text(pen, style, safe);
	free(safe);
}

void draw_format(struct pen *pen, enum style style, const char *format, ...)
{
	struct buf text = BUF_INIT;
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	draw_text(pen, style, buf_str(&text));
	buf_release(&text);
}

/* Generous for one screen: a hit a row of each pane, the tabs and the keys. */
#define HITS_MAX 4096

static struct hit hits[HITS_MAX];
static size_t n_hits;

void draw_hits_reset(void)
{
	n_hits = 0;
}

void draw_hit(struct hit hit)
{
	if (n_hits < HITS_MAX)
		hits[n_hits++] = hit;
}

struct hit draw_hit_at(int row, int column)
{
	size_t i;

	for (i = n_hits; i-- > 0;)
		if (hits[i].row == row && column >= hits[i].column && column < hits[i].end)
			return hits[i];
	return (struct hit){ .kind = HIT_NONE };
}
