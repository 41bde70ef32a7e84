/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>

#include "kernel/conffile.h"
#include "kernel/root.h"
#include "tree.h"

#define PATH "etc/x.d/ours.conf"

static struct tree tree;
static struct root root;

static int setup(void **state)
{
	(void)state;
	tree_init(&tree);
	tree_mkdir(&tree, "etc/");
	return root_init(&root, tree.dir, NULL);
}

static int teardown(void **state)
{
	(void)state;
	root_release(&root);
	tree_release(&tree);
	return 0;
}

static void assert_holds(const char *path, const char *wanted)
{
	struct buf text = BUF_INIT;

	assert_int_equal(root_read(&root, path, &text, 1 << 20), 0);
	assert_string_equal(buf_str(&text), wanted);
	buf_release(&text);
}

static void put(const char *text)
{
	struct conffile file;

	assert_int_equal(conffile_open(&file, &root, PATH), 0);
	assert_int_equal(conffile_write(&file, text, strlen(text)), 0);
	conffile_close(&file);
}

static void test_makes_directory_and_file(void **state)
{
	unsigned mode;

	(void)state;
	umask(077);
	put("one\n");
	umask(022);
	assert_holds(PATH, "one\n");
	assert_int_equal(root_mode(&root, PATH, &mode), 0);
	assert_int_equal(mode, 0644);
	assert_int_equal(root_mode(&root, "etc/x.d", &mode), 0);
	assert_int_equal(mode, 0755);
	assert_int_equal(root_mode(&root, "etc/x.d/.ours.conf.new", &mode), -ENOENT);
}

static void test_empty_removes(void **state)
{
	unsigned mode;

	(void)state;
	put("one\n");
	put("");
	assert_int_equal(root_mode(&root, PATH, &mode), -ENOENT);
	put("");
}

static void test_likeness(void **state)
{
	char path[TREE_PATH], value[8] = "";
	unsigned mode;

	(void)state;
	tree_put(&tree, PATH, "old\n");
	tree_chmod(&tree, PATH, 0640);
	tree_path(&tree, PATH, path);
	if (setxattr(path, "user.note", "kept", 4, 0))
		print_message("# no attributes on this file system\n");
	put("new\n");
	assert_holds(PATH, "new\n");
	assert_int_equal(root_mode(&root, PATH, &mode), 0);
	assert_int_equal(mode, 0640);
	if (getxattr(path, "user.note", value, sizeof(value)) > 0)
		assert_string_equal(value, "kept");
}

static void test_owner(void **state)
{
	char path[TREE_PATH];
	struct stat st;

	(void)state;
	tree_put(&tree, PATH, "old\n");
	tree_path(&tree, PATH, path);
	if (chown(path, 12, 34))
		skip();
	tree_chmod(&tree, PATH, 04640);
	put("new\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_uid, 12);
	assert_int_equal(st.st_gid, 34);
	assert_int_equal(st.st_mode & 07777, 04640);
}

static void test_refuses(void **state)
{
	struct conffile file;

	(void)state;
	tree_put(&tree, "etc/x.d/other", "other\n");
	tree_link(&tree, PATH, "other");
	assert_int_equal(conffile_open(&file, &root, PATH), -ELOOP);
	assert_int_equal(conffile_open(&file, &root, "etc/x.d/sub/deep/a.conf"), -ENOENT);
	tree_mkdir(&tree, "etc/x.d/dir.conf/");
	assert_int_equal(conffile_open(&file, &root, "etc/x.d/dir.conf"), -EINVAL);
	tree_put_bytes(&tree, "etc/x.d/nul.conf", "a\0b", 3);
	assert_int_equal(conffile_open(&file, &root, "etc/x.d/nul.conf"), -EINVAL);
	assert_holds("etc/x.d/other", "other\n");
}

/* A writer that was killed leaves its temporary file, which the next one takes away. */
static void test_left_over(void **state)
{
	unsigned mode;

	(void)state;
	tree_put(&tree, "etc/x.d/.ours.conf.new", "half a li");
	put("one\n");
	assert_holds(PATH, "one\n");
	assert_int_equal(root_mode(&root, "etc/x.d/.ours.conf.new", &mode), -ENOENT);
}

/* Many writers at once, each adding a line: none gets lost. */
static void test_no_change_is_lost(void **state)
{
	struct conffile file;
	struct buf text = BUF_INIT;
	int i, j, status;

	(void)state;
	put("begin\n");
	for (i = 0; i < 4; i++) {
		if (fork())
			continue;
		for (j = 0; j < 10; j++) {
			if (conffile_open(&file, &root, PATH))
				_exit(1);
			buf_printf(&file.text, "line %d %d\n", i, j);
			if (conffile_write(&file, file.text.data, file.text.len))
				_exit(1);
			conffile_close(&file);
		}
		_exit(0);
	}
	while (wait(&status) > 0)
		assert_int_equal(status, 0);
	assert_int_equal(root_read(&root, PATH, &text, 1 << 20), 0);
	for (i = j = 0; i < (int)text.len; i++)
		j += text.data[i] == '\n';
	assert_int_equal(j, 41);
	buf_release(&text);
}

static void test_a_lock_that_stays(void **state)
{
	char path[TREE_PATH];
	struct conffile file;
	int fd;

	(void)state;
	put("one\n");
	tree_path(&tree, "etc/x.d/.ours.conf.lock", path);
	fd = open(path, O_RDWR);
	assert_true(fd >= 0);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(conffile_open(&file, &root, PATH), -EBUSY);
	close(fd);
	assert_holds(PATH, "one\n");
}

#define IN_TREE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_TREE(test_makes_directory_and_file),
		IN_TREE(test_empty_removes),
		IN_TREE(test_likeness),
		IN_TREE(test_owner),
		IN_TREE(test_refuses),
		IN_TREE(test_left_over),
		IN_TREE(test_no_change_is_lost),
		IN_TREE(test_a_lock_that_stays),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
