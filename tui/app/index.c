/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The full-text index of the console: where it comes from, and going through it in slices. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/indexcache.h"
#include "kernel/kmod_info.h"

/* So long one turn may search or read descriptions; a key pressed meanwhile waits no longer. */
#define SEARCH_US 4000
#define DESCRIBE_US 1000

/* Both patterns look through @fresh from now on, which moves into the console. */
static void install(struct console *console, struct fulltext *fresh)
{
	struct shown *shown = &console->shown;

	fulltext_release(&shown->text);
	shown->text = *fresh;
	fulltext_attach(&shown->text, &shown->table);
	finding_use(&shown->order.filter, &shown->text);
	finding_use(&shown->search, &shown->text);
	console->filtering = true;
	console->dirty = true;
}

/* Rows in sight have descriptions all the same, and are found by what is in them. */
static void do_without(struct console *console)
{
	console->shown.indexing = false;
	console_say(console, MESSAGE_PLAIN,
		    _("The modules on disk could not be indexed; search and filter look at the list alone."));
}

static void begin(struct shown *shown)
{
	shown->indexing = true;
	shown->indexing_ms = util_now_ms();
}

bool index_waited_for(const struct console *console)
{
	const struct shown *shown = &console->shown;

	return shown->indexing && (shown->order.filter.match.text || console->find_step);
}

void index_update(struct console *console)
{
	struct fulltext fresh = FULLTEXT_INIT;
	struct shown *shown = &console->shown;
	unsigned long long stamp = console->index_stamp;

	fulltext_attach(&shown->text, &shown->table);
	if (!stamp || (stamp == shown->text.stamp && !console->index_again))
		return;
	if (!console->index_again && !indexcache_read(&console->root, stamp, &fresh))
		install(console, &fresh);
	else if (!indexer_start(&console->indexer, &console->root, stamp))
		begin(shown);
	else
		do_without(console);
	console->index_again = false;
	console->dirty = true;
}

void index_read(struct console *console)
{
	struct fulltext fresh = FULLTEXT_INIT;
	int err = indexer_read(&console->indexer, false, &fresh);

	if (err > 0)
		return;
	console->shown.indexing = false;
	console->dirty = true;
	if (err) {
		do_without(console);
		return;
	}
	install(console, &fresh);
	if (!console->options->readonly)
		indexcache_write(&console->root, &console->shown.text);
}

int index_fd(const struct console *console)
{
	return console->indexer.fd;
}

/* The cursor goes from where it was when the filter was asked for, so that typing faster changes nothing. */
static void show_filtered(struct console *console)
{
	if (console->filter_best && console->filter_from)
		refresh_rows_best(console);
	else if (console->filter_from)
		refresh_rows_of(console, console->filter_from);
	else
		refresh_rows(console);
	if (console->ui.prompt.open)
		return;
	free(console->filter_from);
	console->filter_from = NULL;
}

static bool search_until(struct console *console, uint64_t until_us)
{
	if (finding_go(&console->shown.order.filter, until_us))
		return true;
	if (console->filtering)
		show_filtered(console);
	if (finding_go(&console->shown.search, until_us))
		return true;
	if (console->find_step)
		act_find_go(console);
	return false;
}

bool index_search(struct console *console)
{
	return search_until(console, util_now_us() + SEARCH_US);
}

void index_settle(struct console *console)
{
	search_until(console, UINT64_MAX);
	/* What is not found by now would take the cursor away from where a key went. */
	console->find_step = 0;
}

/* The "description=..." among strings with a NUL each; the caller frees. */
static char *find_description(const struct buf *strings)
{
	static const char key[] = "description=";
	const char *pos = buf_str(strings), *end = pos + strings->len;

	for (; pos < end; pos += strlen(pos) + 1)
		if (!strncmp(pos, key, sizeof(key) - 1))
			return xstrdup(pos + sizeof(key) - 1);
	return xstrdup("");
}

/* As the index reads it: from the file that modules.dep names; libkmod knows those that are compressed. */
static char *read_description(const struct console *console, const struct module *module)
{
	struct buf strings = BUF_INIT;
	char path[PATH_MAX], *text;

	if (!console->lib)
		return NULL;
	snprintf(path, sizeof(path), "lib/modules/%s/%s", console->root.kernel, module->path ? module->path : "");
	if (module->path && module->path[0] != '/' && !kmod_info_strings(console->lib, path, &strings))
		text = find_description(&strings);
	else
		text = kmod_info_description(console->lib, module->name);
	buf_release(&strings);
	return text;
}

static void describe(struct console *console, struct module *module)
{
	module->description = read_description(console, module);
	if (!module->description)
		module->description = xstrdup("");
	console->dirty = true;
}

bool index_describe(struct console *console)
{
	const struct list *list = &console->ui.list.list;
	const struct order_rows *rows = &console->shown.rows;
	size_t i, end = MIN(list->top + MAX(list->height, (size_t)1), rows->n);
	uint64_t until_us = util_now_us() + DESCRIBE_US;

	for (i = list->top; i < end; i++) {
		if (rows->v[i]->description)
			continue;
		if (util_now_us() > until_us)
			return true;
		describe(console, rows->v[i]);
	}
	return false;
}
