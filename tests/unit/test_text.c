/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/util.h"

struct example {
	const char *from;
	size_t len;
	const char *to;
};

#define EXAMPLE(from, to) { from, sizeof(from) - 1, to }

static void check_examples(const struct example *examples, size_t n)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		buf_reset(&out);
		text_escape(&out, examples[i].from, examples[i].len);
		assert_string_equal(buf_str(&out), examples[i].to);
	}
	buf_release(&out);
}

static int utf8_on(void **state)
{
	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		return -1;
	text_set_utf8(true);
	return 0;
}

static int utf8_off(void **state)
{
	(void)state;
	setlocale(LC_CTYPE, "C");
	text_set_utf8(false);
	return 0;
}

static void ascii(void **state)
{
	static const struct example examples[] = {
		EXAMPLE("", ""), EXAMPLE("plain text\\x41", "plain text\\x41"),
		EXAMPLE("a\0b", "a\\x00b"),
		EXAMPLE("\n\t\r\x1b[31m\x7f", "\\x0a\\x09\\x0d\\x1b[31m\\x7f"),
	};

	(void)state;
	check_examples(examples, ARRAY_SIZE(examples));
	utf8_off(NULL);
	check_examples(examples, ARRAY_SIZE(examples));
	utf8_on(NULL);
}

static void not_utf8(void **state)
{
	static const struct example examples[] = {
		EXAMPLE("\x80", "\\x80"), EXAMPLE("a\xff" "b", "a\\xffb"),
		EXAMPLE("\xc3", "\\xc3"), EXAMPLE("\xc3(", "\\xc3("),
		EXAMPLE("\xe2\x82", "\\xe2\\x82"),
		EXAMPLE("\xc0\xaf", "\\xc0\\xaf"),				/* overlong */
		EXAMPLE("\xe0\x80\xaf", "\\xe0\\x80\\xaf"),
		EXAMPLE("\xf0\x80\x80\xaf", "\\xf0\\x80\\x80\\xaf"),
		EXAMPLE("\xed\xa0\x80", "\\xed\\xa0\\x80"),			/* surrogate */
		EXAMPLE("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"),		/* above U+10FFFF */
		EXAMPLE("\xf8\x88\x80\x80\x80", "\\xf8\\x88\\x80\\x80\\x80"),
	};

	(void)state;
	check_examples(examples, ARRAY_SIZE(examples));
}

static void characters(void **state)
{
	static const struct example examples[] = {
		EXAMPLE("Grüße", "Grüße"), EXAMPLE("日本", "日本"),
		EXAMPLE("●⊘", "●⊘"),
		EXAMPLE("e\u0301", "e\u0301"), EXAMPLE("e\u0301\u0323", "e\u0301\u0323"),
		EXAMPLE("\u0301x", "\\u{0301}x"),		/* nothing to stand on */
		EXAMPLE("\x1b\u0301", "\\x1b\\u{0301}"),
		EXAMPLE("\xc2\x85", "\\u{0085}"), EXAMPLE("\xc2\x9b" "31m", "\\u{009B}31m"),
		EXAMPLE("a\u202eb", "a\\u{202E}b"), EXAMPLE("\u200e\u200f", "\\u{200E}\\u{200F}"),
		EXAMPLE("\u2066\u2069", "\\u{2066}\\u{2069}"), EXAMPLE("\u061c", "\\u{061C}"),
		EXAMPLE("a\u200bb\u200c\u200d", "a\\u{200B}b\\u{200C}\\u{200D}"),
		EXAMPLE("\u2060\ufeff", "\\u{2060}\\u{FEFF}"),
		EXAMPLE("\u2028\u2029", "\\u{2028}\\u{2029}"),
		EXAMPLE("\u0378", "\\u{0378}"),			/* unassigned */
		EXAMPLE("\U0010ffff", "\\u{10FFFF}"), EXAMPLE("\U000e0041", "\\u{E0041}"),
		EXAMPLE("\u00ad\ufe0f", "\\u{00AD}\\u{FE0F}"),
	};

	(void)state;
	check_examples(examples, ARRAY_SIZE(examples));
}

/* Behind a letter too, where a combining character would be let through. */
static void hidden_characters(void **state)
{
	static const struct { wchar_t first, last; } ranges[] = {
		{ 0x80, 0x9f }, { 0x61c, 0x61c }, { 0x200b, 0x200f }, { 0x2028, 0x202e },
		{ 0x2060, 0x2064 }, { 0x2066, 0x2069 }, { 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff },
		{ 0xe0020, 0xe007f },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++) {
		for (wchar_t c = ranges[i].first; c <= ranges[i].last; c++) {
			char bytes[1 + MB_LEN_MAX] = "a", want[16];
			mbstate_t shift = { 0 };
			size_t n = wcrtomb(bytes + 1, c, &shift);
			const struct example example = { bytes, n + 1, want };

			snprintf(want, sizeof(want), "a\\u{%04X}", (unsigned)c);
			check_examples(&example, 1);
		}
	}
}

static void without_utf8(void **state)
{
	static const struct example examples[] = {
		EXAMPLE("é", "\\xc3\\xa9"), EXAMPLE("\u202e", "\\xe2\\x80\\xae"),
		EXAMPLE("\xff", "\\xff"),
		EXAMPLE("\xc2\x9b", "\\xc2\\x9b"),
	};

	(void)state;
	assert_true(text_utf8());
	utf8_off(NULL);
	assert_false(text_utf8());
	check_examples(examples, ARRAY_SIZE(examples));
	assert_int_equal(text_width("plain"), 5);
	utf8_on(NULL);
}

/* The C library's own decoder is the judge: everything printable, no control, nothing half. */
static void check_printable(const char *s, bool ascii_only)
{
	mbstate_t shift = { 0 };
	size_t len = strlen(s);

	while (len) {
		wchar_t c;
		size_t n = mbrtowc(&c, s, len, &shift);

		assert_true(n > 0 && n <= len);
		assert_true(iswprint((wint_t)c) && wcwidth(c) >= 0);
		assert_true(!ascii_only || c < 0x80);
		s += n;
		len -= n;
	}
}

static void check_bytes(const char *bytes, size_t n, bool ascii_only)
{
	struct buf out = BUF_INIT;

	text_escape(&out, bytes, n);
	check_printable(buf_str(&out), ascii_only);
	assert_int_equal(out.len, strlen(buf_str(&out)));
	assert_int_equal(text_cut(buf_str(&out), INT_MAX), out.len);
	buf_release(&out);
}

static void all_pairs(bool ascii_only)
{
	for (int a = 0; a < 256; a++) {
		for (int b = 0; b < 256; b++) {
			const char bytes[] = { (char)a, (char)b };

			check_bytes(bytes, 1, ascii_only);
			check_bytes(bytes, 2, ascii_only);
		}
	}
}

static void every_pair_is_printable(void **state)
{
	(void)state;
	all_pairs(false);
	text_set_utf8(false);
	all_pairs(true);
	utf8_off(NULL);
	all_pairs(true);
	utf8_on(NULL);
}

/* Every character there is, alone and behind a letter. */
static void every_character_is_printable(void **state)
{
	(void)state;
	for (wchar_t c = 0; c < 0x110000; c++) {
		char bytes[1 + MB_LEN_MAX] = "a";
		mbstate_t shift = { 0 };
		size_t n = wcrtomb(bytes + 1, c, &shift);

		if (n == (size_t)-1)
			continue;
		check_bytes(bytes, n + 1, false);
		check_bytes(bytes + 1, n, false);
	}
}

static void safe_copies(void **state)
{
	char *text = text_safe(NULL);

	(void)state;
	assert_string_equal(text, "");
	free(text);
	text = text_safe("a\nb");
	assert_string_equal(text, "a\\x0ab");
	free(text);
}

static void widths(void **state)
{
	(void)state;
	assert_int_equal(text_width(""), 0);
	assert_int_equal(text_width("abc"), 3);
	assert_int_equal(text_width("Grüße"), 5);
	assert_int_equal(text_width("日本"), 4);
	assert_int_equal(text_width("e\u0301"), 1);
}

static void cuts(void **state)
{
	static const struct { const char *text; int columns; const char *left; } cases[] = {
		{ "abc", 2, "ab" }, { "abc", 3, "abc" }, { "abc", 9, "abc" }, { "abc", 0, "" },
		{ "abc", -1, "" }, { "", 5, "" }, { "日本", 1, "" }, { "日本", 2, "日" },
		{ "日本", 3, "日" }, { "日本", 4, "日本" }, { "e\u0301x", 1, "e\u0301" },
		{ "e\u0301x", 0, "" }, { "e\u0301\u0323x", 2, "e\u0301\u0323x" }, { "üx", 1, "ü" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(text_cut(cases[i].text, cases[i].columns), strlen(cases[i].left));
}

static void sizes(void **state)
{
	static const struct { long long bytes; const char *text; } cases[] = {
		{ 0, "0" }, { 1, "1" }, { 512, "512" }, { 1023, "1023" }, { 1024, "1.0K" },
		{ 1100, "1.1K" }, { 10137, "9.9K" }, { 10200, "10K" }, { 16384, "16K" },
		{ 20480, "20K" },
		{ 163840, "160K" }, { 1048063, "1023K" }, { 1048064, "1.0M" }, { 1048575, "1.0M" },
		{ 1146880, "1.1M" }, { 4404019, "4.2M" }, { 1073741824, "1.0G" },
		{ LLONG_MAX, "8.0E" }, { -1, "-" },
	};
	char out[16];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(text_size(out, cases[i].bytes), cases[i].text);
	for (long long bytes = 1; bytes > 0 && bytes < LLONG_MAX / 3; bytes = bytes * 3 + 1)
		assert_true(strlen(text_size(out, bytes)) <= 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ascii),
		cmocka_unit_test(not_utf8),
		cmocka_unit_test(characters),
		cmocka_unit_test(hidden_characters),
		cmocka_unit_test(without_utf8),
		cmocka_unit_test(every_pair_is_printable),
		cmocka_unit_test(every_character_is_printable),
		cmocka_unit_test(safe_copies),
		cmocka_unit_test(widths),
		cmocka_unit_test(cuts),
		cmocka_unit_test(sizes),
	};

	return cmocka_run_group_tests_name("text", tests, utf8_on, utf8_off);
}
