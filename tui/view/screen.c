/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where everything stands. */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "view/view.h"

/* The tabs of the details, in their order. */
static const struct view_ops *const view_tabs[] = {
	&view_info, &view_params, &view_tree, &view_holders, &view_stats, &view_modlog,
};

/* Below this one line says that the window is too small. */
#define LEAST_COLUMNS 40
#define LEAST_ROWS 8
/* From here on list and details stand side by side. */
#define WIDE_COLUMNS 110

void ui_init(struct ui *ui)
{
	size_t i;

	*ui = (struct ui){ .list = { .ops = &view_modules }, .log = { .ops = &view_log } };
	ui->n_tabs = ARRAY_SIZE(view_tabs);
	ui->tabs = xcalloc(ui->n_tabs, sizeof(*ui->tabs));
	for (i = 0; i < ui->n_tabs; i++)
		ui->tabs[i].ops = view_tabs[i];
	ui->focus = PANE_LIST;
}

void ui_release(struct ui *ui)
{
	popup_close(&ui->popup);
	prompt_close(&ui->prompt);
	free(ui->tabs);
	ui->tabs = NULL;
}

struct view *ui_focus(struct ui *ui)
{
	if (ui->focus == PANE_LOG)
		return &ui->log;
	return ui->focus == PANE_DETAILS ? &ui->tabs[ui->tab] : &ui->list;
}

static bool never_beside;

void screen_set_beside(bool beside)
{
	never_beside = !beside;
}

bool screen_is_wide(void)
{
	return term_columns() >= WIDE_COLUMNS && !never_beside;
}

bool ui_tab_is(const struct ui *ui, const struct view_ops *ops)
{
	return (ui->details || screen_is_wide()) && ui->tabs[ui->tab].ops == ops;
}

/* In a narrow window list and details share a place: what has the focus is there to be seen. */
static void settle(struct ui *ui)
{
	if (screen_is_wide() || ui->focus == PANE_LOG)
		return;
	ui->details = ui->focus == PANE_DETAILS;
}

/* Where the panes stand; rows 0: not shown. */
struct layout {
	struct area list, details, log;
};

static struct layout lay_out(const struct ui *ui)
{
	struct area all = { 1, 0, term_rows() - 3, term_columns() };
	struct layout l = { .list = all };

	if (ui->zoom) {
		l.list.rows = 0;
		*(ui->focus == PANE_LOG ? &l.log : ui->focus == PANE_DETAILS ? &l.details : &l.list) = all;
		return l;
	}
	if (all.rows >= 12) {
		l.log = all;
		l.log.rows = MAX(all.rows * 3 / 8, 6);
		l.log.row = all.row + all.rows - l.log.rows;
		l.list.rows -= l.log.rows;
	} else if (ui->focus == PANE_LOG) {
		l.log = all;
		l.list.rows = 0;
	}
	if (screen_is_wide()) {
		l.details = l.list;
		l.list.columns = all.columns * 52 / 100;
		l.details.column = l.list.columns;
		l.details.columns = all.columns - l.list.columns;
	} else if (ui->details) {
		l.details = l.list;
		l.list.rows = 0;
	}
	return l;
}

/* How wide the strip of tabs is: with a blank on each side of every title, or only of the one in front. */
static int tabs_width(const struct ui *ui, bool roomy)
{
	int width = 0;
	size_t i;

	for (i = 0; i < ui->n_tabs; i++)
		width += text_width(_(ui->tabs[i].ops->title)) + (roomy || i == ui->tab ? 2 : 0);
	return width + (roomy ? 0 : (int)ui->n_tabs - 1);
}

static char *selected_name(const struct shown *shown)
{
	return text_safe(shown->selected ? shown->selected->name : "");
}

/* The name gives way to the tabs, but for a few letters of it. */
static void draw_name(const char *safe, struct pen *pen, int tabs)
{
	int room = MAX(pen->end - pen->column - tabs - 1, 4), width = MIN(text_width(safe), room);

	width = MIN(width, MAX(pen->end - pen->column, 0));
	draw_field(pen->row, pen->column, width, STYLE_STRONG, safe);
	pen->column += width;
}

static void draw_tab(const struct ui *ui, size_t i, struct pen *pen, bool roomy)
{
	enum style style = i == ui->tab ? STYLE_CURSOR_IDLE : STYLE_NORMAL;
	const char *blank = roomy || i == ui->tab ? " " : "";
	int start = pen->column;

	draw_text(pen, style, blank);
	draw_text(pen, style, _(ui->tabs[i].ops->title));
	draw_text(pen, style, blank);
	draw_hit((struct hit){ HIT_TAB, PANE_DETAILS, (unsigned)i, pen->row, start, pen->column });
	if (!roomy && i + 1 < ui->n_tabs)
		draw_text(pen, STYLE_NORMAL, " ");
}

static void draw_tabs(const struct ui *ui, const struct shown *shown, struct area area)
{
	struct pen pen = { area.row, area.column + 2, area.column + area.columns - 2 };
	char *name = selected_name(shown);
	bool roomy = text_width(name) + 4 + tabs_width(ui, true) <= pen.end - pen.column;
	size_t i;

	draw_text(&pen, STYLE_NORMAL, " ");
	draw_name(name, &pen, tabs_width(ui, roomy));
	draw_text(&pen, STYLE_NORMAL, roomy ? "  " : " ");
	for (i = 0; i < ui->n_tabs; i++)
		draw_tab(ui, i, &pen, roomy);
	if (!roomy && pen.column < pen.end)
		draw_text(&pen, STYLE_NORMAL, " ");
	free(name);
}

static void hit_pane(struct area area, enum pane pane)
{
	int i;

	for (i = 0; i < area.rows; i++)
		draw_hit((struct hit){ HIT_PANE, pane, 0, area.row + i, area.column,
				       area.column + area.columns });
}

/* Where one is, when not all of it is in sight; the log's tab tells that itself. */
static void draw_position(const struct view *view, struct area area, bool focus)
{
	const struct list *list = &view->list;
	struct pen pen = { area.row + area.rows - 1, area.column + 2, area.column + area.columns - 2 };
	char text[64];

	if (view->ops == &view_modlog || !list->height || list->n <= list->height)
		return;
	snprintf(text, sizeof(text), _(" %zu to %zu of %zu "), list->top + 1,
		 MIN(list->top + list->height, list->n), list->n);
	pen.column = MAX(pen.column, pen.end - text_width(text));
	draw_text(&pen, focus ? STYLE_FRAME_FOCUS : STYLE_FRAME, text);
}

static void draw_details(struct ui *ui, const struct shown *shown, struct area area)
{
	bool focus = ui->focus == PANE_DETAILS;
	struct view *view = &ui->tabs[ui->tab];
	struct area inside = draw_frame(area, focus);

	draw_tabs(ui, shown, area);
	if (inside.rows > 0)
		view->ops->draw(view, shown, inside, focus);
	draw_position(view, area, focus);
}

static void draw_panes(struct ui *ui, const struct shown *shown)
{
	struct layout l;

	settle(ui);
	l = lay_out(ui);
	hit_pane(l.list, PANE_LIST);
	hit_pane(l.details, PANE_DETAILS);
	hit_pane(l.log, PANE_LOG);
	if (l.list.rows > 0)
		ui->list.ops->draw(&ui->list, shown, l.list, ui->focus == PANE_LIST);
	if (l.details.rows > 0)
		draw_details(ui, shown, l.details);
	if (l.log.rows > 0)
		ui->log.ops->draw(&ui->log, shown, l.log, ui->focus == PANE_LOG);
}

static void draw_too_small(void)
{
	char text[128];

	snprintf(text, sizeof(text), _("kmodtui needs %d columns and %d rows."), LEAST_COLUMNS, LEAST_ROWS);
	/* What is left of it where that has no room is the figure. */
	if (text_width(text) > term_columns())
		snprintf(text, sizeof(text), _("%dx%d needed"), LEAST_COLUMNS, LEAST_ROWS);
	draw_field(0, 0, term_columns(), STYLE_NORMAL, text);
}

void screen_draw(struct ui *ui, const struct shown *shown, const struct bar_entry *bar, size_t n_bar)
{
	int columns = term_columns(), rows = term_rows();

	draw_hits_reset();
	term_begin();
	if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) {
		draw_too_small();
		term_end();
		return;
	}
	header_draw(shown, (struct area){ 0, 0, 1, columns });
	draw_panes(ui, shown);
	if (ui->prompt.open)
		prompt_draw(&ui->prompt, rows - 2, columns);
	else
		footer_draw_message(shown, (struct area){ rows - 2, 0, 1, columns });
	footer_draw_bar(bar, n_bar, (struct area){ rows - 1, 0, 1, columns });
	prompt_draw_hint(&ui->prompt, rows - 1, columns);
	if (ui->popup.kind != POPUP_NONE)
		popup_draw(&ui->popup, columns, rows);
	/* A question about the window stands above it. */
	if (ui->popup.kind != POPUP_NONE && ui->prompt.open)
		prompt_draw(&ui->prompt, rows - 2, columns);
	term_end();
}
