/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "kernel/root.h"
#include "kernel/sysmod.h"
#include "model/module.h"
#include "model/param.h"
#include "tree.h"

#define DIR "sys/module/kmt_timer/parameters/"

struct machine {
	struct tree tree;
	struct root root;
};

static int setup(void **state)
{
	static struct machine m;

	tree_init(&m.tree);
	tree_put(&m.tree, DIR "period_ms", "1000\n");
	tree_put(&m.tree, DIR "engine", "hrtimer\n");
	tree_put(&m.tree, DIR "secret", "hidden\n");
	tree_put(&m.tree, DIR "motto", "two\nlines\n\n");
	tree_put(&m.tree, DIR "empty", "\n");
	tree_put(&m.tree, "sys/module/kmt_timer/initstate", "live\n");
	tree_put(&m.tree, "sys/module/printk/parameters/time", "Y\n");
	tree_put(&m.tree, "sys/module/fuse/version", "1\n");
	tree_put(&m.tree, "sys/module/not a name/version", "1\n");
	tree_chmod(&m.tree, DIR "period_ms", 0644);
	tree_chmod(&m.tree, DIR "engine", 0444);
	tree_chmod(&m.tree, DIR "secret", 0200);
	*state = &m;
	return root_init(&m.root, m.tree.dir, NULL);
}

static int teardown(void **state)
{
	struct machine *m = *state;

	root_release(&m->root);
	tree_release(&m->tree);
	return 0;
}

static void test_read_all(void **state)
{
	struct paramlist list = PARAMLIST_INIT;
	struct machine *m = *state;
	struct param *param;

	param = paramlist_get(&list, "period_ms", strlen("period_ms"));
	param->value = strdup("old");
	assert_int_equal(sysmod_read_params(&m->root, "kmt-timer", &list), 0);
	assert_int_equal(list.n, 5);
	param = paramlist_find(&list, "period_ms");
	assert_true(param->in_sysfs);
	assert_int_equal(param->mode, 0644);
	assert_string_equal(param->value, "1000");
	assert_int_equal(paramlist_find(&list, "engine")->mode, 0444);
	assert_string_equal(paramlist_find(&list, "motto")->value, "two\nlines\n");
	assert_string_equal(paramlist_find(&list, "empty")->value, "");
	paramlist_release(&list);
}

/* A 0200 parameter is there and writable, but its value is unknown, to root too. */
static void test_unreadable_stays_null(void **state)
{
	struct paramlist list = PARAMLIST_INIT;
	struct machine *m = *state;
	char *value = NULL;
	struct param *param;

	assert_int_equal(sysmod_read_params(&m->root, "kmt_timer", &list), 0);
	param = paramlist_find(&list, "secret");
	assert_non_null(param);
	assert_true(param->in_sysfs);
	assert_int_equal(param->mode, 0200);
	assert_null(param->value);
	assert_int_equal(sysmod_read_param(&m->root, "kmt_timer", "secret", &value), -EACCES);
	assert_null(value);
	paramlist_release(&list);
}

static void test_not_there(void **state)
{
	struct paramlist list = PARAMLIST_INIT;
	struct machine *m = *state;

	tree_mkdir(&m->tree, "sys/module/plain/");
	assert_int_equal(sysmod_read_params(&m->root, "plain", &list), -ENOENT);
	assert_int_equal(sysmod_read_params(&m->root, "none", &list), -ENOENT);
	assert_int_equal(sysmod_read_params(&m->root, "../kmt_timer", &list), -ENOENT);
	assert_int_equal(sysmod_read_params(&m->root, "", &list), -ENOENT);
	assert_int_equal(list.n, 0);
	paramlist_release(&list);
}

static void test_read_one(void **state)
{
	struct machine *m = *state;
	char *value = NULL;

	assert_int_equal(sysmod_read_param(&m->root, "kmt_timer", "period_ms", &value), 0);
	assert_string_equal(value, "1000");
	assert_int_equal(sysmod_read_param(&m->root, "kmt-timer", "period-ms", &value), 0);
	assert_string_equal(value, "1000");
	assert_int_equal(sysmod_read_param(&m->root, "kmt_timer", "none", &value), -ENOENT);
	assert_string_equal(value, "1000");
	free(value);
}

static void test_names_that_are_paths(void **state)
{
	static const char *const bad[] = { "", ".", "..", "../uevent", "a/b" };
	struct machine *m = *state;
	char *value = NULL;
	size_t i;

	tree_put(&m->tree, "sys/module/kmt_timer/uevent", "x");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(sysmod_read_param(&m->root, "kmt_timer", bad[i], &value), -ENOENT);
		assert_int_equal(sysmod_write_param(&m->root, "kmt_timer", bad[i], "1"), -ENOENT);
	}
	assert_null(value);
}

static void test_write(void **state)
{
	struct machine *m = *state;
	char *value = NULL;

	assert_int_equal(sysmod_write_param(&m->root, "kmt_timer", "period_ms", "2500"), 0);
	assert_int_equal(sysmod_read_param(&m->root, "kmt_timer", "period_ms", &value), 0);
	/* A plain file keeps the old newline behind the four bytes; sysfs would not. */
	assert_string_equal(value, "2500");
	assert_int_equal(sysmod_write_param(&m->root, "kmt_timer", "none", "1"), -ENOENT);
	free(value);
}

/* An empty write would never reach the module: one NUL goes out instead. */
static void test_write_empty(void **state)
{
	struct machine *m = *state;
	char *value = NULL;

	assert_int_equal(sysmod_write_param(&m->root, "kmt_timer", "period_ms", ""), 0);
	assert_int_equal(sysmod_read_param(&m->root, "kmt_timer", "period_ms", &value), 0);
	assert_string_equal(value, "");
	free(value);
}

static void test_other_kernel_has_no_live_values(void **state)
{
	struct paramlist list = PARAMLIST_INIT;
	struct machine *m = *state;
	char *value = NULL;
	struct root other;

	assert_int_equal(root_init(&other, m->tree.dir, "9.9"), 0);
	assert_int_equal(sysmod_read_params(&other, "kmt_timer", &list), -ENOENT);
	assert_int_equal(sysmod_read_param(&other, "kmt_timer", "engine", &value), -ENOENT);
	assert_int_equal(sysmod_write_param(&other, "kmt_timer", "engine", "x"), -ENOENT);
	root_release(&other);
	paramlist_release(&list);
}

#define ON_MACHINE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static void test_builtin(void **state)
{
	struct machine *m = *state;
	struct modlist list = MODLIST_INIT;

	assert_int_equal(sysmod_read_builtin(&m->root, &list), 0);
	assert_int_equal(list.n, 2);
	assert_string_equal(list.v[0].name, "fuse");
	assert_string_equal(list.v[1].name, "printk");
	assert_int_equal(list.v[1].index_state, MODULE_BUILTIN);
	modlist_release(&list);
	/* Of another kernel sysfs knows nothing. */
	m->root.live = false;
	assert_int_equal(sysmod_read_builtin(&m->root, &list), -ENOENT);
	m->root.live = true;
	assert_int_equal(list.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_MACHINE(test_read_all),
		ON_MACHINE(test_unreadable_stays_null),
		ON_MACHINE(test_not_there),
		ON_MACHINE(test_read_one),
		ON_MACHINE(test_names_that_are_paths),
		ON_MACHINE(test_write),
		ON_MACHINE(test_write_empty),
		ON_MACHINE(test_other_kernel_has_no_live_values),
		ON_MACHINE(test_builtin),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
