/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/util.h"
#include "view/key.h"

static const struct {
	const char *name;
	unsigned key;
} names[] = {
	{ "Enter", KC_ENTER },	{ "Esc", KC_ESC },	{ "Up", KC_UP },
	{ "Down", KC_DOWN },	{ "Left", KC_LEFT },	{ "Right", KC_RIGHT },
	{ "Home", KC_HOME },	{ "End", KC_END },	{ "PgUp", KC_PGUP },
	{ "PgDn", KC_PGDN },	{ "Tab", KC_TAB },	{ "BackTab", KC_BACKTAB },
	{ "Space", KC_SPACE },	{ "Backspace", KC_BACKSPACE },
	{ "Del", KC_DEL },	{ "Ins", KC_INS },
	{ "a", 'a' },		{ "Z", 'Z' },		{ "#", '#' },
	{ "\"", '"' },		{ "\\", '\\' },		{ "~", '~' },
	{ "\xc3\xa4", 0xe4 },	{ "\xe2\x82\xac", 0x20ac }, { "\xf0\x9f\x98\x80", 0x1f600 },
	{ "C-a", 1 },		{ "C-r", 18 },		{ "C-z", 26 },
	{ "M-x", KC_META + 'x' }, { "M-C", KC_META + 'C' }, { "M-1", KC_META + '1' },
	{ "M-\xc3\xa4", KC_META + 0xe4 }, { "M-\xf0\x9f\x98\x80", KC_META + 0x1f600 },
	/* What begins like another name is still a character. */
	{ "C", 'C' },		{ "M", 'M' },		{ "F", 'F' },		{ "-", '-' },
};

static void names_both_ways(void **state)
{
	char label[16];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		assert_int_equal(key_parse(names[i].name), names[i].key);
		assert_string_equal(key_label(names[i].key, label), names[i].name);
	}
}

static void function_keys_both_ways(void **state)
{
	char name[16], label[16];
	unsigned n;

	(void)state;
	for (n = 1; n <= 12; n++) {
		snprintf(name, sizeof(name), "F%u", n);
		assert_int_equal(key_parse(name), KC_F(n));
		assert_string_equal(key_label(KC_F(n), label), name);
	}
}

/* Tab, Enter, Esc and Backspace are control characters with names of their own. */
static void control_keys_both_ways(void **state)
{
	char name[16], label[16];
	unsigned c;

	(void)state;
	for (c = 'a'; c <= 'z'; c++) {
		snprintf(name, sizeof(name), "C-%c", (int)c);
		assert_int_equal(key_parse(name), KC_CTRL(c));
		if (KC_CTRL(c) != KC_TAB && KC_CTRL(c) != KC_ENTER)
			assert_string_equal(key_label(KC_CTRL(c), label), name);
	}
}

static void named_keys_have_any_case(void **state)
{
	(void)state;
	assert_int_equal(key_parse("enter"), KC_ENTER);
	assert_int_equal(key_parse("PGDN"), KC_PGDN);
	assert_int_equal(key_parse("backTAB"), KC_BACKTAB);
}

static void refuses_what_is_no_key(void **state)
{
	static const char *const wrong[] = {
		"", "F0", "F13", "F01", "F010", "F0x1", "F+1", "F1 ", "F-1", "f1", "C-", "C-A", "C-1", "C-ab",
		"M-", "M-ab", "M-F1", "ab", "Entry", " Up", "\xff", "\xc3", "M-\xff", "a\xcc\x88",
		"\x01", "\x1b", "\x7f", "\xc2\x9b", "M-\x01",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_int_equal(key_parse(wrong[i]), KC_NONE);
}

/* Whatever the number, the label is text that ends inside its buffer. */
static void every_label_ends(void **state)
{
	char label[17];
	unsigned key;

	(void)state;
	for (key = 0; key < KC_META + 0x110000; key += key < 0x3000 || (key >= KC_SPECIAL && key < KC_F(20)) ?
	     1 : 257) {
		memset(label, 'x', sizeof(label));
		assert_true(strlen(key_label(key, label)) < 16);
		assert_int_equal(label[16], 'x');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_both_ways),
		cmocka_unit_test(function_keys_both_ways),
		cmocka_unit_test(control_keys_both_ways),
		cmocka_unit_test(named_keys_have_any_case),
		cmocka_unit_test(refuses_what_is_no_key),
		cmocka_unit_test(every_label_ends),
	};

	return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
