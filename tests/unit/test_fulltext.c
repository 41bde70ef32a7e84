/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "model/fulltext.h"
#include "model/module.h"

#define ALPHA "author=Somebody\0alias=pci:1\0license=GPL\0description=The first\0alias=pci:2\0parm=speed:how fast"
#define DELTA "depends=alpha\0firmware=delta/fw.bin\0description=\0nothing\0=empty"

static void make(struct buf *bytes, unsigned long long stamp)
{
	struct fulltext_maker maker = { .unread = 3 };

	assert_int_equal(fulltext_add(&maker, "alpha", ALPHA, sizeof(ALPHA)), 0);
	assert_int_equal(fulltext_add(&maker, "beta_two", "", 0), 0);
	assert_int_equal(fulltext_add(&maker, "delta", DELTA, sizeof(DELTA)), 0);
	fulltext_head(&maker, stamp, bytes);
	buf_add(bytes, buf_str(&maker.body), maker.body.len);
	fulltext_maker_release(&maker);
}

/* "field=value;..." of an entry. */
static void assert_entry(const struct fulltext *text, size_t entry, const char *wanted)
{
	struct buf got = BUF_INIT;
	const char *line;

	for (line = fulltext_first(text, entry); line; line = fulltext_next(line))
		buf_printf(&got, "%s=%s;", fulltext_field(line), fulltext_value(line));
	assert_string_equal(buf_str(&got), wanted);
	buf_release(&got);
}

static void what_was_made_is_read(void **state)
{
	struct fulltext text = FULLTEXT_INIT;
	struct buf bytes = BUF_INIT;

	(void)state;
	make(&bytes, 0xfedcba9876543210ULL);
	assert_int_equal(fulltext_parse(&text, &bytes), 0);
	assert_null(bytes.data);
	assert_int_equal(text.n, 3);
	assert_int_equal(text.unread, 3);
	assert_true(text.stamp == 0xfedcba9876543210ULL);
	assert_entry(&text, 0, "name=alpha;description=The first;parm=speed:how fast;alias=pci:1;"
			       "alias=pci:2;author=Somebody;");
	assert_entry(&text, 1, "name=beta_two;");
	assert_entry(&text, 2, "name=delta;firmware=delta/fw.bin;depends=alpha;");
	assert_string_equal(fulltext_value(fulltext_find(&text, 0, "alias")), "pci:1");
	assert_null(fulltext_find(&text, 1, "alias"));
	fulltext_release(&text);
	assert_int_equal(text.n, 0);
}

static int try_bytes(const void *data, size_t len)
{
	struct fulltext text = FULLTEXT_INIT;
	struct buf bytes = BUF_INIT;
	int err;

	buf_add(&bytes, data, len);
	err = fulltext_parse(&text, &bytes);
	assert_true(err == 0 || err == -EBADMSG);
	assert_true(err == 0 || (text.n == 0 && !text.entries && bytes.len == len));
	fulltext_release(&text);
	buf_release(&bytes);
	return err;
}

static void every_cut_is_damage(void **state)
{
	struct buf bytes = BUF_INIT;
	size_t len;

	(void)state;
	make(&bytes, 1);
	for (len = 0; len < bytes.len; len++)
		assert_int_equal(try_bytes(bytes.data, len), -EBADMSG);
	buf_addch(&bytes, '\0');
	assert_int_equal(try_bytes(bytes.data, bytes.len), -EBADMSG);
	buf_release(&bytes);
}

/* Damage may look like another index, but never like one that reaches outside. */
static void every_byte_may_lie(void **state)
{
	static const char lies[] = { '\0', '0', '7', '-', '\n', '\xff' };
	struct buf bytes = BUF_INIT;
	size_t i, j;

	(void)state;
	make(&bytes, 1);
	for (i = 0; i < bytes.len; i++)
		for (j = 0; j < sizeof(lies); j++) {
			char was = bytes.data[i];

			bytes.data[i] = lies[j];
			try_bytes(bytes.data, bytes.len);
			bytes.data[i] = was;
		}
	buf_release(&bytes);
}

static const struct { const char *body; size_t len; int err; } bodies[] = {
#define BODY(text, err) { text, sizeof(text) - 1, err }
	BODY("", 0), BODY("0a\0\0", 0), BODY("0a\0001x\0\0000b\0\0", 0),
	BODY("0b\0\0000a\0\0", -EBADMSG),	/* not by name */
	BODY("0a\0\0000a\0\0", -EBADMSG),	/* twice */
	BODY("0a-b\0\0", -EBADMSG), BODY("0a/b\0\0", -EBADMSG), BODY("0\0\0", -EBADMSG),
	BODY("1a\0\0", -EBADMSG),		/* no name */
	BODY("0a\0000b\0\0", -EBADMSG),		/* two names */
	BODY("0a\0007x\0\0", -EBADMSG), BODY("0a\0/x\0\0", -EBADMSG), BODY("0a\0001x\0", -EBADMSG),
	BODY("\0", -EBADMSG),
};

static void bodies_are_checked(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bodies); i++) {
		struct fulltext_maker maker = { 0 };
		struct buf bytes = BUF_INIT;

		buf_add(&maker.body, bodies[i].body, bodies[i].len);
		fulltext_head(&maker, 1, &bytes);
		buf_add(&bytes, buf_str(&maker.body), maker.body.len);
		if (try_bytes(bytes.data, bytes.len) != bodies[i].err)
			fail_msg("body %zu", i);
		fulltext_maker_release(&maker);
		buf_release(&bytes);
	}
}

/* However much a module says, the index stays small enough to be read back. */
static void much_is_cut(void **state)
{
	struct fulltext_maker maker = { 0 };
	struct fulltext text = FULLTEXT_INIT;
	struct buf strings = BUF_INIT, bytes = BUF_INIT;
	char name[16];
	int i;

	(void)state;
	buf_addstr(&strings, "description=");
	for (i = 0; i < 2 * FULLTEXT_VALUE_MAX; i++)
		buf_addch(&strings, 'x');
	for (i = 0; i < 100000; i++) {
		buf_addch(&strings, '\0');
		buf_addstr(&strings, "alias=usb:v1234p5678d*");
	}
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "m%03d", i);
		if (fulltext_add(&maker, name, buf_str(&strings), strings.len + 1))
			break;
	}
	assert_in_range(i, 30, 999);
	fulltext_head(&maker, 1, &bytes);
	buf_add(&bytes, buf_str(&maker.body), maker.body.len);
	assert_true(bytes.len <= FULLTEXT_MAX);
	assert_int_equal(fulltext_parse(&text, &bytes), 0);
	assert_int_equal(text.n, i);
	assert_int_equal(strlen(fulltext_value(fulltext_find(&text, 0, "description"))), FULLTEXT_VALUE_MAX);
	fulltext_release(&text);
	fulltext_maker_release(&maker);
	buf_release(&strings);
}

static void rows_learn_their_entry(void **state)
{
	static const char *const names[] = { "aaa", "alpha", "beta_two", "charlie", "delta", "zulu" };
	static const size_t entries[] = { 0, 1, 2, 0, 3, 0 };
	struct fulltext text = FULLTEXT_INIT;
	struct modlist list = MODLIST_INIT;
	struct modtable table = { 0 };
	struct buf bytes = BUF_INIT;
	size_t i;

	(void)state;
	make(&bytes, 1);
	assert_int_equal(fulltext_parse(&text, &bytes), 0);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		modlist_push(&list, names[i], strlen(names[i]))->indexed = true;
	modtable_update(&table, MODTABLE_INDEX, &list, 0, NULL);
	table.rows[1]->description = xstrdup("The old one");
	table.rows[5]->description = xstrdup("Not of the index");
	table.rows[5]->entry = 7;
	fulltext_attach(&text, &table);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		assert_int_equal(table.rows[i]->entry, entries[i]);
	assert_null(table.rows[0]->description);
	assert_string_equal(table.rows[1]->description, "The first");
	assert_string_equal(table.rows[2]->description, "");
	assert_string_equal(table.rows[5]->description, "Not of the index");
	fulltext_release(&text);
	fulltext_attach(&text, &table);
	assert_int_equal(table.rows[1]->entry, 0);
	modtable_release(&table);
	modlist_release(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_made_is_read),
		cmocka_unit_test(every_cut_is_damage),
		cmocka_unit_test(every_byte_may_lie),
		cmocka_unit_test(bodies_are_checked),
		cmocka_unit_test(much_is_cut),
		cmocka_unit_test(rows_learn_their_entry),
	};

	return cmocka_run_group_tests_name("fulltext", tests, NULL, NULL);
}
