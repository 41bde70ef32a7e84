/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static void empty_reads_as_text(void **state)
{
	struct buf buf = BUF_INIT;
	char *text;

	(void)state;
	assert_string_equal(buf_str(&buf), "");
	text = buf_detach(&buf);
	assert_string_equal(text, "");
	free(text);
	buf_release(&buf);
}

static void adds_in_order(void **state)
{
	struct buf buf = BUF_INIT;

	(void)state;
	buf_addstr(&buf, "period");
	buf_addch(&buf, '=');
	buf_printf(&buf, "%d%s", 250, "ms");
	buf_add(&buf, "xyz", 1);
	buf_add(&buf, NULL, 0);
	assert_string_equal(buf_str(&buf), "period=250msx");
	assert_int_equal(buf.len, strlen("period=250msx"));
	buf_release(&buf);
	assert_null(buf.data);
}

static void keeps_nuls(void **state)
{
	struct buf buf = BUF_INIT;

	(void)state;
	buf_add(&buf, "a\0b", 3);
	assert_int_equal(buf.len, 3);
	assert_memory_equal(buf.data, "a\0b", 4);
	buf_release(&buf);
}

static void grows_far(void **state)
{
	struct buf buf = BUF_INIT;

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_addch(&buf, (char)('a' + i % 26));
	assert_int_equal(buf.len, 100000);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(buf.data[i], 'a' + i % 26);
	buf_release(&buf);
}

/* As a reader fills it: room first, then the bytes, then the length. */
static void room_is_ended_by_nul(void **state)
{
	struct buf buf = BUF_INIT;
	char *room;

	(void)state;
	buf_addstr(&buf, "ab");
	room = buf_grow(&buf, 1000);
	memset(room, 'c', 1000);
	buf.len += 3;
	assert_string_equal(buf_str(&buf), "abccc");
	room = buf_grow(&buf, 5000);
	memset(room, 'd', 5000);
	buf.len += 5000;
	assert_int_equal(strlen(buf_str(&buf)), 5005);
	buf_release(&buf);
}

static void reset_keeps_memory(void **state)
{
	struct buf buf = BUF_INIT;
	size_t size;

	(void)state;
	buf_reset(&buf);
	buf_addstr(&buf, "something");
	size = buf.size;
	buf_reset(&buf);
	assert_int_equal(buf.size, size);
	assert_string_equal(buf_str(&buf), "");
	buf_release(&buf);
}

static void detach_leaves_it_empty(void **state)
{
	struct buf buf = BUF_INIT;
	char *text;

	(void)state;
	buf_addstr(&buf, "mine");
	text = buf_detach(&buf);
	assert_string_equal(text, "mine");
	assert_null(buf.data);
	assert_int_equal(buf.len, 0);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_reads_as_text),
		cmocka_unit_test(adds_in_order),
		cmocka_unit_test(keeps_nuls),
		cmocka_unit_test(grows_far),
		cmocka_unit_test(room_is_ended_by_nul),
		cmocka_unit_test(reset_keeps_memory),
		cmocka_unit_test(detach_leaves_it_empty),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
