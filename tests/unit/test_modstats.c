/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "kernel/modstats.h"
#include "kernel/root.h"
#include "model/info.h"
#include "tree.h"

#define CPUS	1000
#define LINES	78	/* of one CPU, at most: three engines, 26 lines each */

/* /proc/kmt_timer of a machine with so many CPUs and something in every bucket. */
static void figures_put(const struct tree *tree, unsigned cpus)
{
	struct buf text = BUF_INIT;
	unsigned cpu, i;

	for (cpu = 0; cpu < cpus; cpu++)
		for (i = 0; i < LINES; i++)
			buf_printf(&text, "hrtimer_cpu%u_late_below_%u_us 1000000\n", cpu, 1u << i % 24);
	tree_put_bytes(tree, "proc/kmt_timer", text.data, text.len);
	buf_release(&text);
}

/* What it shows of /proc/kmt_timer; the caller frees the info. */
static const char *figures_read(const struct tree *tree, struct info *info)
{
	struct root root;

	tree_put(tree, "sys/module/kmt_timer/initstate", "live\n");
	assert_int_equal(root_init(&root, tree->dir, NULL), 0);
	assert_int_equal(modstats_read(&root, "kmt_timer", info), 0);
	root_release(&root);
	assert_string_equal(info_find(info, "initstate"), "live");
	assert_non_null(info_find(info, "proc/kmt_timer"));
	return info_find(info, "proc/kmt_timer");
}

static void many_processors(void **state)
{
	static const char last[] = "\nhrtimer_cpu999_late_below_32_us 1000000";
	struct info info = INFO_INIT;
	struct tree tree;
	const char *text;

	(void)state;
	tree_init(&tree);
	figures_put(&tree, CPUS);
	text = figures_read(&tree, &info);
	assert_string_equal(text + strlen(text) - strlen(last), last);
	info_release(&info);
	tree_release(&tree);
}

static void without_end(void **state)
{
	struct info info = INFO_INIT;
	struct tree tree;

	(void)state;
	tree_init(&tree);
	figures_put(&tree, 3 * CPUS);
	assert_string_equal(figures_read(&tree, &info), strerror(EFBIG));
	info_release(&info);
	tree_release(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_processors),
		cmocka_unit_test(without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
