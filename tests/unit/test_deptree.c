/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "kernel/modneeds.h"
#include "model/deptree.h"

/* The walk as lines, in one string. */
static void assert_walk(const struct deptree *tree, const char *name, bool users, const char *wanted)
{
	struct deptree_rows rows = DEPTREE_ROWS_INIT;
	struct buf text = BUF_INIT;
	size_t i;

	deptree_walk(tree, name, users, &rows);
	for (i = 0; i < rows.n; i++)
		buf_printf(&text, "%s%s%s%s\n", rows.v[i].guides, rows.v[i].name,
			   rows.v[i].kind == DEPTREE_HARD ? "" : rows.v[i].kind == DEPTREE_SOFT ? "~" : "?",
			   rows.v[i].repeated ? "^" : "");
	assert_string_equal(buf_str(&text), wanted);
	buf_release(&text);
	deptree_rows_release(&rows);
}

static void both_directions(void **state)
{
	struct deptree tree = DEPTREE_INIT;

	(void)state;
	/* As modules.dep has it: a needs b and c, and d only because c does. */
	deptree_add(&tree, "a", "b", DEPTREE_HARD);
	deptree_add(&tree, "a", "c", DEPTREE_HARD);
	deptree_add(&tree, "a", "d-d", DEPTREE_HARD);
	deptree_add(&tree, "c", "d_d", DEPTREE_HARD);
	deptree_add(&tree, "b", "x", DEPTREE_SOFT);
	deptree_finish(&tree);
	assert_walk(&tree, "a", false, "|- b\n|  `- x~\n`- c\n   `- d_d\n");
	assert_walk(&tree, "d-d", true, "`- c\n   `- a\n");
	assert_walk(&tree, "x", true, "`- b~\n   `- a\n");
	assert_walk(&tree, "x", false, "");
	assert_walk(&tree, "unknown", false, "");
	deptree_release(&tree);
	assert_walk(&tree, "a", false, "");
}

static void the_strongest_kind_counts(void **state)
{
	struct deptree tree = DEPTREE_INIT;

	(void)state;
	deptree_add(&tree, "a", "b", DEPTREE_WEAK);
	deptree_add(&tree, "a", "b", DEPTREE_SOFT);
	deptree_add(&tree, "a", "c", DEPTREE_WEAK);
	deptree_add(&tree, "a", "d", DEPTREE_HARD);
	deptree_add(&tree, "a", "d", DEPTREE_SOFT);
	deptree_add(&tree, "a", "a", DEPTREE_HARD);
	deptree_finish(&tree);
	assert_walk(&tree, "a", false, "|- d\n|- b~\n`- c?\n");
	deptree_release(&tree);
	assert_string_equal(deptree_kind_name(DEPTREE_HARD), "hard");
	assert_string_equal(deptree_kind_name(DEPTREE_SOFT), "soft");
	assert_string_equal(deptree_kind_name(DEPTREE_WEAK), "weak");
}

static void circles_end(void **state)
{
	struct deptree tree = DEPTREE_INIT;

	(void)state;
	deptree_add(&tree, "a", "b", DEPTREE_HARD);
	deptree_add(&tree, "a", "c", DEPTREE_HARD);
	deptree_add(&tree, "b", "c", DEPTREE_HARD);
	deptree_add(&tree, "b", "a", DEPTREE_HARD);
	deptree_add(&tree, "c", "a", DEPTREE_HARD);
	deptree_add(&tree, "c", "b", DEPTREE_HARD);
	deptree_finish(&tree);
	assert_walk(&tree, "a", false, "|- b\n|  |- a^\n|  `- c\n|     |- a^\n|     `- b^\n`- c^\n");
	deptree_release(&tree);
}

/* Told once only, or a few dozen modules would fill the memory. */
static void shared_needs_are_told_once(void **state)
{
	struct deptree_rows rows = DEPTREE_ROWS_INIT;
	struct deptree tree = DEPTREE_INIT;
	char user[16], need[16];
	int i, side;

	(void)state;
	for (i = 0; i < 60; i++) {
		for (side = 0; side < 4; side++) {
			snprintf(user, sizeof(user), "m%d_%d", i, side / 2);
			snprintf(need, sizeof(need), "m%d_%d", i + 1, side % 2);
			deptree_add(&tree, user, need, DEPTREE_HARD);
		}
	}
	deptree_finish(&tree);
	deptree_walk(&tree, "m0_0", false, &rows);
	assert_int_equal(rows.n, 2 + 4 * 59);
	deptree_rows_release(&rows);
	deptree_release(&tree);
}

static void long_chains_are_cut(void **state)
{
	struct deptree_rows rows = DEPTREE_ROWS_INIT;
	struct deptree tree = DEPTREE_INIT;
	char user[16], need[16];
	int i;

	(void)state;
	for (i = 0; i < 5000; i++) {
		snprintf(user, sizeof(user), "m%d", i);
		snprintf(need, sizeof(need), "m%d", i + 1);
		deptree_add(&tree, user, need, DEPTREE_HARD);
	}
	deptree_finish(&tree);
	deptree_walk(&tree, "m0", false, &rows);
	assert_int_equal(rows.n, DEPTREE_DEPTH_MAX);
	assert_true(rows.v[rows.n - 1].repeated);
	deptree_rows_release(&rows);
	deptree_release(&tree);
}

static void reads_modules_dep(void **state)
{
	static const char text[] =
		"kernel/a-b.ko.xz: kernel/c.ko.xz kernel/d.ko.xz\n"
		"kernel/c.ko.xz: kernel/d.ko.xz\n"
		"kernel/d.ko.xz:\n"
		"no colon\n"
		"kernel/bad name.ko: kernel/d.ko\n"
		"kernel/e.ko: rubbish kernel/d.ko.zst";
	struct deptree tree = DEPTREE_INIT;

	(void)state;
	assert_int_equal(modneeds_parse(text, sizeof(text) - 1, &tree), 2);
	deptree_finish(&tree);
	assert_walk(&tree, "a_b", false, "`- c\n   `- d\n");
	assert_walk(&tree, "d", true, "|- c\n|  `- a_b\n`- e\n");
	deptree_release(&tree);
	assert_int_equal(modneeds_parse(NULL, 0, &tree), 0);
	deptree_release(&tree);
}

static void guides_in_utf8(void **state)
{
	struct deptree tree = DEPTREE_INIT;

	(void)state;
	deptree_add(&tree, "a", "b", DEPTREE_HARD);
	deptree_add(&tree, "b", "c", DEPTREE_HARD);
	deptree_add(&tree, "a", "d", DEPTREE_HARD);
	deptree_finish(&tree);
	text_set_utf8(true);
	assert_walk(&tree, "a", false, "├─ b\n│  └─ c\n└─ d\n");
	text_set_utf8(false);
	deptree_release(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_directions),
		cmocka_unit_test(the_strongest_kind_counts),
		cmocka_unit_test(circles_end),
		cmocka_unit_test(shared_needs_are_told_once),
		cmocka_unit_test(long_chains_are_cut),
		cmocka_unit_test(reads_modules_dep),
		cmocka_unit_test(guides_in_utf8),
	};

	return cmocka_run_group_tests_name("deptree", tests, NULL, NULL);
}
