/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/order.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"

static int compare_state(const struct module *a, const struct module *b)
{
	return (int)a->state - (int)b->state;
}

static int compare_name(const struct module *a, const struct module *b)
{
	return util_name_compare(a->name, b->name);
}

static int compare_size(const struct module *a, const struct module *b)
{
	return (a->size > b->size) - (a->size < b->size);
}

static int compare_refs(const struct module *a, const struct module *b)
{
	return (a->refs > b->refs) - (a->refs < b->refs);
}

/* By the first user that differs, as the column reads. */
static int compare_users(const struct module *a, const struct module *b)
{
	size_t n = MIN(a->users.n, b->users.n);

	for (size_t i = 0; i < n; i++) {
		int order = util_name_compare(a->users.v[i], b->users.v[i]);

		if (order)
			return order;
	}
	return (a->users.n > n) - (b->users.n > n);
}

static const char *text_of(const char *s)
{
	return s ? s : "";
}

static int compare_taint(const struct module *a, const struct module *b)
{
	return strcmp(text_of(a->taint), text_of(b->taint));
}

static int compare_description(const struct module *a, const struct module *b)
{
	return strcasecmp(text_of(a->description), text_of(b->description));
}

const struct order_column order_columns[ORDER_KEYS] = {
	[ORDER_STATE] = { "state", N_("STATE"), compare_state, false },
	[ORDER_NAME] = { "name", N_("NAME"), compare_name, false },
	[ORDER_SIZE] = { "size", N_("SIZE"), compare_size, true },
	[ORDER_REFS] = { "refs", N_("REFS"), compare_refs, true },
	[ORDER_USERS] = { "users", N_("USED BY"), compare_users, false },
	[ORDER_TAINT] = { "taint", N_("TAINT"), compare_taint, false },
	[ORDER_DESCRIPTION] = { "description", N_("DESCRIPTION"), compare_description, false },
};

static bool no_size(const struct module *m)
{
	return m->size < 0;
}

static bool no_refs(const struct module *m)
{
	return m->refs < 0;
}

static bool no_users(const struct module *m)
{
	return m->users.n == 0;
}

static bool no_taint(const struct module *m)
{
	return !m->taint || !*m->taint;
}

static bool no_description(const struct module *m)
{
	return !m->description || !*m->description;
}

/* A row without a value comes last whichever way the column is sorted.  NULL: all have one. */
static bool (*const lacks[ORDER_KEYS])(const struct module *m) = {
	[ORDER_SIZE] = no_size,
	[ORDER_REFS] = no_refs,
	[ORDER_USERS] = no_users,
	[ORDER_TAINT] = no_taint,
	[ORDER_DESCRIPTION] = no_description,
};

int order_parse(const char *name, enum order_key *out)
{
	for (int i = 0; i < ORDER_KEYS; i++) {
		if (strcmp(name, order_columns[i].name) == 0) {
			*out = (enum order_key)i;
			return 0;
		}
	}
	return -EINVAL;
}

static int compare(const void *x, const void *y, void *arg)
{
	const struct module *a = *(struct module *const *)x, *b = *(struct module *const *)y;
	const struct order *order = arg;
	int result = 0;

	if (lacks[order->key])
		result = lacks[order->key](a) - lacks[order->key](b);
	if (!result) {
		result = order_columns[order->key].compare(a, b);
		if (order_falls(order))
			result = -result;
	}
	return result ? result : compare_name(a, b);
}

#define ANY_LIVE (1u << MODULE_LIVE | 1u << MODULE_COMING | 1u << MODULE_GOING)

const struct order_choice order_choices[ORDER_CHOICES] = {
	{ N_("all modules"), NULL, NULL, NULL, ORDER_ALL_STATES, false },
	{ N_("live"), N_("live only (F5)"), N_("%zu module matches, but F5 shows live ones only."),
	  N_("%zu modules match, but F5 shows live ones only."), ANY_LIVE, false },
	{ N_("on disk"), N_("on disk only (F5)"), N_("%zu module matches, but F5 shows those on disk only."),
	  N_("%zu modules match, but F5 shows those on disk only."), 1u << MODULE_DISK, false },
	{ N_("built in"), N_("built in only (F5)"), N_("%zu module matches, but F5 shows built-in ones only."),
	  N_("%zu modules match, but F5 shows built-in ones only."), 1u << MODULE_BUILTIN, false },
	{ N_("masked"), N_("masked only (F5)"), N_("%zu module matches, but F5 shows masked ones only."),
	  N_("%zu modules match, but F5 shows masked ones only."), ORDER_ALL_STATES, true },
};

const struct order_choice *order_choice(const struct order *order)
{
	size_t i;

	for (i = 1; i < ORDER_CHOICES; i++)
		if (order_choices[i].states == order->states && order_choices[i].masked == order->masked_only)
			return &order_choices[i];
	return &order_choices[0];
}

void order_choose(struct order *order, const struct order_choice *choice)
{
	order->states = choice->states;
	order->masked_only = choice->masked;
	order_keep_none(order);
}

bool order_falls(const struct order *order)
{
	return order_columns[order->key].descends != order->reverse;
}

static bool is_kept(const struct order *order, const char *name)
{
	size_t i;

	for (i = 0; i < order->kept.n; i++)
		if (util_name_equal(order->kept.v[i], name))
			return true;
	return false;
}

void order_keep(struct order *order, const char *name)
{
	if (!is_kept(order, name))
		strv_push(&order->kept, name);
}

void order_keep_none(struct order *order)
{
	strv_release(&order->kept);
	order->kept = (struct strv)STRV_INIT;
}

bool order_has_state(const struct order *order, const struct module *module)
{
	return (order->states & (1u << module->state)) && (!order->masked_only || module->masked);
}

static bool shown(const struct order *order, const struct module *module)
{
	return is_kept(order, module->name) || (order_has_state(order, module) && finding_has(&order->filter, module));
}

size_t order_count_found(const struct order *order, const struct modtable *table)
{
	size_t i, n = 0;

	for (i = 0; i < table->n; i++)
		n += finding_has(&order->filter, table->rows[i]);
	return n;
}

/* A column of values is what one asked for: its order is left alone. */
bool order_is_best_first(const struct order *order)
{
	return order->filter.match.text && (order->key == ORDER_STATE || order->key == ORDER_NAME);
}

/* How well the filter means the module: 0 by its whole name, 1 by its name, 2 by something else. */
static unsigned rank(const struct order *order, const struct module *module)
{
	const struct match *match = &order->filter.match;
	size_t at = 0, end;

	if (!match->text || util_name_equal(module->name, match->text))
		return 0;
	if (!match_find(match, module->name, &at, &end))
		return 2;
	return at || module->name[end] ? 1 : 0;
}

/* The better ones first, each as they stood. */
static void put_best_first(const struct order *order, struct order_rows *rows)
{
	unsigned char *ranks = xcalloc(rows->n, sizeof(*ranks));
	struct module **all = xcalloc(rows->n, sizeof(*all));
	size_t i, n = 0;
	unsigned r;

	memcpy(all, rows->v, rows->n * sizeof(*all));
	for (i = 0; i < rows->n; i++)
		ranks[i] = (unsigned char)rank(order, all[i]);
	for (r = 0; r < 3; r++)
		for (i = 0; i < rows->n; i++)
			if (ranks[i] == r)
				rows->v[n++] = all[i];
	free(ranks);
	free(all);
}

size_t order_best(const struct order *order, const struct order_rows *rows)
{
	size_t i, best = 0;
	unsigned r, least = 3;

	for (i = 0; i < rows->n && least; i++) {
		r = rank(order, rows->v[i]);
		if (r < least) {
			least = r;
			best = i;
		}
	}
	return best;
}

void order_apply(const struct order *order, const struct modtable *table, struct order_rows *rows)
{
	if (rows->size < table->n) {
		rows->size = table->n;
		rows->v = xrealloc(rows->v, rows->size, sizeof(*rows->v));
	}
	rows->n = 0;
	for (size_t i = 0; i < table->n; i++)
		if (shown(order, table->rows[i]))
			rows->v[rows->n++] = table->rows[i];
	if (rows->n)
		qsort_r(rows->v, rows->n, sizeof(*rows->v), compare, (void *)order);
	if (rows->n && order_is_best_first(order))
		put_best_first(order, rows);
}

void order_rows_release(struct order_rows *rows)
{
	free(rows->v);
	memset(rows, 0, sizeof(*rows));
}

void order_release(struct order *order)
{
	finding_release(&order->filter);
	strv_release(&order->kept);
}
