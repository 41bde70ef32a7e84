/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tabs show that costs more than a file: read only while the tab is in front. */
#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "app/privilege.h"
#include "base/strv.h"
#include "base/xalloc.h"
#include "kernel/holders.h"
#include "kernel/kmod_tree.h"
#include "kernel/modstats.h"
#include "kernel/sysmod.h"

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

const struct deptree *tabs_tree(struct console *console)
{
	read_tree(console);
	return &console->tree;
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

/* Who holds it can change with every moment: read again at every look and every second. */
static void update_holders(struct console *console, const struct module *selected)
{
	struct shown *shown = &console->shown;
	const char *name = selected ? selected->name : NULL;
	struct strv types = STRV_INIT;

	if (same_name(name, console->holders_of) && console->holders_tick == console->ticks &&
	    shown->holding.looked)
		return;
	holding_release(&shown->holding);
	free(console->holders_of);
	console->holders_of = xstrdup(name);
	console->holders_tick = console->ticks;
	shown->holding.looked = true;
	info_types(&shown->info, &types);
	privilege_look(true);
	if (selected && selected->loaded)
		holders_read(&console->root, selected, &types, &shown->holding);
	privilege_look(false);
	strv_release(&types);
	console->dirty = true;
}

/* Counts change with every moment, too. */
static void update_stats(struct console *console, const struct module *selected)
{
	struct shown *shown = &console->shown;
	const char *name = selected ? selected->name : NULL;

	if (same_name(name, console->stats_of) && console->stats_tick == console->ticks)
		return;
	info_release(&shown->stats);
	free(console->stats_of);
	console->stats_of = xstrdup(name);
	console->stats_tick = console->ticks;
	if (selected && selected->loaded)
		modstats_read(&console->root, name, &shown->stats);
	console->dirty = true;
}

/* A module that comes brings its drivers.  NULL: it has none that are known. */
static const struct strv *drivers_of(struct console *console, struct drivers *drivers, const char *name)
{
	if (!same_name(name, drivers->of) || drivers->tick != console->ticks) {
		strv_release(&drivers->names);
		drivers->names = (struct strv)STRV_INIT;
		free(drivers->of);
		drivers->of = xstrdup(name);
		drivers->tick = console->ticks;
		if (name)
			sysmod_drivers(&console->root, name, &drivers->names);
	}
	return drivers->names.n ? &drivers->names : NULL;
}

static void drivers_release(struct drivers *drivers)
{
	strv_release(&drivers->names);
	free(drivers->of);
}

void tabs_update(struct console *console)
{
	const struct module *selected = console->shown.selected;
	struct logfilter *pane = &console->shown.log_filter;

	pane->drivers = drivers_of(console, &console->pane_drivers, pane->module);
	if (ui_tab_is(&console->ui, &view_modlog))
		console->shown.drivers = drivers_of(console, &console->tab_drivers, selected ? selected->name : NULL);

	if (ui_tab_is(&console->ui, &view_tree))
		update_tree(console, selected ? selected->name : NULL);
	if (ui_tab_is(&console->ui, &view_holders))
		update_holders(console, selected);
	if (ui_tab_is(&console->ui, &view_stats))
		update_stats(console, selected);
}

void tabs_release(struct console *console)
{
	tabs_forget(console);
	free(console->tree_of);
	console->tree_of = NULL;
	holding_release(&console->shown.holding);
	free(console->holders_of);
	console->holders_of = NULL;
	info_release(&console->shown.stats);
	free(console->stats_of);
	console->stats_of = NULL;
	drivers_release(&console->pane_drivers);
	drivers_release(&console->tab_drivers);
}
