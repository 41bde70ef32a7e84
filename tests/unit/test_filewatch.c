/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <elf.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/filewatch.h"

#define SECTIONS 3

/* The frame of a module: a header, @fill bytes, and the table of sections at the end. */
struct frame {
	Elf64_Ehdr header;
	char fill[64];
	Elf64_Shdr table[SECTIONS];
};

static struct frame frame_of(char fill)
{
	struct frame frame = { .header = {
		.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB },
		.e_shoff = offsetof(struct frame, table), .e_shentsize = sizeof(Elf64_Shdr), .e_shnum = SECTIONS,
	} };

	memset(frame.fill, fill, sizeof(frame.fill));
	return frame;
}

static void tells_whole_from_pieces(void **state)
{
	struct frame frame = frame_of('a');
	size_t len;

	(void)state;
	assert_true(filewatch_whole("x.ko", &frame, sizeof(frame)));
	for (len = 0; len < sizeof(frame); len++)
		assert_false(filewatch_whole("x.ko", &frame, len));
	/* Only the name tells that it is compressed. */
	assert_true(filewatch_whole("x.ko.xz", "\xfd" "7zXZ", 5));
	assert_false(filewatch_whole("x.ko", "\xfd" "7zXZ", 5));
	assert_false(filewatch_whole("x.ko.xz", "", 0));
	frame.header.e_shoff = UINT64_MAX - 8;
	assert_false(filewatch_whole("x.ko", &frame, sizeof(frame)));
}

static void put(const char *path, const struct frame *frame, size_t len)
{
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	assert_int_equal(fwrite(frame, 1, len, file), len);
	fclose(file);
}

/* What it says when it has nothing more to wait for. */
static enum filewatch_news news_of(struct filewatch *watch)
{
	struct pollfd poll_fd = { .fd = watch->fd, .events = POLLIN };
	enum filewatch_news news = filewatch_read(watch);

	while (news == FILEWATCH_NONE && filewatch_wait(watch) >= 0) {
		poll(&poll_fd, 1, filewatch_wait(watch));
		news = filewatch_read(watch);
	}
	return news;
}

static void sees_what_is_new(void **state)
{
	struct frame a = frame_of('a'), b = frame_of('b'), c = frame_of('c');
	char dir[] = "/tmp/kmodtui-test.XXXXXX", path[64], other[64];
	struct filewatch watch;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/x.ko", dir);
	snprintf(other, sizeof(other), "%s/y.ko", dir);
	assert_int_equal(filewatch_open(&watch, path), -ENOENT);
	put(path, &a, sizeof(a));
	assert_int_equal(filewatch_open(&watch, path), 0);
	assert_int_equal(news_of(&watch), FILEWATCH_NONE);
	put(other, &b, sizeof(b));
	assert_int_equal(news_of(&watch), FILEWATCH_NONE);
	assert_int_equal(rename(other, path), 0);
	assert_int_equal(news_of(&watch), FILEWATCH_NEW);
	put(path, &b, sizeof(b));
	assert_int_equal(news_of(&watch), FILEWATCH_NONE);
	put(path, &c, sizeof(c));
	assert_int_equal(news_of(&watch), FILEWATCH_NEW);
	put(path, &a, sizeof(a) / 2);
	assert_int_equal(news_of(&watch), FILEWATCH_BROKEN);
	put(path, &a, sizeof(a));
	assert_int_equal(news_of(&watch), FILEWATCH_NEW);
	unlink(path);
	assert_int_equal(news_of(&watch), FILEWATCH_NONE);
	filewatch_close(&watch);
	rmdir(dir);
}

/* A build directory that is removed and made again is the same for whoever watches; so is one that is renamed over. */
static void follows_a_directory_made_again(void **state)
{
	struct frame a = frame_of('a'), b = frame_of('b'), c = frame_of('c');
	char top[] = "/tmp/kmodtui-test.XXXXXX", dir[64], old[64], path[128];
	struct filewatch watch;

	(void)state;
	assert_non_null(mkdtemp(top));
	snprintf(dir, sizeof(dir), "%s/build", top);
	snprintf(old, sizeof(old), "%s/old", top);
	snprintf(path, sizeof(path), "%s/x.ko", dir);
	assert_int_equal(mkdir(dir, 0755), 0);
	put(path, &a, sizeof(a));
	assert_int_equal(filewatch_open(&watch, path), 0);
	/* All of it before anybody looks. */
	unlink(path);
	rmdir(dir);
	mkdir(dir, 0755);
	put(path, &b, sizeof(b));
	assert_int_equal(news_of(&watch), FILEWATCH_NEW);
	/* Step by step: the one that is gone is no broken build. */
	unlink(path);
	rmdir(dir);
	assert_int_equal(news_of(&watch), FILEWATCH_NONE);
	mkdir(dir, 0755);
	assert_int_equal(news_of(&watch), FILEWATCH_NONE);
	put(path, &c, sizeof(c));
	assert_int_equal(news_of(&watch), FILEWATCH_NEW);
	assert_int_equal(rename(dir, old), 0);
	assert_int_equal(news_of(&watch), FILEWATCH_NONE);
	mkdir(dir, 0755);
	put(path, &a, sizeof(a));
	assert_int_equal(news_of(&watch), FILEWATCH_NEW);
	put(path, &b, sizeof(b));
	assert_int_equal(news_of(&watch), FILEWATCH_NEW);
	filewatch_close(&watch);
	unlink(path);
	rmdir(dir);
	snprintf(path, sizeof(path), "%s/x.ko", old);
	unlink(path);
	rmdir(old);
	rmdir(top);
}

/* What is no file is not opened: a pipe would wait for a writer, a device may do something. */
static void never_waits_for_a_pipe(void **state)
{
	char dir[] = "/tmp/kmodtui-test.XXXXXX", path[128];
	struct frame a = frame_of('a');
	struct filewatch watch;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/x.ko", dir);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(filewatch_open(&watch, path), -EINVAL);
	assert_int_equal(filewatch_open(&watch, "/dev/null"), -EINVAL);
	assert_int_equal(filewatch_open(&watch, dir), -EISDIR);
	/* Nor when one takes the place of the file later. */
	unlink(path);
	put(path, &a, sizeof(a));
	assert_int_equal(filewatch_open(&watch, path), 0);
	snprintf(path, sizeof(path), "%s/pipe", dir);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(rename(path, watch.path), 0);
	assert_int_equal(news_of(&watch), FILEWATCH_BROKEN);
	unlink(watch.path);
	filewatch_close(&watch);
	rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_whole_from_pieces),
		cmocka_unit_test(sees_what_is_new),
		cmocka_unit_test(follows_a_directory_made_again),
		cmocka_unit_test(never_waits_for_a_pipe),
	};

	/* One that waits for a pipe would wait for ever. */
	alarm(120);

	return cmocka_run_group_tests_name("filewatch", tests, NULL, NULL);
}
