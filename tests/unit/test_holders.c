/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <string.h>

#include "base/strv.h"
#include "kernel/holders.h"
#include "kernel/root.h"
#include "tree.h"

static void push_all(struct strv *users, const char *const *names)
{
	for (; *names; names++)
		strv_push(users, *names);
}

/* The entries of a directory in its own order, whatever that is here. */
static void read_order(const struct tree *tree, const char *path, struct strv *names)
{
	char full[TREE_PATH];
	struct dirent *entry;
	DIR *dir;

	tree_path(tree, path, full);
	dir = opendir(full);
	assert_non_null(dir);
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			strv_push(names, entry->d_name);
	closedir(dir);
}

static void sysfs_gives_the_order(void **state)
{
	static const char *const names[] = { "alpha", "beta", "gamma", "delta", "late", NULL };
	struct strv users = STRV_INIT, order = STRV_INIT;
	struct tree tree;
	struct root root;
	size_t i;

	(void)state;
	tree_init(&tree);
	tree_mkdir(&tree, "sys/module/base/holders/gamma/");
	tree_mkdir(&tree, "sys/module/base/holders/alpha/");
	tree_mkdir(&tree, "sys/module/base/holders/delta/");
	tree_mkdir(&tree, "sys/module/base/holders/beta/");
	assert_int_equal(root_init(&root, tree.dir, "6.1"), 0);
	read_order(&tree, "sys/module/base/holders", &order);
	push_all(&users, names);
	holders_sort(&root, "base", &users);
	assert_int_equal(users.n, 5);
	for (i = 0; i < order.n; i++)
		assert_string_equal(users.v[i], order.v[i]);
	/* A user that sysfs does not show yet stays, behind the others. */
	assert_string_equal(users.v[4], "late");
	strv_release(&users);
	strv_release(&order);
	root_release(&root);
	tree_release(&tree);
}

static void without_sysfs_nothing_moves(void **state)
{
	static const char *const names[] = { "b", "a", "c", NULL };
	struct strv users = STRV_INIT;
	struct tree tree;
	struct root root;

	(void)state;
	tree_init(&tree);
	assert_int_equal(root_init(&root, tree.dir, "6.1"), 0);
	push_all(&users, names);
	holders_sort(&root, "base", &users);
	assert_string_equal(users.v[0], "b");
	assert_string_equal(users.v[1], "a");
	assert_string_equal(users.v[2], "c");
	strv_release(&users);
	root_release(&root);
	tree_release(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sysfs_gives_the_order),
		cmocka_unit_test(without_sysfs_nothing_moves),
	};

	return cmocka_run_group_tests_name("holders", tests, NULL, NULL);
}
