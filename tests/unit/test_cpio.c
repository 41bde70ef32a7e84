/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/util.h"
#include "kernel/cpio.h"

/* What was seen: "NAME:BYTES;" for each wanted file, "NAME;" for the others. */
static struct buf seen;

static bool entry(void *data, const char *name, uint32_t size)
{
	bool wanted = !strncmp(name, "etc/", 4);

	(void)data;
	buf_printf(&seen, wanted ? ";%s(%u):" : ";%s", name, size);
	return wanted;
}

static void entry_bytes(void *data, const unsigned char *bytes, size_t n)
{
	(void)data;
	buf_add(&seen, bytes, n);
}

static const struct cpio_reader reader = { entry, entry_bytes, NULL };

static void align(struct buf *out)
{
	while (out->len % 4)
		buf_addch(out, '\0');
}

static void add(struct buf *out, const char *name, const char *text)
{
	buf_printf(out, "070701%08X%08X%08X%08X%08X%08X%08zX%08X%08X%08X%08X%08zX%08X", 1, 0100644, 0, 0, 1, 0,
		   strlen(text), 0, 0, 0, 0, strlen(name) + 1, 0);
	buf_add(out, name, strlen(name) + 1);
	align(out);
	buf_addstr(out, text);
	align(out);
}

/* Two archives, with zeros between them. */
static void make(struct buf *out)
{
	add(out, "early", "123");
	add(out, "TRAILER!!!", "");
	buf_add(out, (const char[512]){ 0 }, 512);
	add(out, ".", "");
	add(out, "etc/a", "12345");
	add(out, "etc/empty", "");
	add(out, "lib/b.ko", "1234");
	add(out, "TRAILER!!!", "");
}

static const char all[] = ";early;.;etc/a(5):12345;etc/empty(0):;lib/b.ko";

/* Fed in pieces of @step bytes; *at is where it stopped. */
static int feed(struct cpio *cpio, const struct buf *bytes, size_t step, size_t *at)
{
	size_t used;
	int err = 0;

	buf_reset(&seen);
	cpio_init(cpio, &reader);
	for (*at = 0; *at < bytes->len && !err; *at += used)
		err = cpio_feed(cpio, (const unsigned char *)bytes->data + *at, MIN(step, bytes->len - *at),
				&used);
	return err;
}

static void in_pieces(void **state)
{
	struct buf bytes = BUF_INIT;
	struct cpio cpio;
	size_t step, at;

	(void)state;
	make(&bytes);
	for (step = 1; step <= bytes.len; step++) {
		assert_int_equal(feed(&cpio, &bytes, step, &at), 0);
		assert_true(cpio_complete(&cpio));
		assert_string_equal(buf_str(&seen), all);
	}
	buf_release(&bytes);
}

static void something_else_behind(void **state)
{
	struct buf bytes = BUF_INIT;
	struct cpio cpio;
	size_t at, end;

	(void)state;
	make(&bytes);
	end = bytes.len;
	buf_addstr(&bytes, "\037\213");
	assert_int_equal(feed(&cpio, &bytes, 7, &at), 1);
	assert_int_equal(at, end);
	assert_true(cpio_complete(&cpio));
	buf_reset(&bytes);
	buf_addstr(&bytes, "\375" "7zXZ");
	assert_int_equal(feed(&cpio, &bytes, 7, &at), 1);
	assert_int_equal(at, 0);
	assert_false(cpio_complete(&cpio));
	buf_release(&bytes);
}

/* An end anywhere but behind an archive is none. */
static void cut_off(void **state)
{
	struct buf bytes = BUF_INIT, part;
	struct cpio cpio;
	size_t at, first = 0;

	(void)state;
	make(&bytes);
	for (part = bytes, part.len = 0; part.len < bytes.len; part.len++) {
		assert_int_equal(feed(&cpio, &part, 64, &at), 0);
		if (cpio_complete(&cpio) && !first)
			first = part.len;
	}
	/* 112 bytes and "early", 4 of file; the head and the name of the trailer. */
	assert_int_equal(first, 116 + 4 + 124);
	assert_false(cpio_complete(&cpio));
	buf_release(&bytes);
}

static int with(size_t offset, const char *text)
{
	struct buf bytes = BUF_INIT;
	struct cpio cpio;
	size_t at;
	int err;

	make(&bytes);
	memcpy(bytes.data + offset, text, strlen(text));
	err = feed(&cpio, &bytes, 64, &at);
	buf_release(&bytes);
	return err;
}

static void damaged(void **state)
{
	(void)state;
	assert_int_equal(with(0, "070701"), 0);
	assert_int_equal(with(0, "070702"), 0);
	assert_int_equal(with(0, "070707"), -EBADMSG);
	assert_int_equal(with(54, "0000000g"), -EBADMSG);	/* size of the file */
	assert_int_equal(with(54, "-0000001"), -EBADMSG);
	assert_int_equal(with(94, "00000000"), -EBADMSG);	/* length of the name */
	assert_int_equal(with(94, "00000401"), -EBADMSG);
	assert_int_equal(with(94, "FFFFFFFF"), -EBADMSG);
	assert_int_equal(with(110, "early/early"), -EBADMSG);	/* no NUL, and then no head */
	/* Behind a file comes a head, and nothing else. */
	assert_int_equal(with(120, "\001"), -EBADMSG);
}

static void too_many(void **state)
{
	struct buf bytes = BUF_INIT;
	struct cpio cpio;
	size_t i, used;
	int err = 0;

	(void)state;
	add(&bytes, "x", "");
	cpio_init(&cpio, &reader);
	for (i = 0; !err && i <= CPIO_ENTRIES_MAX; i++)
		err = cpio_feed(&cpio, (const unsigned char *)bytes.data, bytes.len, &used);
	assert_int_equal(err, -E2BIG);
	assert_int_equal(i, CPIO_ENTRIES_MAX + 1);
	buf_release(&bytes);
}

static int release(void **state)
{
	(void)state;
	buf_release(&seen);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_pieces),
		cmocka_unit_test(something_else_behind),
		cmocka_unit_test(cut_off),
		cmocka_unit_test(damaged),
		cmocka_unit_test(too_many),
	};

	return cmocka_run_group_tests_name("cpio", tests, NULL, release);
}
