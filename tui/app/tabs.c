/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tabs show that costs more than a file: read only while the tab is in front. */
#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "base/xalloc.h"
#include "kernel/kmod_tree.h"

static void forget_rows(struct shown *shown)
{
	deptree_rows_release(&shown->needs);
	deptree_rows_release(&shown->users);
}

void tabs_forget(struct console *console)
{
	forget_rows(&console->shown);
	deptree_release(&console->tree);
	console->tree_read = false;
}

static bool same_name(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* The tree of all modules lasts until one comes or goes, on disk or alive. */
static void read_tree(struct console *console)
{
	unsigned long long stamp = console->index_stamp * 31 + console->live_stamp;

	if (console->tree_read && stamp == console->tree_stamp)
		return;
	tabs_forget(console);
	if (console->lib)
		kmod_tree_read(console->lib, &console->conf, &console->shown.table, &console->tree);
	console->tree_read = true;
	console->tree_stamp = stamp;
	free(console->tree_of);
	console->tree_of = NULL;
}

static void update_tree(struct console *console, const char *name)
{
	struct shown *shown = &console->shown;

	read_tree(console);
	if (same_name(name, console->tree_of))
		return;
	forget_rows(shown);
	free(console->tree_of);
	console->tree_of = xstrdup(name);
	if (name) {
		deptree_walk(&console->tree, name, false, &shown->needs);
		deptree_walk(&console->tree, name, true, &shown->users);
	}
	console->dirty = true;
}

void tabs_update(struct console *console)
{
	const struct module *selected = console->shown.selected;

	if (ui_tab_is(&console->ui, &view_tree))
		update_tree(console, selected ? selected->name : NULL);
}

void tabs_release(struct console *console)
{
	tabs_forget(console);
	free(console->tree_of);
	console->tree_of = NULL;
}
