/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moving about, searching, filtering, sorting. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"

static void move(struct console *console, enum motion motion)
{
	struct view *view = ui_focus(&console->ui);

	view->ops->move(view, &console->shown, motion);
	if (console->ui.focus == PANE_LIST)
		refresh_selection(console);
	console->dirty = true;
}

void act_list_up(struct console *console)
{
	move(console, MOTION_UP);
}

void act_list_down(struct console *console)
{
	move(console, MOTION_DOWN);
}

void act_list_page_up(struct console *console)
{
	move(console, MOTION_PAGE_UP);
}

void act_list_page_down(struct console *console)
{
	move(console, MOTION_PAGE_DOWN);
}

void act_list_home(struct console *console)
{
	move(console, MOTION_HOME);
}

void act_list_end(struct console *console)
{
	move(console, MOTION_END);
}

void act_list_tab(struct console *console, size_t tab)
{
	console->ui.tab = tab % console->ui.n_tabs;
	console->ui.details = true;
	console->ui.focus = PANE_DETAILS;
	console->dirty = true;
}

/* Left and right: through the tabs, but in the log along its lines. */
static void sideways(struct console *console, enum motion motion)
{
	struct ui *ui = &console->ui;

	if (ui->focus == PANE_LOG)
		move(console, motion);
	else if (ui->focus == PANE_DETAILS)
		act_list_tab(console, ui->tab + (motion == MOTION_RIGHT ? 1 : ui->n_tabs - 1));
	else if (motion == MOTION_RIGHT)
		act_list_enter(console);
}

void act_list_left(struct console *console)
{
	sideways(console, MOTION_LEFT);
}

void act_list_right(struct console *console)
{
	sideways(console, MOTION_RIGHT);
}

/* The panes on the screen, in the order of Tab. */
static void turn_focus(struct console *console, int step)
{
	struct ui *ui = &console->ui;
	enum pane panes[3];
	int n = 0, at = 0;

	if (screen_is_wide() || !ui->details)
		panes[n++] = PANE_LIST;
	if (screen_is_wide() || ui->details)
		panes[n++] = PANE_DETAILS;
	panes[n++] = PANE_LOG;
	while (at < n && panes[at] != ui->focus)
		at++;
	ui->focus = panes[(at + step + n) % n];
	/* Who leaves the log finds the beginning of its lines again. */
	ui->log.left = 0;
	console->dirty = true;
}

void act_list_next_pane(struct console *console)
{
	turn_focus(console, 1);
}

void act_list_previous_pane(struct console *console)
{
	turn_focus(console, -1);
}

void act_list_enter(struct console *console)
{
	if (console->ui.focus != PANE_LIST || !console->shown.selected)
		return;
	console->ui.details = true;
	console->ui.focus = PANE_DETAILS;
	console->dirty = true;
}

void act_list_back(struct console *console)
{
	console->ui.details = false;
	console->ui.focus = PANE_LIST;
	console->dirty = true;
}

void act_list_sort_by(struct console *console, enum order_key key)
{
	struct order *order = &console->shown.order;

	order->reverse = order->key == key && !order->reverse;
	order->key = key;
	refresh_rows(console);
	console_say(console, MESSAGE_PLAIN, order->reverse ? _("Sorted by %s, reversed.") : _("Sorted by %s."),
		    order_columns[key].name);
}

void act_list_go_to(struct console *console, const char *name)
{
	const struct order_rows *rows = &console->shown.rows;
	size_t i;

	for (i = 0; i < rows->n && !util_name_equal(rows->v[i]->name, name); i++)
		;
	if (i < rows->n)
		refresh_select(console, i);
	else
		console_say(console, MESSAGE_BAD,
			    _("The list does not show %s now: change the filter or the states."), name);
}

static void sort_done(struct console *console, size_t choice)
{
	act_list_sort_by(console, (enum order_key)choice);
}

void act_list_sort(struct console *console)
{
	size_t i;

	ask_menu(console, _("Sort by"), sort_done);
	for (i = 0; i < ORDER_KEYS; i++)
		strv_push(&console->ui.popup.lines, order_columns[i].name);
	console->ui.popup.list.n = ORDER_KEYS;
	console->ui.popup.list.height = ORDER_KEYS;
	list_set(&console->ui.popup.list, console->shown.order.key);
}

void act_list_invert(struct console *console)
{
	console->shown.order.reverse = !console->shown.order.reverse;
	refresh_rows(console);
}

static const struct {
	const char *title;
	unsigned states;
	bool masked;
} state_choices[] = {
	{ N_("all modules"), ORDER_ALL_STATES, false },
	{ N_("live"), 1u << MODULE_LIVE | 1u << MODULE_COMING | 1u << MODULE_GOING, false },
	{ N_("on disk"), 1u << MODULE_DISK, false },
	{ N_("built in"), 1u << MODULE_BUILTIN, false },
	{ N_("masked"), ORDER_ALL_STATES, true },
};

static void states_done(struct console *console, size_t choice)
{
	console->shown.order.states = state_choices[choice].states;
	console->shown.order.masked_only = state_choices[choice].masked;
	refresh_rows(console);
}

void act_list_states(struct console *console)
{
	size_t i;

	ask_menu(console, _("Show"), states_done);
	for (i = 0; i < ARRAY_SIZE(state_choices); i++)
		strv_push(&console->ui.popup.lines, _(state_choices[i].title));
}

void act_list_history(struct console *console)
{
	static const char *const words[] = {
		[MODCHANGE_ADDED] = N_("came"), [MODCHANGE_REMOVED] = N_("went"),
		[MODCHANGE_STATE] = N_("changed"),
	};
	const struct modtable *table = &console->shown.table;
	uint64_t now = util_now_ms();
	size_t i;

	popup_open(&console->ui.popup, POPUP_TEXT, _("What came and went"));
	for (i = table->n_history; i-- > 0;) {
		const struct modchange *change = &table->history[i];
		struct buf line = BUF_INIT;

		buf_printf(&line, _("%6.1f s ago  %-8s %s"), (double)(now - change->ms) / 1000,
			   _(words[change->what]), change->name);
		strv_push(&console->ui.popup.lines, buf_str(&line));
		buf_release(&line);
	}
	if (!table->n_history)
		strv_push(&console->ui.popup.lines, _("No module came or went since kmodtui was started."));
	console->dirty = true;
}
