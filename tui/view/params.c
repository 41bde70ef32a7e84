/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details: the parameters of a module. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "view/view.h"

struct columns {
	int name, type, mode, value, config, cmdline, meaning;	/* 0: not shown */
};

static const char *live_value(const struct param *param);

static int width_of(const char *raw)
{
	char *safe = text_safe(raw ? raw : "");
	int width = text_width(safe);

	free(safe);
	return width;
}

/* How wide the values of all parameters are; of the configuration's two columns 0: none has one. */
static struct columns widest(const struct paramlist *params)
{
	struct columns c = { 0 };
	size_t i;

	for (i = 0; i < params->n; i++) {
		const struct param *param = &params->v[i];

		c.name = MAX(c.name, width_of(param->name));
		c.type = MAX(c.type, width_of(param->type));
		c.value = MAX(c.value, width_of(live_value(param)));
		c.config = MAX(c.config, width_of(param->configured));
		c.cmdline = MAX(c.cmdline, width_of(param->cmdline));
	}
	return c;
}

/* No wider than what stands in them, so that the meaning has the rest; a value may grow a little in its place. */
static struct columns fit_columns(int width, const struct paramlist *params)
{
	struct columns c = widest(params);
	int most = width < 70 ? 9 : width / 5;

	c.name = MIN(MAX(c.name, 9), MAX(width / 4, 14));
	c.type = width < 40 ? 0 : MIN(MAX(c.type, 4), width < 70 ? 6 : most);
	c.mode = 4;
	c.value = MIN(MAX(c.value, 7), most);
	/* In a narrow place both share a column. */
	if (width < 70 && c.cmdline) {
		c.config = MAX(c.config, c.cmdline);
		c.cmdline = 0;
	}
	c.config = c.config && width >= 40 ? MIN(MAX(c.config, 6), most) : 0;
	c.cmdline = c.cmdline && width >= 40 ? MIN(MAX(c.cmdline, 7), most) : 0;
	c.meaning = width - 1 - (c.name + 1) - (c.value + 1) - (c.mode + 1) - (c.type ? c.type + 1 : 0) -
		    (c.config ? c.config + 1 : 0) - (c.cmdline ? c.cmdline + 1 : 0);
	c.meaning = MAX(c.meaning, 0);
	return c;
}

static void put(struct pen *pen, int columns, enum style style, const char *raw, bool right)
{
	char *safe = text_safe(raw);

	if (columns) {
		(right ? draw_field_right : draw_field)(pen->row, pen->column, columns, style, safe);
		pen->column += columns;
		if (pen->column < pen->end)
			draw_field(pen->row, pen->column++, 1, style, "");
	}
	free(safe);
}

static void draw_heads(struct pen pen, const struct columns *c)
{
	draw_field(pen.row, pen.column++, 1, STYLE_HEAD, "");
	put(&pen, c->name, STYLE_HEAD, _("PARAMETER"), false);
	put(&pen, c->type, STYLE_HEAD, _("TYPE"), false);
	put(&pen, c->mode, STYLE_HEAD, _("MODE"), false);
	put(&pen, c->value, STYLE_HEAD, _("VALUE"), true);
	put(&pen, c->config, STYLE_HEAD, _("CONFIG"), true);
	put(&pen, c->cmdline, STYLE_HEAD, _("CMDLINE"), true);
	put(&pen, c->meaning, STYLE_HEAD, _("MEANING"), false);
	draw_field(pen.row, pen.column, pen.end - pen.column, STYLE_HEAD, "");
}

/* What may be done with it now: read and write, read, write, or only at load. */
static const char *mode_word(const struct param *param)
{
	static const char *const words[] = { "--", "-w", "r-", "rw" };

	if (!param->in_sysfs)
		return "";
	return words[(param->mode & 0444 ? 2 : 0) + (param->mode & 0222 ? 1 : 0)];
}

static const char *live_value(const struct param *param)
{
	if (param->wait == PARAM_SILENT)
		return _("no answer");
	if (param->value)
		return param->value;
	if (!param->in_sysfs)
		return "";
	if (!(param->mode & 0444))
		return _("(hidden)");
	return param->wait == PARAM_READING ? _("reading") : "?";
}

/* What modprobe.d gives at load; in one column with the kernel command line, which wins, that. */
static const char *value_configured(const struct param *param, const struct columns *c)
{
	const char *value = !c->cmdline && param->cmdline ? param->cmdline : param->configured;

	return value ? value : "";
}

static void draw_row(const struct param *param, struct pen pen, const struct columns *c, enum style cursor)
{
	bool plain = cursor == STYLE_NORMAL;

	draw_field(pen.row, pen.column++, 1, cursor, "");
	put(&pen, c->name, plain ? STYLE_STRONG : cursor, param->name, false);
	put(&pen, c->type, cursor, param->type ? param->type : "", false);
	put(&pen, c->mode, cursor, mode_word(param), false);
	put(&pen, c->value, plain ? STYLE_GOOD : cursor, live_value(param), true);
	put(&pen, c->config, cursor, value_configured(param, c), true);
	put(&pen, c->cmdline, cursor, param->cmdline ? param->cmdline : "", true);
	put(&pen, c->meaning, cursor, param->description ? param->description : "", false);
	draw_field(pen.row, pen.column, pen.end - pen.column, cursor, "");
}

static const char *obstacle(const struct shown *shown)
{
	if (!shown->selected)
		return _("No module is selected.");
	if (shown->info_obstacle && !shown->params.n)
		return shown->info_obstacle;
	return shown->params.n ? NULL : _("This module has no parameters.");
}

/* From so many rows on, some at the bottom tell the one under the cursor whole. */
#define LEAST_ROWS_WITH_WHOLE 8
#define MEANING_ROWS 3

/* Where the first line of a text ends that is broken between words. */
static size_t line_end(const char *text, int columns)
{
	size_t end = text_cut(text, columns), blank = end;

	while (text[end] && blank && text[blank] != ' ')
		blank--;
	return blank ? blank : end;
}

static int meaning_rows(const struct param *param, int columns)
{
	char *safe = text_safe(param->description ? param->description : ""), *at = safe;
	int n = 1;

	for (at += line_end(at, columns); *at && n < MEANING_ROWS; n++) {
		at += *at == ' ';
		at += line_end(at, columns);
	}
	free(safe);
	return n;
}

/* What there is room for below the list; the same for each row, so that nothing jumps. */
static int whole_rows(const struct paramlist *params, struct area area)
{
	int rows = 1, spare = area.rows - 2 - (int)MIN(params->n, (size_t)area.rows);
	size_t i;

	if (area.rows < LEAST_ROWS_WITH_WHOLE)
		return 0;
	for (i = 0; i < params->n; i++)
		rows = MAX(rows, meaning_rows(&params->v[i], area.columns - 1));
	return 1 + MAX(MIN(rows, spare), 1);
}

/* The last row has the rest, with a mark where that is cut. */
static void draw_meaning(const char *meaning, struct area area)
{
	char *safe = text_safe(meaning), *at = safe, *line;
	struct pen pen;
	size_t end;
	int row;

	for (row = 0; row < area.rows; row++) {
		end = row + 1 < area.rows ? line_end(at, area.columns - 1) : strlen(at);
		line = xstrndup(at, end);
		pen = draw_pen(area, row);
		draw_field(pen.row, pen.column + 1, area.columns - 1, STYLE_NORMAL, line);
		at += end;
		at += *at == ' ';
		free(line);
	}
	free(safe);
}

static void draw_source(struct pen *pen, const char *source, const char *value)
{
	if (!value)
		return;
	draw_format(pen, STYLE_DIM, "  %s ", source);
	draw_raw(pen, STYLE_NORMAL, value);
}

static void draw_whole(const struct param *param, struct area area)
{
	struct pen pen = draw_pen(area, 0);

	pen.column++;
	draw_raw(&pen, STYLE_STRONG, param->name);
	draw_text(&pen, STYLE_NORMAL, " ");
	draw_raw(&pen, STYLE_NAME, param->type ? param->type : "");
	draw_text(&pen, STYLE_NORMAL, " ");
	draw_raw(&pen, STYLE_GOOD, live_value(param));
	draw_source(&pen, _("modprobe.d:"), param->configured);
	draw_source(&pen, _("kernel command line:"), param->cmdline);
	area.row++;
	area.rows--;
	draw_meaning(param->description ? param->description : "", area);
}

static void params_draw(struct view *view, const struct shown *shown, struct area area, bool focus)
{
	struct columns c = fit_columns(area.columns, &shown->params);
	int whole = whole_rows(&shown->params, area);
	const char *why = obstacle(shown);
	size_t i;

	list_fit(&view->list, shown->params.n, (size_t)MAX(area.rows - 1 - whole, 0));
	if (why) {
		char *safe = text_safe(why);

		draw_field(area.row, area.column + 1, area.columns - 1, STYLE_DIM, safe);
		free(safe);
		return;
	}
	draw_heads(draw_pen(area, 0), &c);
	if (whole)
		draw_whole(&shown->params.v[view->list.cursor],
			   (struct area){ area.row + area.rows - whole, area.column, whole, area.columns });
	for (i = 0; i < view->list.height && view->list.top + i < view->list.n; i++) {
		size_t at = view->list.top + i;
		enum style cursor = at != view->list.cursor ? STYLE_NORMAL
				    : focus ? STYLE_CURSOR : STYLE_CURSOR_IDLE;

		draw_row(&shown->params.v[at], draw_pen(area, (int)i + 1), &c, cursor);
		draw_hit((struct hit){ HIT_ROW, PANE_DETAILS, (unsigned)at, area.row + 1 + (int)i,
				       area.column, area.column + area.columns });
	}
}

static void params_move(struct view *view, const struct shown *shown, enum motion motion)
{
	list_fit(&view->list, shown->params.n, view->list.height);
	list_move(&view->list, motion);
}

const struct view_ops view_params = {
	.name = "params",
	.title = N_("Parameters"),
	.draw = params_draw,
	.move = params_move,
};
