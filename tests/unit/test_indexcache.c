/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/indexcache.h"
#include "kernel/root.h"
#include "model/fulltext.h"
#include "tree.h"

static bool no_list;

/* The C library's, but where memory for a list has to be missing. */
DIR *fdopendir(int fd)
{
	DIR *(*theirs)(int);

	if (no_list) {
		errno = ENOMEM;
		return NULL;
	}
	*(void **)&theirs = dlsym(RTLD_NEXT, "fdopendir");
	return theirs(fd);
}

/* Of a path below the tree. */
#define NAME_BYTES 320

struct place {
	struct tree tree;
	char cache[TREE_PATH];
	struct root root;
};

static void open_kernel(struct place *place, const char *kernel)
{
	char path[TREE_PATH], dir[64];

	snprintf(dir, sizeof(dir), "root/lib/modules/%s/", kernel);
	tree_mkdir(&place->tree, dir);
	tree_path(&place->tree, "root", path);
	assert_int_equal(root_init(&place->root, path, kernel), 0);
}

static void place_init(struct place *place)
{
	char here[2048];

	tree_init(&place->tree);
	assert_non_null(getcwd(here, sizeof(here)));
	snprintf(place->cache, sizeof(place->cache), "%s/%s/cache", here, place->tree.dir);
	setenv("XDG_CACHE_HOME", place->cache, 1);
	open_kernel(place, "6.1");
}

static void place_release(struct place *place)
{
	root_release(&place->root);
	tree_release(&place->tree);
}

static void make(struct fulltext *text, unsigned long long stamp)
{
	struct fulltext_maker maker = { 0 };
	struct buf bytes = BUF_INIT;

	fulltext_add(&maker, "alpha", "alias=one", sizeof("alias=one"));
	fulltext_head(&maker, stamp, &bytes);
	buf_add(&bytes, buf_str(&maker.body), maker.body.len);
	assert_int_equal(fulltext_parse(text, &bytes), 0);
	fulltext_maker_release(&maker);
}

static int put(const struct place *place, unsigned long long stamp)
{
	struct fulltext text = FULLTEXT_INIT;
	int err;

	make(&text, stamp);
	err = indexcache_write(&place->root, &text);
	fulltext_release(&text);
	return err;
}

static int get(const struct place *place, unsigned long long stamp)
{
	struct fulltext text = FULLTEXT_INIT;
	int err = indexcache_read(&place->root, stamp, &text);

	assert_int_equal(text.n, err ? 0 : 1);
	fulltext_release(&text);
	return err;
}

/* The names in our directory; the last one is in @name, below the tree. */
static int count_files(const struct place *place, char name[NAME_BYTES])
{
	char path[TREE_PATH];
	struct dirent *entry;
	int n = 0;
	DIR *dir;

	tree_path(&place->tree, "cache/kmodtui", path);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.') {
			snprintf(name, NAME_BYTES, "cache/kmodtui/%s", entry->d_name);
			n++;
		}
	if (dir)
		closedir(dir);
	return n;
}

static void written_and_read(void **state)
{
	char name[NAME_BYTES], path[TREE_PATH];
	struct place place;
	struct stat st;

	(void)state;
	place_init(&place);
	assert_int_equal(get(&place, 7), -ENOENT);
	assert_int_equal(put(&place, 7), 0);
	assert_int_equal(get(&place, 7), 0);
	assert_int_equal(get(&place, 8), -ESTALE);
	assert_int_equal(put(&place, 8), 0);
	assert_int_equal(get(&place, 8), 0);
	assert_int_equal(count_files(&place, name), 1);
	tree_path(&place.tree, name, path);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(place.cache, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	place_release(&place);
}

static void each_kernel_has_its_own(void **state)
{
	struct place place;
	char kernel[16], name[NAME_BYTES];
	int i;

	(void)state;
	place_init(&place);
	for (i = 0; i < 6; i++) {
		root_release(&place.root);
		snprintf(kernel, sizeof(kernel), "6.%d", i);
		open_kernel(&place, kernel);
		assert_int_equal(get(&place, 1), -ENOENT);
		assert_int_equal(put(&place, 1), 0);
		assert_int_equal(get(&place, 1), 0);
	}
	/* The oldest ones went. */
	assert_int_equal(count_files(&place, name), 4);
	assert_int_equal(get(&place, 1), 0);
	place_release(&place);
}

static void what_others_could_write_is_not_trusted(void **state)
{
	char name[NAME_BYTES], path[TREE_PATH], target[TREE_PATH + 8];
	struct place place;

	(void)state;
	place_init(&place);
	assert_int_equal(put(&place, 7), 0);
	count_files(&place, name);
	tree_chmod(&place.tree, name, 0620);
	assert_int_equal(get(&place, 7), -EPERM);
	tree_chmod(&place.tree, name, 0600);
	tree_chmod(&place.tree, "cache/kmodtui", 0777);
	assert_int_equal(get(&place, 7), -EPERM);
	assert_int_equal(put(&place, 7), -EPERM);
	tree_chmod(&place.tree, "cache/kmodtui", 0700);
	assert_int_equal(get(&place, 7), 0);
	tree_chmod(&place.tree, "cache", 0777);
	assert_int_equal(get(&place, 7), -EPERM);
	tree_chmod(&place.tree, "cache", 0700);
	if (!geteuid()) {
		tree_path(&place.tree, name, path);
		assert_int_equal(chown(path, 65534, 65534), 0);
		assert_int_equal(get(&place, 7), -EPERM);
	}
	/* A link in its place is not followed. */
	tree_path(&place.tree, name, path);
	snprintf(target, sizeof(target), "%s.real", path);
	assert_int_equal(rename(path, target), 0);
	tree_link(&place.tree, name, strrchr(target, '/') + 1);
	assert_int_equal(get(&place, 7), -ELOOP);
	place_release(&place);
}

static void damage_is_found(void **state)
{
	char name[NAME_BYTES], path[TREE_PATH];
	struct place place;

	(void)state;
	place_init(&place);
	assert_int_equal(put(&place, 7), 0);
	count_files(&place, name);
	tree_path(&place.tree, name, path);
	assert_int_equal(truncate(path, 50), 0);
	assert_int_equal(get(&place, 7), -EBADMSG);
	assert_int_equal(truncate(path, 0), 0);
	assert_int_equal(get(&place, 7), -EBADMSG);
	tree_put(&place.tree, name, "something else, that is long enough to be an index by its size");
	assert_int_equal(get(&place, 7), -EBADMSG);
	assert_int_equal(put(&place, 7), 0);
	assert_int_equal(get(&place, 7), 0);
	place_release(&place);
}

/* A day on which no file could be read is not remembered until the next depmod. */
static void what_is_hollow_is_not_kept(void **state)
{
	struct place place;
	struct fulltext text = FULLTEXT_INIT;

	(void)state;
	place_init(&place);
	make(&text, 7);
	text.unread = 16;
	assert_int_equal(indexcache_write(&place.root, &text), -EIO);
	assert_int_equal(get(&place, 7), -ENOENT);
	text.unread = 1;
	assert_int_equal(indexcache_write(&place.root, &text), 0);
	fulltext_release(&text);
	place_release(&place);
}

/* Neither is one that another version of the program kept. */
static void what_is_hollow_is_not_used(void **state)
{
	char name[NAME_BYTES], body[256];
	struct fulltext text = FULLTEXT_INIT;
	struct place place;
	char *unread;

	(void)state;
	place_init(&place);
	make(&text, 7);
	assert_true(text.bytes.len < sizeof(body));
	memcpy(body, buf_str(&text.bytes), text.bytes.len + 1);
	unread = strchr(body, '\n');
	assert_non_null(unread);
	unread[-2] = '1';
	assert_int_equal(put(&place, 7), 0);
	count_files(&place, name);
	tree_put_bytes(&place.tree, name, body, text.bytes.len);
	assert_int_equal(get(&place, 7), -ESTALE);
	fulltext_release(&text);
	place_release(&place);
}

static int count_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n;
}

/* The old ones stay then, and nothing is left open. */
static void the_directory_cannot_be_listed(void **state)
{
	struct place place;
	int before;

	(void)state;
	place_init(&place);
	assert_int_equal(put(&place, 7), 0);
	before = count_descriptors();
	no_list = true;
	assert_int_equal(put(&place, 8), 0);
	no_list = false;
	assert_int_equal(count_descriptors(), before);
	assert_int_equal(get(&place, 8), 0);
	place_release(&place);
}

static void without_a_home(void **state)
{
	struct place place;

	(void)state;
	place_init(&place);
	unsetenv("XDG_CACHE_HOME");
	unsetenv("HOME");
	assert_int_equal(get(&place, 7), -ENOENT);
	assert_int_equal(put(&place, 7), -ENOENT);
	setenv("XDG_CACHE_HOME", "not/absolute", 1);
	assert_int_equal(put(&place, 7), -ENOENT);
	setenv("XDG_CACHE_HOME", "/dev/null", 1);
	assert_int_equal(put(&place, 7), -ENOTDIR);
	place_release(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written_and_read),
		cmocka_unit_test(each_kernel_has_its_own),
		cmocka_unit_test(what_others_could_write_is_not_trusted),
		cmocka_unit_test(damage_is_found),
		cmocka_unit_test(what_is_hollow_is_not_kept),
		cmocka_unit_test(what_is_hollow_is_not_used),
		cmocka_unit_test(the_directory_cannot_be_listed),
		cmocka_unit_test(without_a_home),
	};

	return cmocka_run_group_tests_name("indexcache", tests, NULL, NULL);
}
