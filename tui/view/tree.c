/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details: what the module needs, and below that who needs it. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "view/view.h"

/* Both walks below each other, each with a heading, and a line of its own when it is empty. */
static size_t count_lines(const struct shown *shown)
{
	return 2 + MAX(shown->needs.n, (size_t)1) + MAX(shown->users.n, (size_t)1);
}

static const char *state_word(const struct shown *shown, const char *name)
{
	const struct module *module = modtable_find(&shown->table, name);

	if (!module)
		return _("missing");
	if (module->masked && !module->loaded)
		return _("masked");
	return module_state_name(module->state);
}

static enum style state_style(const struct shown *shown, const char *name)
{
	const struct module *module = modtable_find(&shown->table, name);

	if (!module || (module->masked && !module->loaded))
		return STYLE_BAD;
	return module->loaded ? STYLE_GOOD : STYLE_DIM;
}

static void draw_row(const struct shown *shown, const struct deptree_row *row, struct pen pen,
		     enum style cursor)
{
	bool plain = cursor == STYLE_NORMAL;

	draw_field(pen.row, pen.column, pen.end - pen.column, cursor, "");
	draw_text(&pen, cursor, " ");
	draw_text(&pen, plain ? STYLE_DIM : cursor, row->guides);
	draw_raw(&pen, plain ? STYLE_STRONG : cursor, row->name);
	draw_text(&pen, cursor, "  ");
	draw_text(&pen, plain ? state_style(shown, row->name) : cursor, state_word(shown, row->name));
	if (row->kind != DEPTREE_HARD)
		draw_format(&pen, plain ? STYLE_NAME : cursor, "  %s",
			    row->kind == DEPTREE_SOFT ? _("soft") : _("weak"));
	if (row->repeated)
		draw_text(&pen, plain ? STYLE_DIM : cursor, "  ...");
}

/* The walk that has line *at of the whole, which becomes the line below its heading, 0 that itself. */
static const struct deptree_rows *walk_at(const struct shown *shown, size_t *at)
{
	size_t first = 1 + MAX(shown->needs.n, (size_t)1);

	if (*at < first)
		return &shown->needs;
	*at -= first;
	return &shown->users;
}

const char *view_tree_name(const struct shown *shown, size_t at)
{
	const struct deptree_rows *rows = walk_at(shown, &at);

	return at && at <= rows->n ? rows->v[at - 1].name : NULL;
}

static void draw_line(const struct shown *shown, size_t at, struct pen pen, enum style cursor)
{
	const struct deptree_rows *rows = walk_at(shown, &at);
	const char *heading = rows == &shown->needs ? _("Needs") : _("Needed by");
	bool plain = cursor == STYLE_NORMAL;

	if (at && at <= rows->n) {
		draw_row(shown, &rows->v[at - 1], pen, cursor);
		return;
	}
	draw_field(pen.row, pen.column, pen.end - pen.column, cursor, "");
	draw_text(&pen, cursor, " ");
	draw_text(&pen, !plain ? cursor : at ? STYLE_DIM : STYLE_NAME, at ? _("nothing") : heading);
}

static void tree_draw(struct view *view, const struct shown *shown, struct area area, bool focus)
{
	size_t i, at;

	list_fit(&view->list, shown->selected ? count_lines(shown) : 0, (size_t)MAX(area.rows, 0));
	if (!shown->selected) {
		draw_field(area.row, area.column + 1, area.columns - 1, STYLE_DIM,
			   _("No module is selected."));
		return;
	}
	for (i = 0; i < view->list.height && view->list.top + i < view->list.n; i++) {
		at = view->list.top + i;
		draw_line(shown, at, draw_pen(area, (int)i),
			  at != view->list.cursor ? STYLE_NORMAL : focus ? STYLE_CURSOR : STYLE_CURSOR_IDLE);
		draw_hit((struct hit){ HIT_ROW, PANE_DETAILS, (unsigned)at, area.row + (int)i,
				       area.column, area.column + area.columns });
	}
}

static void tree_move(struct view *view, const struct shown *shown, enum motion motion)
{
	list_fit(&view->list, shown->selected ? count_lines(shown) : 0, view->list.height);
	list_move(&view->list, motion);
}

const struct view_ops view_tree = {
	.name = "tree",
	.title = N_("Tree"),
	.draw = tree_draw,
	.move = tree_move,
};
