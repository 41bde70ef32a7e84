/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "base/parse.h"
#include "base/util.h"

static void signed_numbers(void **state)
{
	static const struct { const char *text; int error; long long value; } cases[] = {
		{ "0", 0, 0 }, { "-0", 0, 0 }, { "+7", 0, 7 }, { "-7", 0, -7 }, { "250", 0, 250 },
		{ "0x10", 0, 16 }, { "0XfF", 0, 255 }, { "-0x10", 0, -16 }, { "010", 0, 8 },
		{ "9223372036854775807", 0, LLONG_MAX }, { "-9223372036854775808", 0, LLONG_MIN },
		{ "9223372036854775808", -ERANGE, 0 }, { "-9223372036854775809", -ERANGE, 0 },
		{ "18446744073709551616", -ERANGE, 0 }, { "99999999999999999999999", -ERANGE, 0 },
		{ "", -EINVAL, 0 }, { "-", -EINVAL, 0 }, { "+", -EINVAL, 0 }, { "+-5", -EINVAL, 0 },
		{ "--5", -EINVAL, 0 }, { " 5", -EINVAL, 0 }, { "5 ", -EINVAL, 0 },
		{ "5\n", -EINVAL, 0 },
		{ "5a", -EINVAL, 0 }, { "0x", -EINVAL, 0 }, { "0xg", -EINVAL, 0 },
		{ "08", -EINVAL, 0 },
		{ "ff", -EINVAL, 0 }, { "1.5", -EINVAL, 0 }, { "1e3", -EINVAL, 0 },
		{ "99999999999999999999999x", -EINVAL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		long long value = 4711;

		assert_int_equal(parse_signed(cases[i].text, &value), cases[i].error);
		assert_true(value == (cases[i].error ? 4711 : cases[i].value));
	}
}

static void unsigned_numbers(void **state)
{
	static const struct { const char *text; int error; unsigned long long value; } cases[] = {
		{ "0", 0, 0 }, { "+1", 0, 1 }, { "00", 0, 0 }, { "017", 0, 15 },
		{ "0xdead", 0, 0xdead },
		{ "18446744073709551615", 0, ULLONG_MAX }, { "0xffffffffffffffff", 0, ULLONG_MAX },
		{ "18446744073709551616", -ERANGE, 0 }, { "0x10000000000000000", -ERANGE, 0 },
		{ "-1", -EINVAL, 0 }, { "-0", -EINVAL, 0 }, { "++1", -EINVAL, 0 },
		{ "", -EINVAL, 0 },
		{ "1 ", -EINVAL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		unsigned long long value = 4711;

		assert_int_equal(parse_unsigned(cases[i].text, &value), cases[i].error);
		assert_true(value == (cases[i].error ? 4711 : cases[i].value));
	}
}

/* A 0 in front is what people put there, not another base. */
static void decimal_numbers(void **state)
{
	static const struct { const char *text; int error; unsigned long long value; } cases[] = {
		{ "0", 0, 0 }, { "10", 0, 10 }, { "010", 0, 10 }, { "0009", 0, 9 },
		{ "18446744073709551615", 0, ULLONG_MAX }, { "18446744073709551616", -ERANGE, 0 },
		{ "0x10", -EINVAL, 0 }, { "+1", -EINVAL, 0 }, { "-1", -EINVAL, 0 }, { "", -EINVAL, 0 },
		{ "1s", -EINVAL, 0 }, { " 1", -EINVAL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		unsigned long long value = 4711;

		assert_int_equal(parse_decimal(cases[i].text, &value), cases[i].error);
		assert_true(value == (cases[i].error ? 4711 : cases[i].value));
	}
}

static void octal_bytes(void **state)
{
	static const struct { const char *from, *to; } cases[] = {
		{ "", "" }, { "plain", "plain" }, { "a\\040b", "a b" }, { "\\134\\011", "\\\t" },
		{ "end\\04", "end\\04" }, { "\\400", "\\400" }, { "\\08x", "\\08x" }, { "\\377", "\377" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char text[32];

		strcpy(text, cases[i].from);
		text[parse_unescape_octal(text, strlen(text))] = '\0';
		assert_string_equal(text, cases[i].to);
	}
}

static int digits(const char *s, uint64_t *out)
{
	return parse_digits(s, s + strlen(s), out);
}

static void plain_digits(void **state)
{
	const char *text = "6,1234,5";
	uint64_t value = 4711;

	(void)state;
	assert_int_equal(parse_digits(text + 2, text + 6, &value), 0);
	assert_int_equal(value, 1234);
	assert_int_equal(digits("007", &value), 0);
	assert_int_equal(value, 7);
	assert_int_equal(digits("18446744073709551615", &value), 0);
	assert_true(value == UINT64_MAX);
	assert_int_equal(digits("18446744073709551616", &value), -ERANGE);
	assert_int_equal(digits("", &value), -EINVAL);
	assert_int_equal(digits("0x1", &value), -EINVAL);
	assert_int_equal(digits("+1", &value), -EINVAL);
	assert_int_equal(digits("1-", &value), -EINVAL);
	assert_true(value == UINT64_MAX);
}

static void bool_words(void **state)
{
	static const char *const yes[] = { "1", "y", "Yes", "t", "True", "on", "On", "oN", "ON" };
	static const char *const no[] = { "0", "n", "No", "f", "False", "off", "Off", "OFF" };
	static const char *const neither[] = { "", "2", "enable", "o", "o ", " 1", "\n" };
	bool value;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(yes); i++) {
		value = false;
		assert_int_equal(parse_bool(yes[i], &value), 0);
		assert_true(value);
	}
	for (size_t i = 0; i < ARRAY_SIZE(no); i++) {
		value = true;
		assert_int_equal(parse_bool(no[i], &value), 0);
		assert_false(value);
	}
	for (size_t i = 0; i < ARRAY_SIZE(neither); i++) {
		assert_int_equal(parse_bool(neither[i], &value), -EINVAL);
		assert_false(value);
	}
}

static void unescapes(void **state)
{
	static const struct { const char *from, *to; size_t len; } cases[] = {
		{ "", "", 0 }, { "plain", "plain", 5 }, { "a\\x0ab", "a\nb", 3 },
		{ "\\xC3\\xa9", "\xc3\xa9", 2 }, { "\\x5cx41", "\\x41", 4 }, { "\\x00", "\0", 1 },
		{ "\\x4", "\\x4", 3 }, { "\\xg1", "\\xg1", 4 }, { "\\", "\\", 1 },
		{ "\\n", "\\n", 2 },
		{ "\\\\x41", "\\A", 2 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char text[32];

		strcpy(text, cases[i].from);
		assert_int_equal(parse_unescape(text, strlen(text)), cases[i].len);
		assert_memory_equal(text, cases[i].to, cases[i].len);
	}
}

static void tokens(void **state)
{
	static const char text[] = "  one\ttwo  t\0ree ";
	static const struct { const char *token; size_t len; } want[] = {
		{ "one", 3 }, { "two", 3 }, { "t\0ree", 5 },
	};
	const char *pos = text, *end = text + sizeof(text) - 1, *token;
	size_t len;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		assert_true(parse_token(&pos, end, " \t", &token, &len));
		assert_int_equal(len, want[i].len);
		assert_memory_equal(token, want[i].token, len);
	}
	assert_false(parse_token(&pos, end, " \t", &token, &len));
	assert_ptr_equal(pos, end);
	assert_false(parse_token(&pos, end, " \t", &token, &len));
	pos = text;
	assert_false(parse_token(&pos, text, " \t", &token, &len));
}

static void lines(void **state)
{
	static const char text[] = "a\n\nb\0c\nlast";
	static const size_t want[] = { 1, 0, 3, 4 };
	const char *pos = text, *end = text + sizeof(text) - 1, *line;
	size_t len;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		assert_true(parse_line(&pos, end, &line, &len));
		assert_int_equal(len, want[i]);
	}
	assert_memory_equal(line, "last", 4);
	assert_false(parse_line(&pos, end, &line, &len));
	pos = text;
	assert_true(parse_line(&pos, text + 2, &line, &len));
	assert_false(parse_line(&pos, text + 2, &line, &len));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signed_numbers),
		cmocka_unit_test(unsigned_numbers),
		cmocka_unit_test(decimal_numbers),
		cmocka_unit_test(octal_bytes),
		cmocka_unit_test(plain_digits),
		cmocka_unit_test(bool_words),
		cmocka_unit_test(unescapes),
		cmocka_unit_test(tokens),
		cmocka_unit_test(lines),
	};

	return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
