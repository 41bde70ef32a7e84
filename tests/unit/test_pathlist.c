/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/strv.h"
#include "kernel/pathlist.h"
#include "tree.h"

static struct tree tree;

static int setup(void **state)
{
	(void)state;
	tree_init(&tree);
	tree_put(&tree, "a/kmt_timer.ko", "");
	tree_put(&tree, "a/kmt_timer.c", "");
	tree_put(&tree, "a/kmt_hello.ko.xz", "");
	tree_put(&tree, "a/kmt_zst.ko.zst", "");
	tree_put(&tree, "a/.ko", "");
	tree_put(&tree, "a/two words.ko", "");
	tree_put(&tree, "a/\033[2Jx.ko", "");
	tree_put(&tree, "a/no\177.ko", "");
	tree_put(&tree, "a/no\r.ko", "");
	tree_put(&tree, "a/no\302\233.ko", "");
	tree_put(&tree, "a/.hidden.ko", "");
	tree_put(&tree, "a/kernel/x.ko", "");
	tree_link(&tree, "a/link", "kernel");
	tree_link(&tree, "a/dangling", "nowhere");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tree_release(&tree);
	return 0;
}

/* @path and the words are below the tree. */
static void assert_lists(const char *path, const char *words)
{
	char full[TREE_PATH];
	struct strv out = STRV_INIT;
	struct buf names = BUF_INIT;
	size_t i, skip;

	tree_path(&tree, path, full);
	skip = strlen(full) - strlen(path);
	assert_int_equal(pathlist_read(full, &out), 0);
	for (i = 0; i < out.n; i++)
		buf_printf(&names, "%s%s", i ? " " : "", out.v[i] + skip);
	assert_string_equal(buf_str(&names), words);
	buf_release(&names);
	strv_release(&out);
}

static void folders_and_modules(void **state)
{
	(void)state;
	assert_lists("a", "a/");
	assert_lists("a/", "a/kernel/ a/kmt_hello.ko.xz a/kmt_timer.ko a/kmt_zst.ko.zst a/link/");
	assert_lists("a/kmt_t", "a/kmt_timer.ko");
	assert_lists("a/kernel/", "a/kernel/x.ko");
	assert_lists("a/link/", "a/link/x.ko");
	assert_lists("a/.", "a/.hidden.ko");
	assert_lists("a/none", "");
}

static void no_folder(void **state)
{
	struct strv out = STRV_INIT;
	char full[TREE_PATH];

	(void)state;
	tree_path(&tree, "none/x", full);
	assert_int_equal(pathlist_read(full, &out), -ENOENT);
	tree_path(&tree, "a/kmt_timer.c/x", full);
	assert_int_equal(pathlist_read(full, &out), -ENOTDIR);
	assert_int_equal(out.n, 0);
	/* Without a slash it is the current directory. */
	assert_int_equal(pathlist_read(tree.dir, &out), 0);
	assert_int_equal(out.n, 1);
	strv_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(folders_and_modules, setup, teardown),
		cmocka_unit_test_setup_teardown(no_folder, setup, teardown),
	};

	return cmocka_run_group_tests_name("pathlist", tests, NULL, NULL);
}
