/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/order.h"

static const struct {
	const char *name;
	enum module_state state;
	long long size;
	int refs;
	const char *users, *taint, *description;
} samples[] = {
	{ "alpha", MODULE_DISK, -1, -1, NULL, NULL, "zebra" },
	{ "bravo", MODULE_LIVE, 300, 0, NULL, "OE", NULL },
	{ "charlie", MODULE_BUILTIN, -1, -1, NULL, NULL, "" },
	{ "delta", MODULE_LIVE, 100, 2, "bravo", NULL, "Apple" },
	{ "echo", MODULE_GOING, 200, -1, NULL, NULL, "mango" },
	{ "foxtrot", MODULE_COMING, 100, 1, "alpha", "C", NULL },
	{ "golf", MODULE_DISK, -1, -1, NULL, NULL, NULL },
};

static void fill(struct modtable *table)
{
	table->rows = xcalloc(ARRAY_SIZE(samples), sizeof(*table->rows));
	for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
		struct module *row = xcalloc(1, sizeof(*row));

		row->name = xstrdup(samples[i].name);
		row->state = samples[i].state;
		row->size = samples[i].size;
		row->refs = samples[i].refs;
		if (samples[i].users)
			strv_push(&row->users, samples[i].users);
		row->taint = xstrdup(samples[i].taint);
		row->description = xstrdup(samples[i].description);
		table->rows[table->n++] = row;
	}
}

/* The shown rows as the first letters of their names. */
static void check(const struct order *order, const struct modtable *table, const char *letters)
{
	struct order_rows rows = { 0 };
	char shown[ARRAY_SIZE(samples) + 1] = "";

	order_apply(order, table, &rows);
	for (size_t i = 0; i < rows.n; i++)
		shown[i] = rows.v[i]->name[0];
	assert_string_equal(shown, letters);
	order_rows_release(&rows);
}

static void columns(void **state)
{
	static const struct { enum order_key key; const char *up, *down; } cases[] = {
		{ ORDER_STATE, "bdfeagc", "cagefbd" },
		{ ORDER_NAME, "abcdefg", "gfedcba" },
		{ ORDER_SIZE, "bedfacg", "dfebacg" },		/* the biggest first; unknown last, both ways */
		{ ORDER_REFS, "dfbaceg", "bfdaceg" },
		{ ORDER_USERS, "fdabceg", "dfabceg" },
		{ ORDER_TAINT, "fbacdeg", "bfacdeg" },
		{ ORDER_DESCRIPTION, "deabcfg", "aedbcfg" },
	};
	struct modtable table = { 0 };

	(void)state;
	fill(&table);
	assert_int_equal(ARRAY_SIZE(cases), ORDER_KEYS);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct order order = ORDER_INIT;

		order.key = cases[i].key;
		check(&order, &table, cases[i].up);
		order.reverse = true;
		check(&order, &table, cases[i].down);
		order_release(&order);
	}
	modtable_release(&table);
}

static void filters(void **state)
{
	struct modtable table = { 0 };
	struct order order = ORDER_INIT;

	(void)state;
	fill(&table);
	check(&order, &table, "bdfeagc");
	order.states = 1u << MODULE_DISK | 1u << MODULE_BUILTIN;
	check(&order, &table, "agc");
	order.states = ORDER_ALL_STATES;
	finding_set(&order.filter, "ap");		/* of a description, in either case */
	check(&order, &table, "d");
	finding_set(&order.filter, "alpha");	/* a name, and a user of foxtrot */
	check(&order, &table, "af");			/* the name before the user */
	finding_set(&order.filter, "nothing such");
	check(&order, &table, "");
	finding_set(&order.filter, NULL);
	order.masked_only = true;
	check(&order, &table, "");
	modtable_find(&table, "golf")->masked = true;
	check(&order, &table, "g");
	order_release(&order);
	modtable_release(&table);
}

/* Whom a filter names stands first, where no column of values was asked for. */
static void ranks(void **state)
{
	struct modtable table = { 0 };
	struct order order = ORDER_INIT;
	struct order_rows rows = { 0 };

	(void)state;
	fill(&table);
	finding_set(&order.filter, "^alpha$|bravo|apple");
	check(&order, &table, "badf");
	order.key = ORDER_NAME;
	check(&order, &table, "abdf");
	order.key = ORDER_SIZE;
	order_apply(&order, &table, &rows);
	assert_string_equal(rows.v[order_best(&order, &rows)]->name, "bravo");
	finding_set(&order.filter, "alpha");
	check(&order, &table, "fa");		/* by size, as asked */
	order_apply(&order, &table, &rows);
	assert_string_equal(rows.v[order_best(&order, &rows)]->name, "alpha");
	order_rows_release(&rows);
	order_release(&order);
	modtable_release(&table);
}

/* What something was done to is shown until other states are chosen; what hides all the rest can be told. */
static void states_and_what_is_kept(void **state)
{
	struct modtable table = { 0 };
	struct order order = ORDER_INIT;

	(void)state;
	fill(&table);
	assert_ptr_equal(order_choice(&order), &order_choices[0]);
	order_choose(&order, &order_choices[1]);
	assert_ptr_equal(order_choice(&order), &order_choices[1]);
	check(&order, &table, "bdfe");
	order_keep(&order, "golf");
	order_keep(&order, "golf");
	assert_int_equal(order.kept.n, 1);
	check(&order, &table, "bdfeg");
	finding_set(&order.filter, "zebra");
	check(&order, &table, "g");
	order_choose(&order, &order_choices[1]);
	check(&order, &table, "");
	assert_int_equal(order_count_found(&order, &table), 1);
	for (int i = 1; i < ORDER_CHOICES; i++) {
		order_choose(&order, &order_choices[i]);
		assert_ptr_equal(order_choice(&order), &order_choices[i]);
	}
	order_release(&order);
	modtable_release(&table);
}

static void empty_table(void **state)
{
	struct modtable table = { 0 };
	struct order order = ORDER_INIT;

	(void)state;
	check(&order, &table, "");
	order_release(&order);
}

static void rows_are_used_again(void **state)
{
	struct modtable table = { 0 };
	struct order order = ORDER_INIT;
	struct order_rows rows = { 0 };

	(void)state;
	fill(&table);
	for (int i = 0; i < 3; i++) {
		order_apply(&order, &table, &rows);
		assert_int_equal(rows.n, ARRAY_SIZE(samples));
	}
	assert_ptr_equal(rows.v[0], modtable_find(&table, "bravo"));
	order_rows_release(&rows);
	assert_null(rows.v);
	modtable_release(&table);
}

static void names_of_keys(void **state)
{
	enum order_key key;

	(void)state;
	for (int i = 0; i < ORDER_KEYS; i++) {
		assert_int_equal(order_parse(order_columns[i].name, &key), 0);
		assert_int_equal(key, i);
		assert_non_null(order_columns[i].title);
		assert_non_null(order_columns[i].compare);
	}
	assert_int_equal(order_parse("colour", &key), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns),
		cmocka_unit_test(filters),
		cmocka_unit_test(ranks),
		cmocka_unit_test(states_and_what_is_kept),
		cmocka_unit_test(empty_table),
		cmocka_unit_test(rows_are_used_again),
		cmocka_unit_test(names_of_keys),
	};

	return cmocka_run_group_tests_name("order", tests, NULL, NULL);
}
