/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/util.h"
#include "kernel/program.h"
#include "kernel/root.h"
#include "tree.h"

#define FILE_PATH "usr/bin/sudo"

/* Nobody but root may be able to change it; here another user owns it when that user runs the test. */
static void who_can_change_it(void **state)
{
	static const struct { const char *path; mode_t mode; int err; } cases[] = {
		{ FILE_PATH, 0755, 0 }, { FILE_PATH, 04111, 0 }, { FILE_PATH, 0775, -EPERM },
		{ FILE_PATH, 0757, -EPERM }, { FILE_PATH, 0644, -ENOENT }, { FILE_PATH, 0755, 0 },
		{ "usr/bin", 0777, -EPERM }, { "usr/bin", 01777, 0 }, { "usr/bin", 0755, 0 },
		{ "usr", 0775, -EPERM }, { "usr", 0755, 0 },
	};
	bool root_runs = getuid() == 0;
	struct tree tree;
	struct root root;
	size_t i;

	(void)state;
	tree_init(&tree);
	tree_put(&tree, FILE_PATH, "program");
	assert_int_equal(root_init(&root, tree.dir, "6.1.0"), 0);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		tree_chmod(&tree, cases[i].path, cases[i].mode);
		assert_int_equal(program_check(&root, "/" FILE_PATH), root_runs ? cases[i].err : -EPERM);
	}
	assert_int_equal(program_check(&root, "/usr/bin/doas"), root_runs ? -ENOENT : -EPERM);
	assert_int_equal(program_check(&root, FILE_PATH), -ENOENT);
	assert_int_equal(program_check(&root, ""), -ENOENT);
	root_release(&root);
	tree_release(&tree);
}

static void found_without_a_path(void **state)
{
	struct tree tree;
	struct root root;
	char *path = NULL;

	(void)state;
	if (getuid())
		skip();
	tree_init(&tree);
	tree_put(&tree, "usr/local/bin/doas", "program");
	tree_chmod(&tree, "usr/local/bin/doas", 0755);
	tree_put(&tree, FILE_PATH, "no program");
	tree_chmod(&tree, FILE_PATH, 0644);
	assert_int_equal(root_init(&root, tree.dir, "6.1.0"), 0);
	assert_int_equal(program_find(&root, "doas", &path), 0);
	assert_string_equal(path, "/usr/local/bin/doas");
	free(path);
	assert_int_equal(program_find(&root, "sudo", &path), -ENOENT);
	assert_int_equal(program_find(&root, "pkexec", &path), -ENOENT);
	root_release(&root);
	tree_release(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_can_change_it),
		cmocka_unit_test(found_without_a_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
