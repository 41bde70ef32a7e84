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

void act_list_zoom(struct console *console)
{
	console->ui.zoom = !console->ui.zoom;
	console->dirty = true;
	console_say(console, MESSAGE_PLAIN, console->ui.zoom ? _("The pane has the whole screen; z gives it back.") :
		    _("All panes are shown."));
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
	if (console->ui.focus == PANE_LIST && act_find_clear(console))
		return;
	console->ui.details = false;
	console->ui.focus = PANE_LIST;
	console->dirty = true;
}

static bool go(struct console *console, const char *name)
{
	const struct order_rows *rows = &console->shown.rows;
	size_t i;

	for (i = 0; i < rows->n; i++) {
		if (util_name_equal(rows->v[i]->name, name)) {
			refresh_select(console, i);
			return true;
		}
	}
	return false;
}

/* What hides the module is lifted, and that is said. */
static void show_hidden(struct console *console, const struct module *module)
{
	struct order *order = &console->shown.order;

	if (!finding_has(&order->filter, module)) {
		act_find_clear(console);
		console_say(console, MESSAGE_PLAIN, _("The filter was taken away, to show %s."), module->name);
	}
	if (!order_has_state(order, module)) {
		order_choose(order, &order_choices[0]);
		refresh_rows(console);
		console_say(console, MESSAGE_PLAIN, _("Modules of all states are shown again, to show %s."),
			    module->name);
	}
}

/* Where one comes from is kept, for the way back. */
static void leave_track(struct console *console)
{
	const struct module *from = console->shown.selected;

	if (from)
		strv_push(&console->track, from->name);
}

void act_list_return(struct console *console)
{
	struct strv *track = &console->track;
	char *name;

	if (!track->n) {
		console_say(console, MESSAGE_PLAIN, _("There is no module to go back to."));
		return;
	}
	name = track->v[--track->n];
	if (!go(console, name))
		console_say(console, MESSAGE_PLAIN, _("%s is not in the list any longer, or hidden by F4 or F5."), name);
	free(name);
}

void act_list_go(struct console *console, const char *name)
{
	const struct module *module = modtable_find(&console->shown.table, name);

	leave_track(console);
	if (go(console, name))
		return;
	if (module)
		show_hidden(console, module);
	if (!go(console, name))
		console_say(console, MESSAGE_BAD, _("There is no module %s in the list."), name);
}

static void say_order(struct console *console)
{
	const struct order *order = &console->shown.order;
	const struct order_column *column = &order_columns[order->key];

	if (column->descends)
		console_say(console, MESSAGE_PLAIN, order->reverse ?
			    _("Sorted by %s, smallest first; I turns it round.") :
			    _("Sorted by %s, biggest first; I turns it round."), column->name);
	else
		console_say(console, MESSAGE_PLAIN, order->reverse ? _("Sorted by %s, reversed; I turns it round.") :
			    _("Sorted by %s; I turns it round."), column->name);
}

void act_list_sort_by(struct console *console, enum order_key key)
{
	struct order *order = &console->shown.order;

	order->reverse = order->key == key && !order->reverse;
	order->key = key;
	refresh_rows(console);
	say_order(console);
}

static void sort_done(struct console *console, size_t choice)
{
	act_list_sort_by(console, (enum order_key)choice);
}

/* The menu opens on what is in force. */
static void menu_at(struct console *console, size_t at)
{
	struct popup *popup = &console->ui.popup;

	popup->list.n = popup->list.height = popup->lines.n;
	list_set(&popup->list, at);
}

void act_list_sort(struct console *console)
{
	size_t i;

	ask_menu(console, _("Sort by"), sort_done);
	for (i = 0; i < ORDER_KEYS; i++)
		strv_push(&console->ui.popup.lines, order_columns[i].name);
	menu_at(console, console->shown.order.key);
}

void act_list_invert(struct console *console)
{
	console->shown.order.reverse = !console->shown.order.reverse;
	refresh_rows(console);
	say_order(console);
}

static void states_done(struct console *console, size_t choice)
{
	if (choice < ORDER_CHOICES)
		order_choose(&console->shown.order, &order_choices[choice]);
	refresh_rows(console);
}

void act_list_states(struct console *console)
{
	size_t i;

	ask_menu(console, _("Show"), states_done);
	for (i = 0; i < ORDER_CHOICES; i++)
		strv_push(&console->ui.popup.lines, _(order_choices[i].title));
	menu_at(console, (size_t)(order_choice(&console->shown.order) - order_choices));
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
