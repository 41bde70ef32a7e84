/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Actions on the tabs of the details. */
#include "app/action.h"
#include "app/console.h"

/* Brings that tab to the front. */
static void show(struct console *console, const struct view_ops *ops)
{
	size_t i;

	for (i = 0; i < console->ui.n_tabs; i++)
		if (console->ui.tabs[i].ops == ops)
			act_list_tab(console, i);
}

void act_tab_tree(struct console *console)
{
	show(console, &view_tree);
}

void act_tab_parameters(struct console *console)
{
	show(console, &view_params);
}

void act_tab_holders(struct console *console)
{
	show(console, &view_holders);
}

/* From a row of the tree to its module in the list; the tree is then that module's. */
void act_tab_go(struct console *console)
{
	const struct ui *ui = &console->ui;
	const struct shown *shown = &console->shown;
	const char *name = view_tree_name(shown, ui->tabs[ui->tab].list.cursor);

	if (name)
		act_list_go(console, name);
}

void act_tab_fold(struct console *console)
{
	struct view *view = &console->ui.tabs[console->ui.tab];

	view->unfolded = !view->unfolded;
	console->dirty = true;
}
