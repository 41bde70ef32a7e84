/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of modules. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "view/view.h"

/* How long a module that came or changed stands out. */
#define FRESH_MS 5000

static const struct {
	const char *utf8, *ascii;
	enum style style;
} marks[MODULE_STATES + 1] = {
	[MODULE_LIVE] = { "●", "*", STYLE_GOOD },
	[MODULE_COMING] = { "◐", ">", STYLE_WARN },
	[MODULE_GOING] = { "◑", "<", STYLE_WARN },
	[MODULE_DISK] = { "○", ".", STYLE_NORMAL },
	[MODULE_BUILTIN] = { "■", "#", STYLE_BUILTIN },
	[MODULE_STATES] = { "⊘", "x", STYLE_BAD },	/* masked */
};

static const char *mark_text(size_t which)
{
	return term_ascii() ? marks[which].ascii : marks[which].utf8;
}

static size_t mark_of(const struct module *module)
{
	return module->masked && module->state == MODULE_DISK ? MODULE_STATES : (size_t)module->state;
}

/* Where the columns stand in a list of this width; 0 columns: not shown. */
struct columns {
	int name, size, refs, taint, description, users;
};

/* The users come last: where there are none, as of most modules, their place is the description's. */
static struct columns fit_columns(int width)
{
	struct columns c = { .size = 5, .refs = 4 };
	int rest;

	c.taint = width >= 90 ? 5 : 0;
	c.users = width >= 60 ? MIN(width / 5, 24) : 0;
	c.name = MAX(MIN(width * 3 / 10, 24), 12);
	if (width < 34)
		c.refs = 0;
	rest = width - 3 - (c.name + 1) - (c.size + 1) - (c.refs ? c.refs + 1 : 0) -
	       (c.users ? c.users + 1 : 0) - (c.taint ? c.taint + 1 : 0);
	c.description = MAX(rest, 0);
	if (c.description < 10) {
		c.name += MAX(rest, 0);
		c.description = 0;
	}
	return c;
}

/* The blank between two columns, unless the line ends here. */
static void draw_gap(struct pen *pen, enum style style)
{
	if (pen->column < pen->end)
		draw_field(pen->row, pen->column++, 1, style, "");
}

/* As in htop: down, the values fall.  Where the best ones come first no column tells the order. */
static const char *arrow_of(const struct order *order)
{
	if (order_is_best_first(order))
		return "";
	if (order_falls(order))
		return term_ascii() ? "v" : "▼";
	return term_ascii() ? "^" : "▲";
}

/* A column head, marked when it is the one sorted by; a click on it sorts. */
static void draw_head(const struct shown *shown, struct pen *pen, enum order_key key, int columns)
{
	bool right = key == ORDER_SIZE || key == ORDER_REFS;
	const char *arrow = shown->order.key == key ? arrow_of(&shown->order) : "";
	char text[64];

	if (!columns)
		return;
	if (columns == 1)	/* the state is a sign; its head too, with the arrow before it */
		snprintf(text, sizeof(text), "%s", _("S"));
	else
		snprintf(text, sizeof(text), "%s%s", _(order_columns[key].title), arrow);
	draw_hit((struct hit){ HIT_COLUMN, PANE_LIST, key, pen->row, pen->column,
			       pen->column + columns });
	(right ? draw_field_right : draw_field)(pen->row, pen->column, columns, STYLE_HEAD, text);
	pen->column += columns;
	draw_gap(pen, STYLE_HEAD);
}

static void draw_heads(const struct shown *shown, struct area area, const struct columns *c)
{
	struct pen pen = draw_pen(area, 0);

	draw_field(pen.row, pen.column++, 1, STYLE_HEAD,
		   shown->order.key == ORDER_STATE ? arrow_of(&shown->order) : "");
	draw_head(shown, &pen, ORDER_STATE, 1);
	draw_head(shown, &pen, ORDER_NAME, c->name);
	draw_head(shown, &pen, ORDER_SIZE, c->size);
	draw_head(shown, &pen, ORDER_REFS, c->refs);
	draw_head(shown, &pen, ORDER_TAINT, c->taint);
	draw_head(shown, &pen, ORDER_DESCRIPTION, c->description);
	draw_head(shown, &pen, ORDER_USERS, c->users);
	draw_field(pen.row, pen.column, pen.end - pen.column, STYLE_HEAD, "");
}

/* A cell of a row; @raw is made safe.  What search and filter found in it stands out. */
static void put(const struct shown *shown, struct pen *pen, int columns, enum style style, const char *raw)
{
	struct pen place = *pen;
	char *safe;

	if (!columns)
		return;
	safe = text_safe(raw);
	draw_field(pen->row, pen->column, columns, style, safe);
	place.end = pen->column + columns;
	draw_match(place, style, &shown->order.filter.match, safe);
	draw_match(place, style, &shown->search.match, safe);
	pen->column += columns;
	draw_gap(pen, style);
	free(safe);
}

static void put_number(struct pen *pen, int columns, enum style style, const char *text)
{
	if (!columns)
		return;
	draw_field_right(pen->row, pen->column, columns, style, text);
	pen->column += columns;
	draw_gap(pen, style);
}

static enum style row_style(const struct shown *shown, const struct module *module)
{
	if (module->changed_ms && shown->now_ms - module->changed_ms < FRESH_MS)
		return STYLE_FRESH;
	if (tags_has(&shown->tags, module->name))
		return STYLE_WARN;
	if (shown->search.match.text && finding_has(&shown->search, module))
		return STYLE_MATCH;
	return module->loaded ? STYLE_STRONG : STYLE_NORMAL;
}

/*
 * A line of the index that search or filter found and that no column shows: "alias: pci:v0000*", from a place
 * on that lets the match be seen.
 */
static char *reason(const struct finding *finding, const struct module *module, int columns)
{
	const char *line = finding_line(finding, module), *field, *value;
	struct buf text = BUF_INIT;
	size_t at = 0, end = 0;

	if (!line)
		return NULL;
	field = fulltext_field(line);
	value = fulltext_value(line);
	if (!strcmp(field, "name") || !strcmp(field, "description"))
		return NULL;
	buf_printf(&text, "%s: ", field);
	if (match_find(&finding->match, value, &at, &end) && text.len + end > (size_t)columns) {
		buf_addstr(&text, term_ascii() ? ".." : "…");
		value += at;
	}
	buf_addstr(&text, value);
	return buf_detach(&text);
}

/* What stands in the description's column. */
static char *describe(const struct shown *shown, const struct module *module, int columns)
{
	const struct busy *busy = busy_find(shown->busy, module->name);
	char *text;

	if (busy)
		return busy_words(busy, shown->now_ms);
	text = reason(&shown->search, module, columns);
	if (!text)
		text = reason(&shown->order.filter, module, columns);
	return text ? text : xstrdup(module->description ? module->description : "");
}

static enum style busy_style(const struct shown *shown, const struct module *module)
{
	const struct busy *busy = busy_find(shown->busy, module->name);

	return !busy ? STYLE_NORMAL : busy->state == BUSY_WORKING ? STYLE_STRONG : STYLE_BAD;
}

/* What was settled for it: loaded at boot, options, both. */
static const char *lasting_mark(const struct module *module)
{
	if (module->at_boot)
		return module->optioned ? "B" : "b";
	return module->optioned ? "o" : "";
}

static void draw_row(const struct shown *shown, const struct module *module, struct pen pen,
		     const struct columns *c, enum style cursor)
{
	bool plain = cursor == STYLE_NORMAL, tagged = tags_has(&shown->tags, module->name);
	enum style style = plain ? row_style(shown, module) : cursor;
	enum style rest = plain ? STYLE_NORMAL : cursor;
	bool alone = !module->users.n && c->description && c->users;
	int description = c->description + (alone ? 1 + c->users : 0);
	char *users = strv_join(&module->users, " "), *text = describe(shown, module, description);
	char size[16] = "", refs[16] = "";

	if (module->size >= 0)
		text_size(size, module->size);
	if (module->refs >= 0)
		snprintf(refs, sizeof(refs), "%d", module->refs);
	draw_field(pen.row, pen.column++, 1, !plain ? cursor : tagged ? STYLE_WARN : STYLE_NAME,
		   tagged ? "+" : lasting_mark(module));
	draw_field(pen.row, pen.column++, 1, plain ? marks[mark_of(module)].style : cursor,
		   mark_text(mark_of(module)));
	draw_field(pen.row, pen.column++, 1, rest, "");
	put(shown, &pen, c->name, style, module->name);
	put_number(&pen, c->size, rest, size);
	put_number(&pen, c->refs, rest, refs);
	put(shown, &pen, c->taint, plain ? STYLE_WARN : rest, module->taint ? module->taint : "");
	put(shown, &pen, description, plain ? busy_style(shown, module) : rest, text);
	put(shown, &pen, alone ? 0 : c->users, rest, users);
	draw_field(pen.row, pen.column, pen.end - pen.column, rest, "");
	free(users);
	free(text);
}

/* Counts of each state, in the frame's top line. */
static void draw_title(const struct shown *shown, struct area area)
{
	static const enum module_state states[] = { MODULE_LIVE, MODULE_DISK, MODULE_BUILTIN };
	const char *const words[] = { _("live"), _("on disk"), _("built in") };
	struct pen pen = { area.row, area.column + 2, area.column + area.columns - 2 };
	size_t i;

	draw_format(&pen, STYLE_STRONG, " %s ", _("Modules"));
	for (i = 0; i < ARRAY_SIZE(states); i++) {
		draw_text(&pen, marks[states[i]].style, mark_text(states[i]));
		draw_format(&pen, STYLE_NORMAL, "%zu %s ", shown->table.count[states[i]], words[i]);
	}
	draw_text(&pen, STYLE_BAD, mark_text(MODULE_STATES));
	draw_format(&pen, STYLE_NORMAL, "%zu %s ", shown->table.n_masked, _("masked"));
	if (shown->stale) {
		draw_format(&pen, STYLE_BADGE, " %s ", _("stale"));
		draw_raw(&pen, STYLE_WARN, shown->stale);
	}
}

/* Which rows are shown, in the frame's bottom line. */
static void draw_foot(const struct view *view, const struct shown *shown, struct area area, bool focus)
{
	enum style style = focus ? STYLE_FRAME_FOCUS : STYLE_FRAME;
	struct pen pen = { area.row + area.rows - 1, area.column + 2, area.column + area.columns - 2 };
	const char *badge = order_choice(&shown->order)->badge;
	char text[96];

	if (shown->order.filter.match.text) {
		draw_format(&pen, STYLE_BADGE, " %s ", _("filter"));
		draw_text(&pen, STYLE_NORMAL, " ");
		draw_raw(&pen, STYLE_WARN, shown->order.filter.match.text);
		draw_text(&pen, STYLE_NORMAL, " ");
	}
	if (badge)
		draw_format(&pen, STYLE_BADGE, " %s ", _(badge));
	/* What is done at once is not worth a word. */
	if (shown->indexing && shown->now_ms - shown->indexing_ms >= 1000)
		draw_text(&pen, STYLE_DIM, _(" indexing ... "));
	if (shown->tags.names.n)
		draw_format(&pen, STYLE_BADGE, ngettext(" %zu tagged ", " %zu tagged ", shown->tags.names.n),
			    shown->tags.names.n);
	snprintf(text, sizeof(text), _(" %zu of %zu "), view->list.n ? view->list.cursor + 1 : 0,
		 view->list.n);
	pen.column = MAX(pen.column, pen.end - text_width(text));
	draw_text(&pen, style, text);
}

/* Why there are no rows: what hides them is named. */
static void draw_nothing(const struct shown *shown, struct area inside)
{
	const struct order_choice *choice = order_choice(&shown->order);
	size_t found = order_count_found(&shown->order, &shown->table);
	struct pen pen = draw_pen(inside, 1);

	pen.column++;
	if (!shown->table.n)
		draw_text(&pen, STYLE_DIM, _("There are no modules here."));
	else if (!found || (shown->order.filter.match.text && !choice->hides_one))	/* the rows may be behind the filter */
		draw_text(&pen, STYLE_DIM, _("No module matches; F4 changes the filter, Esc takes it away."));
	else if (!shown->order.filter.match.text)
		draw_text(&pen, STYLE_DIM, _("No module is of that state; F5 shows others."));
	else
		draw_format(&pen, STYLE_DIM, ngettext(choice->hides_one, choice->hides_many, found), found);
}

static void modules_draw(struct view *view, const struct shown *shown, struct area area, bool focus)
{
	struct area inside = draw_frame(area, focus);
	struct columns c = fit_columns(inside.columns);
	size_t i;

	draw_title(shown, area);
	if (inside.rows < 2)
		return;
	draw_heads(shown, inside, &c);
	list_fit(&view->list, shown->rows.n, (size_t)inside.rows - 1);
	for (i = 0; i < view->list.height && view->list.top + i < view->list.n; i++) {
		size_t at = view->list.top + i;
		enum style cursor = at != view->list.cursor ? STYLE_NORMAL
				    : focus ? STYLE_CURSOR : STYLE_CURSOR_IDLE;

		draw_row(shown, shown->rows.v[at], draw_pen(inside, (int)i + 1), &c, cursor);
		draw_hit((struct hit){ HIT_ROW, PANE_LIST, (unsigned)at, inside.row + 1 + (int)i,
				       inside.column, inside.column + inside.columns });
	}
	if (!view->list.n)
		draw_nothing(shown, inside);
	draw_foot(view, shown, area, focus);
}

static void modules_move(struct view *view, const struct shown *shown, enum motion motion)
{
	list_fit(&view->list, shown->rows.n, view->list.height);
	list_move(&view->list, motion);
}

const struct view_ops view_modules = {
	.name = "modules",
	.title = N_("Modules"),
	.draw = modules_draw,
	.move = modules_move,
};
