/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/utf8.h"
#include "base/util.h"

/* The edges of each length. */
static const struct {
	unsigned ch;
	const char *bytes;
} edges[] = {
	{ 0x01, "\x01" },		{ 0x7f, "\x7f" },
	{ 0x80, "\xc2\x80" },		{ 0x7ff, "\xdf\xbf" },
	{ 0x800, "\xe0\xa0\x80" },	{ 0xd7ff, "\xed\x9f\xbf" },
	{ 0xe000, "\xee\x80\x80" },	{ 0xffff, "\xef\xbf\xbf" },
	{ 0x10000, "\xf0\x90\x80\x80" },	{ 0x10ffff, "\xf4\x8f\xbf\xbf" },
};

static void edges_both_ways(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(edges); i++) {
		size_t len = strlen(edges[i].bytes);
		unsigned ch = 0;
		char out[4];

		assert_int_equal(utf8_decode(edges[i].bytes, len, &ch), len);
		assert_int_equal(ch, edges[i].ch);
		assert_int_equal(utf8_encode(edges[i].ch, out), len);
		assert_memory_equal(out, edges[i].bytes, len);
	}
}

static void every_character_comes_back(void **state)
{
	unsigned ch, back;
	char out[4];
	size_t n;

	(void)state;
	for (ch = 0; ch <= 0x110000; ch++) {
		n = utf8_encode(ch, out);
		if ((ch >= 0xd800 && ch < 0xe000) || ch > 0x10ffff) {
			assert_int_equal(n, 0);
			continue;
		}
		back = ~ch;
		assert_int_equal(utf8_decode(out, n, &back), n);
		assert_int_equal(back, ch);
		/* One byte short it is no character any more. */
		assert_int_equal(utf8_decode(out, n - 1, &back), 0);
	}
	assert_int_equal(utf8_encode(~0u, out), 0);
}

static void refuses_what_is_no_utf8(void **state)
{
	static const char *const wrong[] = {
		"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf",
		"\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
		"\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xf8\x88\x80\x80\x80", "\xfe", "\xff",
		"\xc2", "\xc2 ", "\xe2\x82", "\xe2\x82 ", "\xe2 \x82", "\xf0\x9f\x98", "\xf0\x9f\x98 ",
	};
	unsigned ch = 7;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		assert_int_equal(utf8_decode(wrong[i], strlen(wrong[i]), &ch), 0);
		assert_int_equal(ch, 7);
	}
	assert_int_equal(utf8_decode("a", 0, &ch), 0);
}

static void a_nul_is_a_character(void **state)
{
	unsigned ch = 7;

	(void)state;
	assert_int_equal(utf8_decode("\0a", 2, &ch), 1);
	assert_int_equal(ch, 0);
}

static void back_goes_by_characters(void **state)
{
	const char *text = "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80";

	(void)state;
	assert_int_equal(utf8_back(text, 10), 6);
	assert_int_equal(utf8_back(text, 6), 3);
	assert_int_equal(utf8_back(text, 3), 1);
	assert_int_equal(utf8_back(text, 1), 0);
	assert_int_equal(utf8_back(text, 0), 0);
	/* Continuation bytes alone end at the start, too. */
	assert_int_equal(utf8_back("\x80\x80\x80", 3), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edges_both_ways),
		cmocka_unit_test(every_character_comes_back),
		cmocka_unit_test(refuses_what_is_no_utf8),
		cmocka_unit_test(a_nul_is_a_character),
		cmocka_unit_test(back_goes_by_characters),
	};

	return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
