/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details: who holds the module. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "view/view.h"

#define KIND_COLUMNS 11

/* What to say when there is no row, or below the rows. */
static const char *remark(const struct shown *shown)
{
	const struct module *module = shown->selected;

	if (!module)
		return _("No module is selected.");
	if (!module->loaded)
		return module->state == MODULE_BUILTIN ?
		       _("It is built into the kernel and can not be unloaded.") :
		       _("It is not loaded, so nothing holds it.");
	if (shown->holding.unread)
		return _("The open files of some processes may not be seen without root's rights.");
	if (shown->holding.n)
		return NULL;
	return module->refs > 0 ? _("Something holds it that can not be seen from here.") :
				  _("Nothing holds it.");
}

static void draw_row(const struct holding_entry *entry, struct pen pen, enum style cursor)
{
	bool plain = cursor == STYLE_NORMAL;

	draw_field(pen.row, pen.column, pen.end - pen.column, cursor, "");
	draw_field(pen.row, pen.column + 1, MIN(KIND_COLUMNS, pen.end - pen.column - 1),
		   plain ? STYLE_NAME : cursor, holding_kind_name(entry->kind));
	pen.column = MIN(pen.column + 1 + KIND_COLUMNS, pen.end);
	draw_raw(&pen, plain ? STYLE_STRONG : cursor, entry->name);
	if (entry->pid)
		draw_format(&pen, cursor, " %ld", entry->pid);
	draw_text(&pen, cursor, "  ");
	draw_raw(&pen, cursor, entry->detail ? entry->detail : "");
}

static void draw_remark(const struct shown *shown, struct area area, int row)
{
	const char *text = remark(shown);
	struct pen pen;

	if (!text || row >= area.rows)
		return;
	pen = draw_pen(area, row);
	draw_field(pen.row, pen.column, 1, STYLE_DIM, "");
	draw_field(pen.row, pen.column + 1, MAX(pen.end - pen.column - 1, 0), STYLE_DIM, text);
}

static void holders_draw(struct view *view, const struct shown *shown, struct area area, bool focus)
{
	size_t i, at;

	list_fit(&view->list, shown->holding.n, (size_t)MAX(area.rows, 0));
	for (i = 0; i < view->list.height && view->list.top + i < view->list.n; i++) {
		at = view->list.top + i;
		draw_row(&shown->holding.v[at], draw_pen(area, (int)i),
			 at != view->list.cursor ? STYLE_NORMAL : focus ? STYLE_CURSOR : STYLE_CURSOR_IDLE);
		draw_hit((struct hit){ HIT_ROW, PANE_DETAILS, (unsigned)at, area.row + (int)i,
				       area.column, area.column + area.columns });
	}
	draw_remark(shown, area, (int)i);
}

static void holders_move(struct view *view, const struct shown *shown, enum motion motion)
{
	list_fit(&view->list, shown->holding.n, view->list.height);
	list_move(&view->list, motion);
}

const struct view_ops view_holders = {
	.name = "holders",
	.title = N_("Holders"),
	.draw = holders_draw,
	.move = holders_move,
};
