/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/strv.h"
#include "kernel/root.h"
#include "tree.h"

static int setup(void **state)
{
	static struct tree tree;

	tree_init(&tree);
	*state = &tree;
	return 0;
}

static int teardown(void **state)
{
	tree_release(*state);
	return 0;
}

static void open_root(struct root *root, const struct tree *tree, const char *kernel)
{
	assert_int_equal(root_init(root, tree->dir, kernel), 0);
	assert_false(root_is_host(root));
}

static void assert_kernel(const struct tree *tree, const char *given, const char *kernel, bool live)
{
	struct root root;

	open_root(&root, tree, given);
	assert_string_equal(root.kernel, kernel);
	assert_int_equal(root.live, live);
	root_release(&root);
}

static void assert_line(const struct root *root, const char *path, const char *want)
{
	char *line = NULL;

	assert_int_equal(root_read_line(root, path, &line), 0);
	assert_string_equal(line, want);
	free(line);
}

static void test_refuses_what_is_no_directory(void **state)
{
	struct tree *tree = *state;
	char path[TREE_PATH];
	struct root root;

	tree_put(tree, "file", "");
	tree_path(tree, "file", path);
	assert_int_equal(root_init(&root, path, NULL), -ENOTDIR);
	root_release(&root);
	tree_path(tree, "none", path);
	assert_int_equal(root_init(&root, path, NULL), -ENOENT);
	root_release(&root);
}

static void test_refuses_a_kernel_that_is_a_path(void **state)
{
	static const char *const bad[] = { "", ".", "..", "a/b", "/", "../6.1" };
	struct tree *tree = *state;
	struct root root;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(root_init(&root, tree->dir, bad[i]), -EINVAL);
		root_release(&root);
	}
}

static void test_kernel_unknown(void **state)
{
	assert_kernel(*state, NULL, "", true);
	assert_kernel(*state, "6.1", "6.1", false);
}

static void test_kernel_from_osrelease(void **state)
{
	struct tree *tree = *state;

	tree_put(tree, "proc/sys/kernel/osrelease", "6.1.0-9\n");
	tree_mkdir(tree, "lib/modules/5.10/");
	assert_kernel(tree, NULL, "6.1.0-9", true);
	assert_kernel(tree, "6.1.0-9", "6.1.0-9", true);
	assert_kernel(tree, "5.10", "5.10", false);
}

static void test_kernel_is_the_only_directory(void **state)
{
	struct tree *tree = *state;

	tree_put(tree, "proc/sys/kernel/osrelease", "../../etc\n");
	tree_mkdir(tree, "lib/modules/5.10/");
	tree_put(tree, "lib/modules/README", "not a kernel");
	assert_kernel(tree, NULL, "5.10", true);
	assert_kernel(tree, "5.10", "5.10", true);
	tree_mkdir(tree, "lib/modules/6.1/");
	assert_kernel(tree, NULL, "", true);
}

/* libkmod gets a path of the host; links that mean the root of DIR must not lead to the host's. */
static void test_module_dir_is_resolved_inside(void **state)
{
	struct tree *tree = *state;
	char want[TREE_PATH], real[PATH_MAX];
	struct root root;

	tree_mkdir(tree, "usr/lib/modules/6.1/");
	tree_link(tree, "lib", "/usr/lib");
	open_root(&root, tree, "6.1");
	tree_path(tree, "usr/lib/modules/6.1", want);
	assert_non_null(realpath(want, real));
	assert_non_null(root.module_dir);
	assert_string_equal(root.module_dir, real);
	root_release(&root);

	open_root(&root, tree, "6.2");
	assert_null(root.module_dir);
	root_release(&root);
}

static void test_links_stay_inside(void **state)
{
	struct tree *tree = *state;
	char path[TREE_PATH], *line;
	struct root root;

	tree_put(tree, "secret", "outside");
	tree_put(tree, "dir/secret", "inside");
	tree_link(tree, "dir/up", "../secret");
	tree_link(tree, "dir/absolute", "/secret");
	tree_link(tree, "dir/far", "../../../../../../../../secret");
	tree_link(tree, "dir/none", "/etc/passwd");
	tree_path(tree, "dir", path);
	assert_int_equal(root_init(&root, path, NULL), 0);
	assert_line(&root, "up", "inside");
	assert_line(&root, "absolute", "inside");
	assert_line(&root, "far", "inside");
	assert_line(&root, "../secret", "inside");
	assert_int_equal(root_read_line(&root, "none", &line), -ENOENT);
	root_release(&root);
}

static void test_read_appends_and_keeps_the_limit(void **state)
{
	struct tree *tree = *state;
	struct buf buf = BUF_INIT;
	static char big[100000];
	struct root root;

	memset(big, 'x', sizeof(big));
	tree_put_bytes(tree, "big", big, sizeof(big));
	open_root(&root, tree, NULL);
	buf_addstr(&buf, "head");
	assert_int_equal(root_read(&root, "big", &buf, sizeof(big) - 1), -EFBIG);
	assert_string_equal(buf_str(&buf), "head");
	assert_int_equal(root_read(&root, "big", &buf, sizeof(big)), 0);
	assert_int_equal(buf.len, sizeof(big) + 4);
	assert_memory_equal(buf.data + 4, big, sizeof(big));
	assert_int_equal(buf.data[buf.len], '\0');
	assert_int_equal(root_read(&root, "none", &buf, 10), -ENOENT);
	buf_release(&buf);
	root_release(&root);
}

static void test_read_empty_and_directory(void **state)
{
	struct tree *tree = *state;
	struct buf buf = BUF_INIT;
	struct root root;

	tree_put(tree, "empty", "");
	tree_mkdir(tree, "dir/");
	open_root(&root, tree, NULL);
	assert_int_equal(root_read(&root, "empty", &buf, 0), 0);
	assert_string_equal(buf_str(&buf), "");
	assert_int_equal(root_read(&root, "dir", &buf, 10), -EISDIR);
	buf_release(&buf);
	root_release(&root);
}

/* Opening a pipe nobody writes to would wait for ever. */
static void test_a_pipe_does_not_block(void **state)
{
	struct tree *tree = *state;
	struct buf buf = BUF_INIT;
	char path[TREE_PATH];
	struct root root;

	tree_path(tree, "pipe", path);
	assert_int_equal(mkfifo(path, 0600), 0);
	open_root(&root, tree, NULL);
	assert_int_equal(root_read(&root, "pipe", &buf, 10), 0);
	assert_int_equal(buf.len, 0);
	buf_release(&buf);
	root_release(&root);
}

static void test_read_line(void **state)
{
	struct tree *tree = *state;
	char *line = (char *)"kept";
	struct root root;

	tree_put(tree, "one", "value\n");
	tree_put(tree, "bare", "value");
	tree_put(tree, "two", "a\nb\n\n");
	tree_put(tree, "empty", "");
	open_root(&root, tree, NULL);
	assert_line(&root, "one", "value");
	assert_line(&root, "bare", "value");
	assert_line(&root, "two", "a\nb\n");
	assert_line(&root, "empty", "");
	assert_int_equal(root_read_line(&root, "none", &line), -ENOENT);
	assert_string_equal(line, "kept");
	root_release(&root);
}

static void test_write_creates_nothing(void **state)
{
	struct tree *tree = *state;
	struct root root;
	unsigned mode;

	tree_put(tree, "value", "old");
	open_root(&root, tree, NULL);
	assert_int_equal(root_write(&root, "value", "new", 3), 0);
	assert_line(&root, "value", "new");
	assert_int_equal(root_write(&root, "none", "new", 3), -ENOENT);
	assert_int_equal(root_mode(&root, "none", &mode), -ENOENT);
	root_release(&root);
}

static void test_list_and_mode(void **state)
{
	struct tree *tree = *state;
	struct strv names = STRV_INIT;
	struct root root;
	unsigned mode = 0;

	tree_put(tree, "dir/b", "");
	tree_put(tree, "dir/a", "");
	tree_link(tree, "dir/c", "nowhere");
	tree_chmod(tree, "dir/a", 0640);
	open_root(&root, tree, NULL);
	assert_int_equal(root_list(&root, "dir", &names), 0);
	assert_int_equal(names.n, 3);
	assert_string_equal(names.v[0], "a");
	assert_string_equal(names.v[1], "b");
	assert_string_equal(names.v[2], "c");
	assert_int_equal(root_list(&root, "none", &names), -ENOENT);
	assert_int_equal(root_list(&root, "dir/a", &names), -ENOTDIR);
	assert_int_equal(root_mode(&root, "dir/a", &mode), 0);
	assert_int_equal(mode, 0640);
	strv_release(&names);
	root_release(&root);
}

#define IN_TREE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_TREE(test_refuses_what_is_no_directory),
		IN_TREE(test_refuses_a_kernel_that_is_a_path),
		IN_TREE(test_kernel_unknown),
		IN_TREE(test_kernel_from_osrelease),
		IN_TREE(test_kernel_is_the_only_directory),
		IN_TREE(test_module_dir_is_resolved_inside),
		IN_TREE(test_links_stay_inside),
		IN_TREE(test_read_appends_and_keeps_the_limit),
		IN_TREE(test_read_empty_and_directory),
		IN_TREE(test_a_pipe_does_not_block),
		IN_TREE(test_read_line),
		IN_TREE(test_write_creates_nothing),
		IN_TREE(test_list_and_mode),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
