/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two lines at the bottom: what the last action did, and what the keys do. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/text.h"
#include "view/view.h"

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
	draw_text(&pen, styles[shown->mood], (term_ascii() ? ascii : signs)[shown->mood]);
	draw_text(&pen, STYLE_NORMAL, " ");
	draw_field(pen.row, pen.column, pen.end - pen.column,
		   shown->mood == MESSAGE_BAD ? STYLE_WARN : STYLE_NORMAL, safe);
	free(safe);
}

void footer_draw_bar(const struct bar_entry *bar, size_t n_bar, struct area area)
{
	struct pen pen = draw_pen(area, 0);
	char name[16];
	size_t i;

	for (i = 0; i < n_bar && pen.column < pen.end; i++) {
		int start = pen.column;

		draw_text(&pen, STYLE_KEY, key_label(bar[i].key, name));
		draw_field(pen.row, pen.column, 7, STYLE_KEY_LABEL, bar[i].label);
		pen.column += 7;
		draw_hit((struct hit){ HIT_KEY, PANE_LIST, bar[i].key, area.row, start, pen.column });
	}
}
