/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "kernel/procmods.h"
#include "kernel/root.h"
#include "model/module.h"
#include "tree.h"

/* The rows of @text, which must hold @bad lines that are none. */
static struct modlist parse(const char *text, size_t bad)
{
	struct modlist list = MODLIST_INIT;

	assert_int_equal(procmods_parse(text, strlen(text), &list), bad);
	return list;
}

static void test_plain_line(void **state)
{
	struct modlist list = parse("kvm_amd 163840 0 - Live 0x0000000000000000 (OE)\n", 0);

	(void)state;
	assert_int_equal(list.n, 1);
	assert_string_equal(list.v[0].name, "kvm_amd");
	assert_true(list.v[0].loaded);
	assert_int_equal(list.v[0].size, 163840);
	assert_int_equal(list.v[0].refs, 0);
	assert_int_equal(list.v[0].users.n, 0);
	assert_int_equal(list.v[0].state, MODULE_LIVE);
	assert_string_equal(list.v[0].taint, "OE");
	assert_false(list.v[0].permanent);
	modlist_release(&list);
}

static void test_users(void **state)
{
	struct modlist list = parse("kvm 1146880 2 kvm_amd,vhost, Live 0xffffffffc0a00000\n"
				    "ipv6 5 1 [permanent], Live 0x0\n"
				    "nf 5 2 a,[permanent], Live 0x0\n", 0);

	(void)state;
	assert_int_equal(list.v[0].users.n, 2);
	assert_string_equal(list.v[0].users.v[0], "kvm_amd");
	assert_string_equal(list.v[0].users.v[1], "vhost");
	assert_null(list.v[0].taint);
	assert_true(list.v[1].permanent);
	assert_int_equal(list.v[1].users.n, 0);
	assert_true(list.v[2].permanent);
	assert_int_equal(list.v[2].users.n, 1);
	modlist_release(&list);
}

/* While its exit function runs the kernel shows -1 references and a '-' among the taint letters. */
static void test_coming_and_going(void **state)
{
	struct modlist list = parse("a 1 1 - Loading 0x0 (OE+)\nb 2 -1 - Unloading 0x0 (-)\n", 0);

	(void)state;
	assert_int_equal(list.v[0].state, MODULE_COMING);
	assert_string_equal(list.v[0].taint, "OE");
	assert_int_equal(list.v[1].state, MODULE_GOING);
	assert_int_equal(list.v[1].refs, -1);
	assert_null(list.v[1].taint);
	modlist_release(&list);
}

/* CONFIG_MODULE_UNLOAD=n: neither references nor users. */
static void test_kernel_without_unload(void **state)
{
	struct modlist list = parse("ext4 1024 - - Live 0x0\n", 0);

	(void)state;
	assert_int_equal(list.v[0].refs, -1);
	assert_int_equal(list.v[0].users.n, 0);
	assert_int_equal(list.v[0].size, 1024);
	modlist_release(&list);
}

static void test_last_line_without_end(void **state)
{
	struct modlist list = parse("a 1 0 - Live 0x0\nb 1 0 - Live 0x0", 0);

	(void)state;
	assert_int_equal(list.n, 2);
	modlist_release(&list);
}

static void test_empty(void **state)
{
	struct modlist list = parse("", 0);

	(void)state;
	assert_int_equal(list.n, 0);
}

static void test_bad_lines_are_skipped_and_counted(void **state)
{
	static const char *const bad[] = {
		"", " ", "a", "a 1 0 - Live", "a 1 0 - Alive 0x0", "a 1 0 - live 0x0",
		"a -1 0 - Live 0x0", "a x 0 - Live 0x0", "a 4294967296 0 - Live 0x0",
		"a 99999999999999999999 0 - Live 0x0", "a 1 2147483648 - Live 0x0",
		"a 1 -2 - Live 0x0", "a/b 1 0 - Live 0x0", "a 1 0 b/c, Live 0x0",
		"a 1 0 - Live 0", "a 1 0 - Live 0x", "a 1 0 - Live 0xg",
		"a 1 0 - Live 0x0 OE", "a 1 0 - Live 0x0 (oe)", "a 1 0 - Live 0x0 (",
		"a 1 0 - Live 0x0 (O) more", "\033[2J 1 0 - Live 0x0",
		"n23456789012345678901234567890123456789012345678901234567 1 0 - Live 0x0",
	};
	char text[512];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct modlist list;

		snprintf(text, sizeof(text), "x 1 0 - Live 0x0\n%s\ny 2 0 - Live 0x0\n", bad[i]);
		list = parse(text, 1);
		assert_int_equal(list.n, 2);
		assert_string_equal(list.v[1].name, "y");
		modlist_release(&list);
	}
}

static void test_nul_bytes(void **state)
{
	static const char text[] = "\0a 1 0 - Live 0x0\nb 1 0 - Li\0ve 0x0\nc 1 0 - Live 0x0\n";
	struct modlist list = MODLIST_INIT;

	(void)state;
	assert_int_equal(procmods_parse(text, sizeof(text) - 1, &list), 2);
	assert_int_equal(list.n, 1);
	assert_string_equal(list.v[0].name, "c");
	modlist_release(&list);
}

static void test_read(void **state)
{
	struct modlist list = MODLIST_INIT;
	struct tree tree;
	struct root root;

	(void)state;
	tree_init(&tree);
	assert_int_equal(root_init(&root, tree.dir, NULL), 0);
	assert_int_equal(procmods_read(&root, &list), -ENOENT);
	tree_put(&tree, "proc/modules", "a 1 0 - Live 0x0\nnonsense\nb 2 0 - Live 0x0\n");
	assert_int_equal(procmods_read(&root, &list), 0);
	assert_int_equal(list.n, 2);
	modlist_release(&list);
	root_release(&root);

	/* What is loaded says nothing of another kernel. */
	assert_int_equal(root_init(&root, tree.dir, "9.9"), 0);
	assert_int_equal(procmods_read(&root, &list), 0);
	assert_int_equal(list.n, 0);
	root_release(&root);
	tree_release(&tree);
}

/* Rows come only with another text; a file that can not be read leaves the stamp alone. */
static void test_read_changed(void **state)
{
	struct modlist list = MODLIST_INIT;
	unsigned long long stamp = 0, kept;
	struct tree tree;
	struct root root;

	(void)state;
	tree_init(&tree);
	assert_int_equal(root_init(&root, tree.dir, NULL), 0);
	assert_int_equal(procmods_read_changed(&root, &stamp, &list), -ENOENT);
	assert_true(stamp == 0);
	tree_put(&tree, "proc/modules", "a 1 0 - Live 0x0\n");
	assert_int_equal(procmods_read_changed(&root, &stamp, &list), 1);
	assert_int_equal(list.n, 1);
	kept = stamp;
	assert_int_equal(procmods_read_changed(&root, &stamp, &list), 0);
	assert_int_equal(list.n, 1);
	assert_true(stamp == kept);
	modlist_release(&list);
	tree_put(&tree, "proc/modules", "");
	assert_int_equal(procmods_read_changed(&root, &stamp, &list), 1);
	assert_int_equal(list.n, 0);
	root_release(&root);
	tree_release(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_line),
		cmocka_unit_test(test_users),
		cmocka_unit_test(test_coming_and_going),
		cmocka_unit_test(test_kernel_without_unload),
		cmocka_unit_test(test_last_line_without_end),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_bad_lines_are_skipped_and_counted),
		cmocka_unit_test(test_nul_bytes),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_read_changed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
