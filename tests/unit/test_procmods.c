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

static void test_no_module_is_skipped_and_counted(void **state)
{
	static const char *const bad[] = {
		"", " ", "a", "a 1", "a 1 0", "a/b 1 0 - Live 0x0", ".. 1 0 - Live 0x0", "a,b 1 0 - Live 0x0",
		"\033[2J 1 0 - Live 0x0", "a\303\244 1 0 - Live 0x0",
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
		assert_int_equal(list.unread, 1);
		assert_string_equal(list.v[1].name, "y");
		modlist_release(&list);
	}
}

/* What is loaded is in the list, and what its line says beyond that is kept as far as it goes. */
static void test_half_understood_lines_are_rows_and_counted(void **state)
{
	static const char *const bad[] = {
		"m 1 7 u, Live", "m 1 7 u, Alive 0x0", "m 1 7 u, live 0x0", "m 1 7 u,", "m 1 7 u, Live 0",
		"m 1 7 u, Live 0x", "m 1 7 u, Live 0xg", "m 1 7 u, Live 0x0 OE", "m 1 7 u, Live 0x0 (oe)",
		"m 1 7 u, Live 0x0 (", "m 1 7 u, Live 0x0 (O) more", "m 1 7 u, Live 0x0 (O) more and more",
		"m -1 7 u, Live 0x0", "m x 7 u, Live 0x0", "m 4294967296 7 u, Live 0x0",
		"m 99999999999999999999 7 u, Live 0x0", "m 1 2147483648 u, Live 0x0", "m 1 -2 u, Live 0x0",
		"m 1 7 u/u, Live 0x0",
	};
	char text[512];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct modlist list;

		snprintf(text, sizeof(text), "%s\ny 2 0 - Live 0x0\n", bad[i]);
		list = parse(text, 1);
		assert_int_equal(list.n, 2);
		assert_string_equal(list.v[0].name, "m");
		assert_true(list.v[0].loaded);
		assert_int_equal(list.v[0].state, MODULE_LIVE);
		assert_true(list.v[0].size == (i < 12 || i > 15 ? 1 : -1));
		assert_int_equal(list.v[0].refs, i == 16 || i == 17 ? -1 : 7);
		assert_true(list.v[0].users.n == 1 || strchr(bad[i], '/'));
		modlist_release(&list);
	}
}

/* The kernel gives no rule for names: livepatches have their version in it. */
static void test_names_of_all_kinds(void **state)
{
	static const char *const names[] = {
		"kpatch_4.18.0_240", "livepatch.2026", "a+b", "8250", "...", "m:x", "(m)",
	};
	char text[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct modlist list;

		snprintf(text, sizeof(text), "%s 20480 1 %s, Live 0x0 (OEK)\n", names[i], names[i]);
		list = parse(text, 0);
		assert_int_equal(list.n, 1);
		assert_string_equal(list.v[0].name, names[i]);
		assert_string_equal(list.v[0].users.v[0], names[i]);
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
		cmocka_unit_test(test_no_module_is_skipped_and_counted),
		cmocka_unit_test(test_half_understood_lines_are_rows_and_counted),
		cmocka_unit_test(test_names_of_all_kinds),
		cmocka_unit_test(test_nul_bytes),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_read_changed),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
