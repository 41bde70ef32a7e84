/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "model/info.h"
#include "model/param.h"

static void add(struct info *info, const char *key, const char *value)
{
	info_add(info, key, value, strlen(value));
}

static void declares(void **state)
{
	struct info info = INFO_INIT;
	struct paramlist list = PARAMLIST_INIT;

	(void)state;
	add(&info, "license", "GPL");
	add(&info, "parmtype", "period_ms:uint");
	add(&info, "parm", "period_ms:time between expiries (ms): any");
	add(&info, "parm", "engine:timer | hrtimer");
	add(&info, "parmtype", "list:array of int");
	add(&info, "parm", "period_ms:said twice");
	add(&info, "parm", ":nameless");
	add(&info, "parm", "bare");
	add(&info, "parm", "empty:");
	paramlist_declare(&list, &info);
	assert_int_equal(list.n, 5);
	assert_string_equal(list.v[0].name, "period_ms");
	assert_string_equal(list.v[0].type, "uint");
	assert_string_equal(list.v[0].description, "time between expiries (ms): any");
	assert_string_equal(list.v[1].name, "engine");
	assert_null(list.v[1].type);
	assert_string_equal(list.v[2].type, "array of int");
	assert_null(list.v[2].description);
	assert_null(list.v[3].description);
	assert_string_equal(list.v[4].description, "");
	assert_false(list.v[0].in_sysfs);
	paramlist_release(&list);
	info_release(&info);
}

static void finds_by_either_spelling(void **state)
{
	struct paramlist list = PARAMLIST_INIT;
	size_t at;

	(void)state;
	assert_null(paramlist_find(&list, "period_ms"));
	at = (size_t)(paramlist_get(&list, "period_ms=5", 9) - list.v);
	assert_string_equal(list.v[at].name, "period_ms");
	assert_ptr_equal(paramlist_get(&list, "period-ms", 9), &list.v[at]);
	assert_ptr_equal(paramlist_find(&list, "period-ms"), &list.v[at]);
	assert_null(paramlist_find(&list, "period"));
	for (int i = 0; i < 30; i++)
		paramlist_get(&list, "abcdefghijklmnopqrstuvwxyzabcdef", (size_t)i + 1);
	assert_int_equal(list.n, 31);
	paramlist_release(&list);
	assert_int_equal(list.n, 0);
}

static void writable(void **state)
{
	static const struct { unsigned mode; bool in_sysfs, writable; } cases[] = {
		{ 0644, true, true }, { 0200, true, true }, { 0444, true, false },
		{ 0, true, false },
		{ 0644, false, false }, { 0620, true, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct param param = { .mode = cases[i].mode, .in_sysfs = cases[i].in_sysfs };

		assert_int_equal(param_writable(&param), cases[i].writable);
	}
}

#define INVALID (-EINVAL)
#define RANGE (-ERANGE)

static const struct { const char *type, *value; int error; } values[] = {
	{ "bool", "1", 0 }, { "bool", "off", 0 }, { "bool", "N", 0 }, { "bool", "", INVALID },
	{ "bool", "2", INVALID }, { "invbool", "y", 0 }, { "invbool", "x", INVALID },
	{ "bint", "on", 0 },
	{ "byte", "0", 0 }, { "byte", "255", 0 }, { "byte", "256", RANGE }, { "byte", "-1", RANGE },
	{ "byte", "0xff", 0 }, { "byte", "0x100", RANGE }, { "byte", "x", INVALID },
	{ "byte", "", INVALID },
	{ "short", "-32768", 0 }, { "short", "32767", 0 }, { "short", "-32769", RANGE },
	{ "short", "32768", RANGE }, { "ushort", "65535", 0 }, { "ushort", "65536", RANGE },
	{ "int", "-2147483648", 0 }, { "int", "2147483647", 0 }, { "int", "2147483648", RANGE },
	{ "int", "-2147483649", RANGE }, { "int", "+5", 0 }, { "int", "010", 0 },
	{ "int", "08", INVALID },
	{ "int", " 5", INVALID }, { "int", "5 ", INVALID }, { "int", "--5", INVALID },
	{ "int", "1.5", INVALID },
	{ "uint", "0", 0 }, { "uint", "4294967295", 0 }, { "uint", "4294967296", RANGE },
	{ "uint", "-0", RANGE }, { "uint", "-5", RANGE }, { "uint", "99999999999999999999", RANGE },
	{ "uint", "-99999999999999999999", RANGE }, { "hexint", "0xffffffff", 0 },
	{ "hexint", "0x100000000", RANGE },
	{ "ullong", "18446744073709551615", 0 }, { "ullong", "18446744073709551616", RANGE },
	{ "ullong", "-1", RANGE }, { "charp", "", 0 }, { "charp", "any text, even = this", 0 },
	{ "string", "\xff\x1b", 0 },
	/* arrays */
	{ "array of int", "1", 0 }, { "array of int", "1,-2,0x3", 0 },
	{ "array of int", "", INVALID },
	{ "array of int", "1,", INVALID }, { "array of int", ",1", INVALID },
	{ "array of int", "1,,2", INVALID },
	{ "array of int", "1, 2", INVALID }, { "array of byte", "1,2,256", RANGE },
	{ "array of bool", "y,n,1", 0 }, { "array of bool", "y,;n", INVALID },
	{ "array of charp", "a,,b", 0 },
	/* not declared, or of a type we do not know */
	{ NULL, "anything", 0 }, { "whatever", "anything", 0 }, { "array of whatever", ",", 0 },
	{ "array of ", "x", 0 }, { "", "x", 0 }, { "array of array of int", "x", 0 },
	/* a line break never */
	{ NULL, "a\nb", INVALID }, { "charp", "a\n", INVALID }, { "int", "5\n", INVALID },
	{ "array of charp", "a,\n", INVALID },
};

static void checks_values(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		struct param param = { .name = (char *)"p", .type = (char *)values[i].type };
		char *why = NULL;
		int error = param_check(&param, values[i].value, &why);

		if (error != values[i].error)
			fail_msg("%s \"%s\": %d", values[i].type, values[i].value, error);
		assert_int_equal(why != NULL, error != 0);
		if (why)
			assert_int_equal(why[strlen(why) - 1], '.');
		free(why);
	}
}

static void checks_longs(void **state)
{
	static const struct { const char *type, *value; int error; } cases[] = {
		{ "long", "-9223372036854775808", 0 }, { "long", "9223372036854775807", 0 },
		{ "long", "9223372036854775808", RANGE }, { "long", "-9223372036854775809", RANGE },
		{ "ulong", "18446744073709551615", 0 }, { "ulong", "18446744073709551616", RANGE },
	};

	(void)state;
	if (sizeof(long) != 8)
		skip();
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct param param = { .name = (char *)"p", .type = (char *)cases[i].type };
		char *why = NULL;

		assert_int_equal(param_check(&param, cases[i].value, &why), cases[i].error);
		free(why);
	}
}

static void checks_lengths(void **state)
{
	static const char *const kinds[] = { "charp", "array of charp" };
	struct param string = { .name = (char *)"p", .type = (char *)"string" };
	char text[1026], *why;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct param param = { .name = (char *)"p", .type = (char *)kinds[i] };

		memset(text, 'a', sizeof(text));
		text[1024] = '\0';
		assert_int_equal(param_check(&param, text, &why), 0);
		text[1024] = 'a';
		text[1025] = '\0';
		assert_int_equal(param_check(&param, text, &why), -ERANGE);
		assert_non_null(strstr(why, "1024"));
		free(why);
	}
	assert_int_equal(param_check(&string, text, &why), 0);
}

static void sentences(void **state)
{
	static const struct { const char *type, *value, *sentence; } cases[] = {
		{ "uint", "-1", "count takes a whole number from 0 to 4294967295." },
		{ "short", "x", "count takes a whole number from -32768 to 32767." },
		{ "bool", "perhaps", "count takes one of 1, 0, y, n, t, f, on and off." },
		{ "array of byte", "1,x",
		  "count takes whole numbers from 0 to 255 with commas between." },
		{ "charp", "a\nb", "count can not take a text with a line break." },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct param param = { .name = (char *)"count", .type = (char *)cases[i].type };
		char *why = NULL;

		assert_true(param_check(&param, cases[i].value, &why) < 0);
		assert_string_equal(why, cases[i].sentence);
		free(why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(declares),
		cmocka_unit_test(finds_by_either_spelling),
		cmocka_unit_test(writable),
		cmocka_unit_test(checks_values),
		cmocka_unit_test(checks_longs),
		cmocka_unit_test(checks_lengths),
		cmocka_unit_test(sentences),
	};

	return cmocka_run_group_tests_name("param", tests, NULL, NULL);
}
