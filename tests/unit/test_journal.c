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

#include "base/buf.h"
#include "kernel/journal.h"
#include "tree.h"

static struct tree tree;
static char path[TREE_PATH];

static int setup(void **state)
{
	(void)state;
	tree_init(&tree);
	tree_path(&tree, "state/kmodtui/journal", path);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tree_release(&tree);
	return 0;
}

static int append(const char *line)
{
	return journal_append(path, line, strlen(line));
}

static void assert_reads(const char *wanted)
{
	struct buf text = BUF_INIT;

	assert_int_equal(journal_read(path, &text), 0);
	assert_string_equal(buf_str(&text), wanted);
	buf_release(&text);
}

static void test_appends(void **state)
{
	struct buf text = BUF_INIT;
	struct stat st;

	(void)state;
	assert_int_equal(journal_read(path, &text), -ENOENT);
	buf_release(&text);
	umask(0);
	assert_int_equal(append("one\n"), 0);
	umask(022);
	assert_int_equal(append("two\n"), 0);
	assert_reads("one\ntwo\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void test_rotates(void **state)
{
	char old[TREE_PATH + 2];
	struct buf line = BUF_INIT, text = BUF_INIT;
	struct stat st;
	int i;

	(void)state;
	for (i = 0; i < 1023; i++)
		buf_addch(&line, 'x');
	buf_addch(&line, '\n');
	for (i = 0; i < 1024; i++)
		assert_int_equal(journal_append(path, line.data, line.len), 0);
	snprintf(old, sizeof(old), "%s.1", path);
	assert_int_equal(stat(old, &st), -1);
	assert_int_equal(append("new\n"), 0);
	assert_int_equal(stat(old, &st), 0);
	assert_int_equal(st.st_size, JOURNAL_MAX);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 4);
	assert_int_equal(journal_read(path, &text), 0);
	assert_int_equal(text.len, JOURNAL_MAX + 4);
	assert_string_equal(text.data + JOURNAL_MAX, "new\n");
	buf_release(&line);
	buf_release(&text);
}

static void test_refuses(void **state)
{
	(void)state;
	tree_put(&tree, "state/kmodtui/other", "");
	tree_link(&tree, "state/kmodtui/journal", "other");
	assert_int_equal(append("one\n"), -ELOOP);
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_true(append("one\n") < 0);
	unlink(path);
	tree_mkdir(&tree, "state/kmodtui/journal/");
	assert_int_equal(append("one\n"), -EISDIR);
}

/* No action waits for somebody who keeps the lock. */
static void test_a_lock_that_stays(void **state)
{
	int fd;

	(void)state;
	assert_int_equal(append("one\n"), 0);
	fd = open(path, O_RDWR);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(append("two\n"), -EWOULDBLOCK);
	close(fd);
	assert_reads("one\n");
}

static void test_many_writers(void **state)
{
	struct buf text = BUF_INIT;
	int i, j, status;

	(void)state;
	for (i = 0; i < 4; i++) {
		if (fork())
			continue;
		for (j = 0; j < 50; j++)
			if (append("a line of one of the writers\n"))
				_exit(1);
		_exit(0);
	}
	while (wait(&status) > 0)
		assert_int_equal(status, 0);
	assert_int_equal(journal_read(path, &text), 0);
	assert_int_equal(text.len, 200 * strlen("a line of one of the writers\n"));
	buf_release(&text);
}

#define IN_TREE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_TREE(test_appends),
		IN_TREE(test_rotates),
		IN_TREE(test_refuses),
		IN_TREE(test_a_lock_that_stays),
		IN_TREE(test_many_writers),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
