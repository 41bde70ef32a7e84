/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <utime.h>

#include "kernel/modindex.h"
#include "kernel/root.h"
#include "model/module.h"
#include "tree.h"

static void test_dep(void **state)
{
	static const char text[] =
		"kernel/fs/ext4/ext4.ko: kernel/lib/crc16.ko kernel/fs/jbd2/jbd2.ko\n"
		"kernel/lib/crc16.ko:\n"
		"kernel/sound/core/snd-pcm.ko.xz: kernel/sound/core/snd.ko.xz\n"
		"/opt/mods/own.ko.zst:\n"
		"bare.ko.gz:";
	struct modlist list = MODLIST_INIT;

	(void)state;
	assert_int_equal(modindex_parse_dep(text, strlen(text), &list), 0);
	assert_int_equal(list.n, 5);
	assert_string_equal(list.v[0].name, "ext4");
	assert_string_equal(list.v[0].path, "kernel/fs/ext4/ext4.ko");
	assert_true(list.v[0].indexed);
	assert_false(list.v[0].loaded);
	assert_int_equal(list.v[0].state, MODULE_DISK);
	assert_int_equal(list.v[0].index_state, MODULE_DISK);
	assert_int_equal(list.v[0].size, -1);
	assert_string_equal(list.v[2].name, "snd_pcm");
	assert_string_equal(list.v[2].path, "kernel/sound/core/snd-pcm.ko.xz");
	assert_string_equal(list.v[3].name, "own");
	assert_string_equal(list.v[3].path, "/opt/mods/own.ko.zst");
	assert_string_equal(list.v[4].name, "bare");
	modlist_release(&list);
}

static void test_builtin(void **state)
{
	static const char text[] = "kernel/kernel/printk.ko\nkernel/drivers/char/tpm/tpm-crb.ko\n";
	struct modlist list = MODLIST_INIT;

	(void)state;
	assert_int_equal(modindex_parse_builtin(text, strlen(text), &list), 0);
	assert_int_equal(list.n, 2);
	assert_string_equal(list.v[1].name, "tpm_crb");
	assert_int_equal(list.v[1].state, MODULE_BUILTIN);
	assert_int_equal(list.v[1].index_state, MODULE_BUILTIN);
	modlist_release(&list);
}

static void test_bad_lines(void **state)
{
	static const char *const bad[] = {
		"", ":", "kernel/a.ko", "kernel/a.txt:", "kernel/.ko:", "kernel/:", "a.kox:", "a b.ko:",
		"a\033[m.ko:", "n23456789012345678901234567890123456789012345678901234567.ko:",
	};
	struct modlist list = MODLIST_INIT;
	char text[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(text, sizeof(text), "%s\nok.ko:\n", bad[i]);
		assert_int_equal(modindex_parse_dep(text, strlen(text), &list), 1);
		assert_int_equal(list.n, i + 1);
	}
	assert_int_equal(modindex_parse_dep("a\0b/c.ko:\n", 10, &list), 1);
	modlist_release(&list);
}

static void test_read(void **state)
{
	struct modlist list = MODLIST_INIT;
	struct tree tree;
	struct root root;

	(void)state;
	tree_init(&tree);
	assert_int_equal(root_init(&root, tree.dir, "6.1"), 0);
	assert_int_equal(modindex_read(&root, &list), -ENOENT);
	assert_int_equal(modindex_stamp(&root), 0);
	root_release(&root);

	tree_mkdir(&tree, "lib/modules/6.1/");
	assert_int_equal(root_init(&root, tree.dir, "6.1"), 0);
	assert_int_equal(modindex_read(&root, &list), 0);
	assert_int_equal(list.n, 0);
	assert_int_equal(modindex_stamp(&root), 0);
	tree_put(&tree, "lib/modules/6.1/modules.builtin", "kernel/a.ko\n");
	assert_int_equal(modindex_read(&root, &list), 0);
	assert_int_equal(list.n, 1);
	tree_put(&tree, "lib/modules/6.1/modules.dep", "kernel/b.ko:\nkernel/c.ko: kernel/b.ko\n");
	assert_int_equal(modindex_read(&root, &list), 0);
	assert_int_equal(list.n, 4);
	modlist_release(&list);
	root_release(&root);
	tree_release(&tree);
}

static void test_stamp_changes_when_depmod_ran(void **state)
{
	static const char dep[] = "lib/modules/6.1/modules.dep";
	struct utimbuf then = { 1000, 1000 };
	unsigned long long first, second;
	char path[TREE_PATH];
	struct tree tree;
	struct root root;

	(void)state;
	tree_init(&tree);
	tree_put(&tree, dep, "kernel/b.ko:\n");
	tree_path(&tree, dep, path);
	utime(path, &then);
	assert_int_equal(root_init(&root, tree.dir, NULL), 0);
	first = modindex_stamp(&root);
	assert_true(first != 0);
	assert_true(first == modindex_stamp(&root));
	then.modtime = 1001;
	utime(path, &then);
	second = modindex_stamp(&root);
	assert_true(first != second);
	tree_put(&tree, dep, "kernel/bb.ko:\n");
	utime(path, &then);
	assert_true(modindex_stamp(&root) != second);
	root_release(&root);
	tree_release(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dep),
		cmocka_unit_test(test_builtin),
		cmocka_unit_test(test_bad_lines),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_stamp_changes_when_depmod_ran),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
