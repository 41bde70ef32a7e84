/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two lines at the bottom: what the last action did, and what the keys do. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "view/view.h"

#define LABEL_COLUMNS 7
#define LEAST_LABEL_COLUMNS 4

/* What is cut off can be seen whole; room for that is taken from the end of the line. */
static void draw_more(struct pen *pen, const char *message)
{
	int width = text_width(_(" M: more"));
	struct pen more = *pen;

	if (text_width(message) <= pen->end - pen->column || pen->end - pen->column < 4 * width)
		return;
	pen->end -= width;
	more.column = pen->end;
	draw_hit((struct hit){ HIT_KEY, PANE_LIST, 'M', more.row, more.column, more.end });
	draw_text(&more, STYLE_DIM, _(" M: more"));
}

void footer_draw_message(const struct shown *shown, struct area area)
{
	static const enum style styles[] = { STYLE_NORMAL, STYLE_GOOD, STYLE_BAD };
	static const char *const signs[] = { " ", "✓", "✗" }, *const ascii[] = { " ", "+", "!" };
	struct pen pen = draw_pen(area, 0);
	char *safe;

	if (!shown->message)
		return;
	safe = text_safe(shown->message);
	draw_text(&pen, STYLE_NORMAL, " ");
	draw_text(&pen, shown->message_old ? STYLE_DIM : styles[shown->mood], (term_ascii() ? ascii : signs)[shown->mood]);
	draw_text(&pen, STYLE_NORMAL, " ");
	draw_more(&pen, safe);
	draw_field(pen.row, pen.column, pen.end - pen.column,
		   shown->message_old ? STYLE_DIM : shown->mood == MESSAGE_BAD ? STYLE_WARN : STYLE_NORMAL, safe);
	free(safe);
}

/* What all entries take with labels of at least @least columns and a blank behind each but the last. */
static int bar_columns(const struct bar_entry *bar, size_t n_bar, int least)
{
	int columns = n_bar ? text_width(bar[n_bar - 1].label) : 0;
	char name[16];
	size_t i;

	for (i = 0; i < n_bar; i++)
		columns += text_width(key_label(bar[i].key, name));
	for (i = 0; i + 1 < n_bar; i++)
		columns += MAX(text_width(bar[i].label) + 1, least);
	return columns;
}

/* Where not all labels have room, all are as wide: the last key is the one that leaves. */
static int narrow_columns(const struct bar_entry *bar, size_t n_bar, int columns)
{
	int keys = 0, width = LABEL_COLUMNS, last = n_bar ? text_width(bar[n_bar - 1].label) : 0;
	char name[16];
	size_t i;

	for (i = 0; i < n_bar; i++)
		keys += text_width(key_label(bar[i].key, name));
	while (width > LEAST_LABEL_COLUMNS && keys + ((int)n_bar - 1) * width + last > columns)
		width--;
	return width;
}

void footer_draw_bar(const struct bar_entry *bar, size_t n_bar, struct area area)
{
	struct pen pen = draw_pen(area, 0);
	bool narrow = bar_columns(bar, n_bar, 0) > area.columns;
	int least = bar_columns(bar, n_bar, LABEL_COLUMNS) > area.columns ? 0 : LABEL_COLUMNS, columns;
	int width = narrow_columns(bar, n_bar, area.columns);
	char name[16];
	size_t i;

	for (i = 0; i < n_bar && pen.column < pen.end; i++) {
		int start = pen.column;

		draw_text(&pen, STYLE_KEY, key_label(bar[i].key, name));
		columns = narrow ? width : MAX(text_width(bar[i].label) + 1, least);
		columns = MIN(columns, pen.end - pen.column);
		draw_field(pen.row, pen.column, columns, STYLE_KEY_LABEL, bar[i].label);
		pen.column += columns;
		draw_hit((struct hit){ HIT_KEY, PANE_LIST, bar[i].key, area.row, start, pen.column });
	}
}
