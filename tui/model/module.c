/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/module.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/util.h"
#include "base/xalloc.h"

static const char *const state_names[MODULE_STATES] = {
	[MODULE_LIVE] = "live",
	[MODULE_COMING] = "coming",
	[MODULE_GOING] = "going",
	[MODULE_DISK] = "disk",
	[MODULE_BUILTIN] = "builtin",
};

const char *module_state_name(enum module_state state)
{
	return state_names[state];
}

int module_state_parse(const char *name, enum module_state *out)
{
	for (int i = 0; i < MODULE_STATES; i++) {
		if (strcmp(name, state_names[i]) == 0) {
			*out = (enum module_state)i;
			return 0;
		}
	}
	return -EINVAL;
}

void module_release(struct module *module)
{
	free(module->name);
	strv_release(&module->users);
	free(module->taint);
	free(module->path);
	free(module->description);
	memset(module, 0, sizeof(*module));
}

void modlist_release(struct modlist *list)
{
	for (size_t i = 0; i < list->n; i++)
		module_release(&list->v[i]);
	free(list->v);
	memset(list, 0, sizeof(*list));
}

struct module *modlist_push(struct modlist *list, const char *name, size_t len)
{
	struct module *row;

	if (list->n == list->size) {
		list->size = list->size ? list->size * 2 : 64;
		list->v = xrealloc(list->v, list->size, sizeof(*list->v));
	}
	row = &list->v[list->n++];
	memset(row, 0, sizeof(*row));
	row->name = xstrndup(name, len);
	util_name_normalize(row->name);
	row->size = -1;
	row->refs = -1;
	return row;
}

void modtable_release(struct modtable *table)
{
	for (size_t i = 0; i < table->n; i++) {
		module_release(table->rows[i]);
		free(table->rows[i]);
	}
	free(table->rows);
	for (size_t i = 0; i < table->n_history; i++)
		free(table->history[i].name);
	free(table->history);
	memset(table, 0, sizeof(*table));
}

struct module *modtable_find(const struct modtable *table, const char *name)
{
	size_t low = 0, high = table->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = util_name_compare(name, table->rows[middle]->name);

		if (order == 0)
			return table->rows[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* What the rows add up to. */
static void count(struct modtable *table)
{
	memset(table->count, 0, sizeof(table->count));
	table->n_masked = 0;
	table->live_bytes = 0;
	for (size_t i = 0; i < table->n; i++) {
		const struct module *row = table->rows[i];

		table->count[row->state] += !row->masked || row->state != MODULE_DISK;
		table->n_masked += row->masked;
		if (row->size > 0)
			table->live_bytes += row->size;
	}
}

void modtable_mask(struct modtable *table, const struct strv *masked)
{
	for (size_t i = 0; i < table->n; i++)
		table->rows[i]->masked = false;
	for (size_t i = 0; i < masked->n; i++) {
		struct module *row = modtable_find(table, masked->v[i]);

		if (row)
			row->masked = true;
	}
	count(table);
}

void modtable_settle(struct modtable *table, const struct strv *at_boot, const struct strv *optioned)
{
	struct module *row;
	size_t i;

	for (i = 0; i < table->n; i++)
		table->rows[i]->at_boot = table->rows[i]->optioned = false;
	for (i = 0; i < at_boot->n; i++)
		if ((row = modtable_find(table, at_boot->v[i])))
			row->at_boot = true;
	for (i = 0; i < optioned->n; i++)
		if ((row = modtable_find(table, optioned->v[i])))
			row->optioned = true;
}

/* One delivery on its way into the table. */
struct update {
	struct modtable *table;
	uint64_t now_ms;
	bool news;		/* not the first delivery of its source */
	struct modtable_delta delta;
};

/* The history keeps the newest MODTABLE_HISTORY. */
static void history_add(struct modtable *table, const struct modchange *change)
{
	if (!table->history)
		table->history = xcalloc(MODTABLE_HISTORY, sizeof(*table->history));
	if (table->n_history == MODTABLE_HISTORY) {
		free(table->history[0].name);
		table->n_history--;
		memmove(table->history, table->history + 1,
			table->n_history * sizeof(*table->history));
	}
	table->history[table->n_history++] = *change;
}

/* The live state of @row changed: mark it and keep it in the history, unless it is no news. */
static void note(struct update *update, struct module *row, int what)
{
	struct modchange change = { .what = what, .ms = update->now_ms };

	if (!update->news)
		return;
	row->changed_ms = update->now_ms;
	change.name = xstrdup(row->name);
	history_add(update->table, &change);
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_figures(const struct module *a, const struct module *b)
{
	if (a->size != b->size || a->refs != b->refs || a->permanent != b->permanent ||
	    a->users.n != b->users.n || !same_text(a->taint, b->taint))
		return false;
	for (size_t i = 0; i < a->users.n; i++)
		if (strcmp(a->users.v[i], b->users.v[i]) != 0)
			return false;
	return true;
}

/* @from keeps no strings that @row now has. */
static void move_figures(struct module *row, struct module *from)
{
	strv_release(&row->users);
	free(row->taint);
	row->size = from->size;
	row->refs = from->refs;
	row->permanent = from->permanent;
	row->users = from->users;
	row->taint = from->taint;
	memset(&from->users, 0, sizeof(from->users));
	from->taint = NULL;
}

static void live_take(struct update *update, struct module *row, struct module *from)
{
	bool same = same_figures(row, from);

	move_figures(row, from);
	if (!row->loaded) {
		row->loaded = true;
		row->state = from->state;
		update->delta.added++;
		note(update, row, MODCHANGE_ADDED);
	} else if (row->state != from->state) {
		row->state = from->state;
		update->delta.changed++;
		note(update, row, MODCHANGE_STATE);
	} else if (!same) {
		update->delta.changed++;
	}
}

/* False: nobody knows the row any more. */
static bool live_leave(struct update *update, struct module *row)
{
	struct module nothing = { .size = -1, .refs = -1 };

	if (!row->loaded)
		return row->indexed;
	move_figures(row, &nothing);
	row->loaded = false;
	row->state = row->index_state;
	update->delta.removed++;
	note(update, row, MODCHANGE_REMOVED);
	return row->indexed;
}

/* Another file may have another description: it is to be read again. */
static void move_path(struct module *row, struct module *from)
{
	if (!same_text(row->path, from->path) || from->description) {
		free(row->description);
		row->description = from->description;
		from->description = NULL;
	}
	free(row->path);
	row->path = from->path;
	from->path = NULL;
}

static void index_take(struct update *update, struct module *row, struct module *from)
{
	bool same = row->indexed && row->index_state == from->index_state &&
		    same_text(row->path, from->path);

	move_path(row, from);
	row->indexed = true;
	row->index_state = from->index_state;
	if (same)
		return;
	update->delta.changed++;
	if (row->loaded)
		return;
	row->state = from->index_state;
	if (update->news)
		row->changed_ms = update->now_ms;
}

/* What was read from its file stays true of a live module. */
static bool index_leave(struct update *update, struct module *row)
{
	if (!row->indexed)
		return row->loaded;
	free(row->path);
	row->path = NULL;
	row->indexed = false;
	update->delta.changed++;
	return row->loaded;
}

/* How each source changes a row it speaks of, and one it does not speak of (any more). */
static const struct {
	void (*take)(struct update *update, struct module *row, struct module *from);
	bool (*leave)(struct update *update, struct module *row);
} sources[] = {
	[MODTABLE_LIVE] = { live_take, live_leave },
	[MODTABLE_INDEX] = { index_take, index_leave },
};

/* By name; of one name the one delivered first. */
static int compare_delivered(const void *a, const void *b)
{
	const struct module *x = *(struct module *const *)a, *y = *(struct module *const *)b;
	int order = util_name_compare(x->name, y->name);

	if (order)
		return order;
	return x < y ? -1 : x > y;
}

/* The delivered rows sorted by name, each name once; the caller frees the array. */
static struct module **sort_delivered(struct modlist *list, size_t *n)
{
	struct module **sorted = xmalloc(list->n * sizeof(*sorted));

	for (size_t i = 0; i < list->n; i++)
		sorted[i] = &list->v[i];
	qsort(sorted, list->n, sizeof(*sorted), compare_delivered);
	*n = 0;
	for (size_t i = 0; i < list->n; i++)
		if (*n == 0 || util_name_compare(sorted[*n - 1]->name, sorted[i]->name) != 0)
			sorted[(*n)++] = sorted[i];
	return sorted;
}

static struct module *row_new(struct module *from)
{
	struct module *row = xcalloc(1, sizeof(*row));

	row->name = from->name;
	from->name = NULL;
	row->size = -1;
	row->refs = -1;
	return row;
}

static void row_free(struct module *row)
{
	module_release(row);
	free(row);
}

/* Walks the rows and the delivery, both sorted by name, into a new array of rows. */
static void merge(struct update *update, enum modtable_source source,
		  struct module **from, size_t n)
{
	struct modtable *table = update->table;
	size_t size = table->n + n, i = 0, k = 0, to = 0;
	struct module **rows = xmalloc(size * sizeof(*rows));

	while (i < table->n || k < n) {
		int order = i == table->n ? 1 : k == n ? -1 :
			    util_name_compare(table->rows[i]->name, from[k]->name);
		struct module *row = order > 0 ? row_new(from[k]) : table->rows[i++];

		if (order < 0) {
			if (sources[source].leave(update, row))
				rows[to++] = row;
			else
				row_free(row);
			continue;
		}
		sources[source].take(update, row, from[k++]);
		rows[to++] = row;
	}
	free(table->rows);
	table->rows = rows;
	table->n = to;
	table->size = size;
}

void modtable_update(struct modtable *table, enum modtable_source source,
		     struct modlist *list, uint64_t now_ms, struct modtable_delta *delta)
{
	struct update update = {
		.table = table, .now_ms = now_ms, .news = table->delivered[source],
	};
	size_t n;
	struct module **from = sort_delivered(list, &n);

	merge(&update, source, from, n);
	free(from);
	modlist_release(list);
	table->delivered[source] = true;
	count(table);
	if (delta)
		*delta = update.delta;
}
