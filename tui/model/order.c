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
	[ORDER_STATE] = { "state", N_("STATE"), compare_state },
	[ORDER_NAME] = { "name", N_("NAME"), compare_name },
	[ORDER_SIZE] = { "size", N_("SIZE"), compare_size },
	[ORDER_REFS] = { "refs", N_("REFS"), compare_refs },
	[ORDER_USERS] = { "users", N_("USED BY"), compare_users },
	[ORDER_TAINT] = { "taint", N_("TAINT"), compare_taint },
	[ORDER_DESCRIPTION] = { "description", N_("DESCRIPTION"), compare_description },
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
		if (order->reverse)
			result = -result;
	}
	return result ? result : compare_name(a, b);
}

static bool shown(const struct order *order, const struct module *module)
{
	return (order->states & (1u << module->state)) &&
	       (!order->masked_only || module->masked) && finding_has(&order->filter, module);
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
}

void order_rows_release(struct order_rows *rows)
{
	free(rows->v);
	memset(rows, 0, sizeof(*rows));
}

void order_release(struct order *order)
{
	finding_release(&order->filter);
}
