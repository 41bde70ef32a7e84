/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "app/config.h"
#include "base/buf.h"
#include "tree.h"

static struct tree tree;
static char path[TREE_PATH];

static int setup(void **state)
{
	(void)state;
	tree_init(&tree);
	tree_path(&tree, "home/kmodtui/config", path);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tree_release(&tree);
	return 0;
}

static int write_text(const char *text)
{
	return config_write(path, text, strlen(text));
}

static void assert_reads(const char *wanted)
{
	struct buf text = BUF_INIT;

	assert_int_equal(config_read(path, &text), 0);
	assert_string_equal(buf_str(&text), wanted);
	buf_release(&text);
}

static int read_error(void)
{
	struct buf text = BUF_INIT;
	int err = config_read(path, &text);

	buf_release(&text);
	return err;
}

static unsigned count_files(void)
{
	char dir[TREE_PATH];
	struct dirent *entry;
	unsigned n = 0;
	DIR *files;

	tree_path(&tree, "home/kmodtui", dir);
	files = opendir(dir);
	assert_non_null(files);
	while ((entry = readdir(files)))
		n += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
	closedir(files);
	return n;
}

static void the_environment_names_it(void **state)
{
	char *found;

	(void)state;
	setenv("HOME", "/h", 1);
	setenv("XDG_CONFIG_HOME", "/c", 1);
	found = config_path();
	assert_string_equal(found, "/c/kmodtui/config");
	free(found);
	/* A relative one is to be passed over, says its specification. */
	setenv("XDG_CONFIG_HOME", "c", 1);
	found = config_path();
	assert_string_equal(found, "/h/.config/kmodtui/config");
	free(found);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("HOME");
	assert_null(config_path());
}

static void replaces_the_whole(void **state)
{
	struct stat before, after;

	(void)state;
	assert_int_equal(read_error(), -ENOENT);
	assert_int_equal(write_text("one\n"), 0);
	assert_reads("one\n");
	assert_int_equal(stat(path, &before), 0);
	assert_int_equal(before.st_mode & 0777, 0600);
	chmod(path, 0644);
	assert_int_equal(write_text("two\nthree\n"), 0);
	assert_reads("two\nthree\n");
	assert_int_equal(stat(path, &after), 0);
	/* A new file in the old one's place, nothing left beside it. */
	assert_int_equal(after.st_mode & 0777, 0644);
	assert_true(before.st_ino != after.st_ino);
	assert_int_equal(count_files(), 1);
}

static void a_link_stays_one(void **state)
{
	char target[TREE_PATH];
	struct stat st;

	(void)state;
	tree_mkdir(&tree, "dots/");
	tree_mkdir(&tree, "home/kmodtui/");
	tree_path(&tree, "dots/mine", target);
	close(open(target, O_CREAT | O_WRONLY, 0600));
	assert_int_equal(symlink("../../dots/mine", path), 0);
	assert_int_equal(write_text("x\n"), 0);
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_reads("x\n");
}

static void what_is_no_file_is_not_read(void **state)
{
	(void)state;
	tree_mkdir(&tree, "home/kmodtui/");
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(read_error(), -EINVAL);
	unlink(path);
	assert_int_equal(symlink("/dev/zero", path), 0);
	assert_int_equal(read_error(), -EINVAL);
	unlink(path);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(read_error(), -EINVAL);
	assert_int_equal(write_text("x\n"), -EISDIR);
	assert_int_equal(count_files(), 1);
}

static void a_huge_one_is_not_read(void **state)
{
	int fd;

	(void)state;
	assert_int_equal(write_text("x\n"), 0);
	fd = open(path, O_WRONLY);
	assert_int_equal(ftruncate(fd, 1 << 20), 0);
	close(fd);
	assert_int_equal(read_error(), -EFBIG);
}

static void not_where_it_can_not_be(void **state)
{
	(void)state;
	snprintf(path, sizeof(path), "/dev/null/kmodtui/config");
	assert_int_equal(read_error(), -ENOENT);
	assert_int_equal(write_text("x\n"), -ENOTDIR);
}

/* Root in another's home neither follows what lies there nor leaves a file there. */
static void root_keeps_out_of_others(void **state)
{
	char dir[TREE_PATH];

	(void)state;
	if (geteuid())
		skip();
	assert_int_equal(write_text("x\n"), 0);
	assert_int_equal(chown(path, 65534, 65534), 0);
	assert_int_equal(read_error(), -EPERM);
	tree_path(&tree, "home/kmodtui", dir);
	assert_int_equal(chown(dir, 65534, 65534), 0);
	assert_int_equal(write_text("y\n"), -EPERM);
	assert_int_equal(count_files(), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_environment_names_it),
		TEST(replaces_the_whole),
		TEST(a_link_stays_one),
		TEST(what_is_no_file_is_not_read),
		TEST(a_huge_one_is_not_read),
		TEST(not_where_it_can_not_be),
		TEST(root_keeps_out_of_others),
	};

	return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
