/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading the kernel into the model: the refresh trip of docs/ARCHITECTURE. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "app/job.h"
#include "app/privilege.h"
#include "app/watching.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/autoload.h"
#include "kernel/host.h"
#include "kernel/kmod_fate.h"
#include "kernel/kmod_info.h"
#include "kernel/kmod_lib.h"
#include "kernel/modindex.h"
#include "kernel/procmods.h"
#include "model/logring.h"

/* Policy and module index are looked at every so many ticks of 1 s, the configuration more seldom. */
#define SLOW_TICKS 5
#define CONFIGURATION_TICKS 60
/* So long one turn may read the log; and how often a log that never ends is drawn. */
#define LOG_SLICE_US 4000
#define LOG_FRAME_MS 40

static void set_stale(struct console *console, int err)
{
	free(console->shown.stale);
	console->shown.stale = err ? xstrdup(strerror(-err)) : NULL;
	console->dirty = true;
}

void refresh_selection(struct console *console)
{
	struct shown *shown = &console->shown;
	size_t at = console->ui.list.list.cursor;

	shown->selected = at < shown->rows.n ? shown->rows.v[at] : NULL;
	console->dirty = true;
}

void refresh_select(struct console *console, size_t row)
{
	struct list *list = &console->ui.list.list;

	list_fit(list, console->shown.rows.n, list->height);
	list_set(list, row);
	refresh_selection(console);
}

/* Row of the module called @name, or @otherwise. */
static size_t row_of(const struct order_rows *rows, const char *name, size_t otherwise)
{
	size_t i;

	for (i = 0; name && i < rows->n; i++)
		if (!strcmp(rows->v[i]->name, name))
			return i;
	return otherwise;
}

/* The cursor goes to the module called @name, or stays at row @otherwise. */
static void rows_again(struct console *console, const char *name, size_t otherwise)
{
	struct shown *shown = &console->shown;

	/* No row is left out because it was not looked at yet. */
	finding_go(&shown->order.filter, UINT64_MAX);
	console->filtering = false;
	order_apply(&shown->order, &shown->table, &shown->rows);
	refresh_select(console, row_of(&shown->rows, name, otherwise));
}

void refresh_rows_of(struct console *console, const char *name)
{
	rows_again(console, name, 0);
}

void refresh_rows_best(struct console *console)
{
	struct shown *shown = &console->shown;

	rows_again(console, NULL, 0);
	refresh_select(console, order_best(&shown->order, &shown->rows));
}

void refresh_rows(struct console *console)
{
	const struct module *selected = console->shown.selected;

	rows_again(console, selected ? selected->name : NULL, console->ui.list.list.cursor);
}

static void merge(struct console *console, enum modtable_source source, struct modlist *list)
{
	struct shown *shown = &console->shown;
	struct modtable_delta delta = { 0 };
	char *name = shown->selected ? xstrdup(shown->selected->name) : NULL;

	modtable_update(&shown->table, source, list, util_now_ms(), &delta);
	if (delta.added)
		fulltext_attach(&shown->text, &shown->table);
	if (delta.added || delta.removed || delta.changed || source == MODTABLE_INDEX)
		rows_again(console, name, console->ui.list.list.cursor);
	free(name);
}

void refresh_live(struct console *console)
{
	struct modlist list = MODLIST_INIT;
	int err;

	if (!console->root.live)
		return;
	err = procmods_read_changed(&console->root, &console->live_stamp, &list);
	if (err > 0 || err == -ENOENT) {
		console->shown.unread = list.unread;
		merge(console, MODTABLE_LIVE, &list);
	}
	if (err == -ENOENT)
		console->live_stamp = 0;
	if ((err < 0 && err != -ENOENT) || console->shown.stale)
		set_stale(console, err == -ENOENT ? 0 : MIN(err, 0));
	modlist_release(&list);
}

/* libkmod reads its indexes and its configuration once. */
static void reopen_lib(struct console *console)
{
	struct kmod_lib *fresh = NULL;

	kmod_lib_open(&fresh, &console->root);
	if (!fresh)
		return;
	kmod_lib_close(console->lib);
	console->lib = fresh;
}

static void refresh_index(struct console *console)
{
	unsigned long long stamp = modindex_stamp(&console->root);
	struct modlist list = MODLIST_INIT;

	if (stamp == console->index_stamp)
		return;
	if (console->index_stamp != INDEX_UNREAD)
		reopen_lib(console);
	console->index_stamp = stamp;
	modindex_read(&console->root, &list);
	merge(console, MODTABLE_INDEX, &list);
	modlist_release(&list);
	index_update(console);
}

/* What is to last, for the marks in the list. */
static void settle(struct console *console)
{
	struct autoload boot = AUTOLOAD_INIT;
	struct strv at_boot = STRV_INIT, optioned = STRV_INIT;
	size_t i;

	autoload_read_boot(&console->root, &boot);
	for (i = 0; i < boot.n; i++)
		strv_push(&at_boot, boot.v[i].what);
	for (i = 0; i < console->conf.n; i++)
		if (console->conf.v[i].kind == MODPROBED_OPTIONS)
			strv_push(&optioned, console->conf.v[i].name);
	modtable_settle(&console->shown.table, &at_boot, &optioned);
	autoload_release(&boot);
	strv_release(&at_boot);
	strv_release(&optioned);
}

/* An install line may name modules by a pattern, so every row is looked at. */
static void refresh_configuration(struct console *console)
{
	struct modtable *table = &console->shown.table;
	struct strv masked = STRV_INIT;

	tabs_forget(console);
	modprobed_release(&console->conf);
	console->conf = (struct modprobed)MODPROBED_INIT;
	modprobed_read(&console->conf, &console->root);
	kmod_fate_masked(console->lib, &console->conf, table, &masked);
	modtable_mask(table, &masked);
	settle(console);
	strv_release(&masked);
}

static void refresh_policy(struct console *console)
{
	struct policy *policy = &console->shown.policy;

	policy_release(policy);
	*policy = (struct policy){ 0 };
	privilege_look(true);
	host_read_policy(&console->root, policy);
	privilege_look(false);
	policy->elevates = console->elevate.path && !policy->cap_sys_module && !policy->root;
	policy->no_elevation = console->elevate.obstacle;
	console->shown.elevated_by = policy->elevates ? console->elevate.name : NULL;
	console->shown.readonly = console->options->readonly || policy_obstacle(policy) != NULL;
	console->dirty = true;
}

void refresh_slow(struct console *console)
{
	reopen_lib(console);
	refresh_policy(console);
	refresh_index(console);
	refresh_configuration(console);
}

/* What one should know before the first key is pressed. */
static void greet(struct console *console)
{
	const char *obstacle = policy_obstacle(&console->shown.policy);
	char *moddir = moddir_sentence(&console->shown.policy.moddir);

	if (moddir && console->shown.policy.live)
		console_say(console, MESSAGE_BAD, "%s", moddir);
	else if (console->options->readonly)
		console_say(console, MESSAGE_PLAIN, _("Read-only, as asked: nothing will be changed."));
	else if (obstacle)
		console_say(console, MESSAGE_PLAIN, "%s", obstacle);
	else if (console->shown.elevated_by)
		console_say(console, MESSAGE_PLAIN, _("Changes are made by %s, which may ask for your password.  F1 shows every key."),
			    console->shown.elevated_by);
	else
		console_say(console, MESSAGE_PLAIN, _("F1 shows what every key does."));
	free(moddir);
}

void refresh_start(struct console *console)
{
	refresh_live(console);
	refresh_policy(console);
	refresh_index(console);
	refresh_configuration(console);
	refresh_rows(console);
	refresh_select(console, 0);
	if (!console->shown.message)
		greet(console);
	console->next_tick_ms = util_now_ms() + 1000;
	console->log_drained = !console->has_kmsg;
	console->uevents_drained = true;
}

#define MESSAGE_NEW_MS 30000

static void age_message(struct console *console)
{
	struct shown *shown = &console->shown;

	if (!shown->message || shown->message_old || !console->said_ms || util_now_ms() - console->said_ms < MESSAGE_NEW_MS)
		return;
	shown->message_old = true;
	console->dirty = true;
}

/* A highlight ends, or what the top line says of the last minute. */
static bool needs_redraw(const struct console *console)
{
	const struct modtable *table = &console->shown.table;

	if (report_is_fresh(console))
		return true;
	return table->n_history &&
	       util_now_ms() - table->history[table->n_history - 1].ms < 62000;
}

void refresh_tick(struct console *console)
{
	console->next_tick_ms = util_now_ms() + 1000;
	job_tell(console);
	/* The word for it comes after a while. */
	console->dirty |= console->shown.indexing;
	refresh_live(console);
	kmod_info_forget(console->lib);
	act_care_tick(console);
	age_message(console);
	/* A directory that is gone may be there again. */
	watching_read(console);
	console->ticks++;
	if (console->ticks % SLOW_TICKS == 0) {
		refresh_policy(console);
		refresh_index(console);
	}
	if (console->ticks % CONFIGURATION_TICKS == 0) {
		reopen_lib(console);
		refresh_configuration(console);
	}
	if (ui_tab_is(&console->ui, &view_params))
		details_reread(console);
	if (needs_redraw(console))
		console->dirty = true;
}

/* While records come faster than they are read the screen is drawn now and then: reading comes first. */
static void show_log(struct console *console, bool news)
{
	uint64_t now = util_now_ms();

	console->log_behind = console->log_behind || news;
	if (!console->log_behind || (!console->log_drained && now < console->log_drawn_ms + LOG_FRAME_MS))
		return;
	console->log_behind = false;
	console->log_drawn_ms = now;
	console->dirty = true;
}

void refresh_log(struct console *console)
{
	uint64_t until_us = util_now_us() + LOG_SLICE_US;
	struct logrec rec;
	int i, got = 0;

	if (!console->has_kmsg)
		return;
	for (i = 0; i < 256 && (!i || util_now_us() < until_us); i++) {
		got = kmsg_read(&console->kmsg, &rec);
		if (got <= 0)
			break;
		logring_push(&console->shown.log, &rec);
	}
	console->log_drained = got <= 0;
	show_log(console, i > 0);
	report_check(console);
	if (got < 0) {
		console->has_kmsg = false;
		kmsg_close(&console->kmsg);
		free(console->shown.log_obstacle);
		console->shown.log_obstacle = xstrdup(_("The kernel log can not be read any further."));
	}
}
