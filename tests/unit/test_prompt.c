/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/text.h"
#include "base/utf8.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "screen.h"
#include "view/draw.h"
#include "view/prompt.h"
#include "view/term.h"

static void press(struct prompt *prompt, const unsigned *keys, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		prompt_key(prompt, keys[i]);
}

#define PRESS(prompt, ...) \
	press(prompt, (const unsigned[]){ __VA_ARGS__ }, \
	      sizeof((const unsigned[]){ __VA_ARGS__ }) / sizeof(unsigned))

static void check(const struct prompt *prompt, const char *text, size_t at)
{
	assert_string_equal(buf_str(&prompt->text), text);
	assert_int_equal(prompt->text.len, strlen(text));
	assert_int_equal(prompt->at, at);
}

static void opens_behind_its_text(void **state)
{
	struct prompt prompt = { 0 };

	(void)state;
	prompt_open(&prompt, "Search", NULL);
	assert_true(prompt.open);
	check(&prompt, "", 0);
	prompt_open(&prompt, "Filter", "snd");
	assert_string_equal(prompt.label, "Filter");
	check(&prompt, "snd", 3);
	prompt_close(&prompt);
	assert_false(prompt.open);
	check(&prompt, "", 0);
	prompt_close(&prompt);
}

static void inserts_where_the_cursor_is(void **state)
{
	struct prompt prompt = { 0 };

	(void)state;
	prompt_open(&prompt, "Search", NULL);
	assert_int_equal(prompt_key(&prompt, 'b'), PROMPT_CHANGED);
	assert_int_equal(prompt_key(&prompt, KC_HOME), PROMPT_MORE);
	assert_int_equal(prompt_key(&prompt, 'a'), PROMPT_CHANGED);
	check(&prompt, "ab", 1);
	PRESS(&prompt, KC_END, 'c', KC_CTRL('a'), KC_RIGHT, '1', KC_CTRL('e'), '2');
	check(&prompt, "a1bc2", 5);
	PRESS(&prompt, KC_RIGHT, KC_RIGHT);
	check(&prompt, "a1bc2", 5);
	PRESS(&prompt, KC_HOME, KC_LEFT);
	check(&prompt, "a1bc2", 0);
	prompt_close(&prompt);
}

static void goes_by_characters(void **state)
{
	struct prompt prompt = { 0 };

	(void)state;
	prompt_open(&prompt, "Search", NULL);
	PRESS(&prompt, 'a', 0xe4, 0x20ac, 0x1f600);
	check(&prompt, "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", 10);
	PRESS(&prompt, KC_LEFT);
	assert_int_equal(prompt.at, 6);
	PRESS(&prompt, KC_LEFT, KC_LEFT);
	assert_int_equal(prompt.at, 1);
	PRESS(&prompt, KC_RIGHT);
	assert_int_equal(prompt.at, 3);
	assert_int_equal(prompt_key(&prompt, KC_BACKSPACE), PROMPT_CHANGED);
	check(&prompt, "a\xe2\x82\xac\xf0\x9f\x98\x80", 1);
	assert_int_equal(prompt_key(&prompt, KC_DEL), PROMPT_CHANGED);
	check(&prompt, "a\xf0\x9f\x98\x80", 1);
	PRESS(&prompt, KC_CTRL('d'));
	check(&prompt, "a", 1);
	prompt_close(&prompt);
}

static void deletes_nothing_at_the_ends(void **state)
{
	struct prompt prompt = { 0 };

	(void)state;
	prompt_open(&prompt, "Search", NULL);
	assert_int_equal(prompt_key(&prompt, KC_BACKSPACE), PROMPT_MORE);
	assert_int_equal(prompt_key(&prompt, KC_DEL), PROMPT_MORE);
	assert_int_equal(prompt_key(&prompt, KC_CTRL('u')), PROMPT_MORE);
	assert_int_equal(prompt_key(&prompt, KC_CTRL('k')), PROMPT_MORE);
	check(&prompt, "", 0);
	PRESS(&prompt, 'x');
	assert_int_equal(prompt_key(&prompt, KC_DEL), PROMPT_MORE);
	PRESS(&prompt, KC_HOME);
	assert_int_equal(prompt_key(&prompt, KC_BACKSPACE), PROMPT_MORE);
	check(&prompt, "x", 0);
	prompt_close(&prompt);
}

static void deletes_up_to_either_end(void **state)
{
	struct prompt prompt = { 0 };

	(void)state;
	prompt_open(&prompt, "Search", "one two");
	PRESS(&prompt, KC_LEFT, KC_LEFT, KC_LEFT, KC_CTRL('k'));
	check(&prompt, "one ", 4);
	PRESS(&prompt, KC_LEFT, KC_CTRL('u'));
	check(&prompt, " ", 0);
	prompt_close(&prompt);
}

static void ends_in_three_ways(void **state)
{
	struct prompt prompt = { 0 };

	(void)state;
	prompt_open(&prompt, "Search", "x");
	assert_int_equal(prompt_key(&prompt, KC_ENTER), PROMPT_DONE);
	assert_int_equal(prompt_key(&prompt, KC_ESC), PROMPT_CANCELLED);
	assert_int_equal(prompt_key(&prompt, KC_CTRL('c')), PROMPT_CANCELLED);
	check(&prompt, "x", 1);
	prompt_close(&prompt);
}

/* Completion, and what was typed before: whoever opened it puts another text in. */
static void another_text_can_be_put_in(void **state)
{
	struct prompt prompt = { 0 };

	(void)state;
	prompt_open(&prompt, "Load", "peri x");
	PRESS(&prompt, KC_LEFT, KC_LEFT);
	assert_int_equal(prompt_key(&prompt, KC_TAB), PROMPT_COMPLETE);
	check(&prompt, "peri x", 4);
	prompt_replace(&prompt, 0, 4, "period_ms=");
	check(&prompt, "period_ms= x", 10);
	prompt_hint(&prompt, "one  two");
	assert_string_equal(prompt.hint, "one  two");
	assert_int_equal(prompt_key(&prompt, KC_UP), PROMPT_OLDER);
	assert_null(prompt.hint);
	prompt_replace(&prompt, 0, prompt.text.len, "a");
	assert_int_equal(prompt_key(&prompt, KC_DOWN), PROMPT_NEWER);
	prompt_replace(&prompt, 0, prompt.text.len, "");
	check(&prompt, "", 0);
	prompt_hint(&prompt, "left open");
	prompt_close(&prompt);
	assert_null(prompt.hint);
	prompt_open(&prompt, "Load", NULL);
	prompt_replace(&prompt, 0, 0, "from nothing");
	check(&prompt, "from nothing", 12);
	prompt_close(&prompt);
}

static void what_does_not_fit_is_not_put_in(void **state)
{
	char *long_text = xcalloc(1, PROMPT_MAX + 1);
	struct prompt prompt = { 0 };

	(void)state;
	memset(long_text, 'a', PROMPT_MAX);
	prompt_open(&prompt, "Load", "xy");
	prompt_replace(&prompt, 0, 1, long_text);
	check(&prompt, "xy", 2);
	prompt_replace(&prompt, 0, 2, long_text);
	assert_int_equal(prompt.text.len, PROMPT_MAX);
	prompt_close(&prompt);
	free(long_text);
}

/* Keys that are no text, and characters that would not be text either. */
static void takes_text_only(void **state)
{
	static const unsigned others[] = {
		KC_NONE, KC_BACKTAB, KC_PGUP, KC_PGDN, KC_INS, KC_CLICK,
		KC_WHEEL_UP, KC_WHEEL_DOWN, KC_F(1), KC_F(12), KC_META + 'x', KC_CTRL('z'),
		KC_CTRL('l'), 0x80, 0x9b, 0x9f, 0xd800, 0xdfff,
	};
	struct prompt prompt = { 0 };
	size_t i;

	(void)state;
	prompt_open(&prompt, "Search", "x");
	for (i = 0; i < ARRAY_SIZE(others); i++)
		assert_int_equal(prompt_key(&prompt, others[i]), PROMPT_MORE);
	check(&prompt, "x", 1);
	prompt_close(&prompt);
}

static void is_full_at_the_limit(void **state)
{
	struct prompt prompt = { 0 };
	int i;

	(void)state;
	prompt_open(&prompt, "Search", NULL);
	for (i = 0; i < PROMPT_MAX - 1; i++)
		assert_int_equal(prompt_key(&prompt, 'a'), PROMPT_CHANGED);
	/* One byte is left: no room for two. */
	assert_int_equal(prompt_key(&prompt, 0xe4), PROMPT_MORE);
	assert_int_equal(prompt_key(&prompt, 'b'), PROMPT_CHANGED);
	assert_int_equal(prompt_key(&prompt, 'c'), PROMPT_MORE);
	assert_int_equal(prompt.text.len, PROMPT_MAX);
	PRESS(&prompt, KC_HOME);
	assert_int_equal(prompt_key(&prompt, 'c'), PROMPT_MORE);
	assert_int_equal(prompt_key(&prompt, KC_DEL), PROMPT_CHANGED);
	assert_int_equal(prompt_key(&prompt, 'c'), PROMPT_CHANGED);
	assert_int_equal(prompt.text.len, PROMPT_MAX);
	prompt_close(&prompt);
}

/* The value of a parameter may hold any bytes; editing it must not leave the text. */
static void edits_bytes_that_are_no_utf8(void **state)
{
	struct prompt prompt = { 0 };
	int i;

	(void)state;
	prompt_open(&prompt, "Value", "\xff\x80\x80z\xe2\x82");
	for (i = 0; i < 10; i++)
		prompt_key(&prompt, KC_LEFT);
	assert_int_equal(prompt.at, 0);
	for (i = 0; i < 10; i++)
		prompt_key(&prompt, KC_RIGHT);
	assert_int_equal(prompt.at, prompt.text.len);
	for (i = 0; i < 10; i++)
		prompt_key(&prompt, KC_BACKSPACE);
	check(&prompt, "", 0);
	prompt_close(&prompt);
}

static unsigned next_random(void)
{
	static unsigned seed = 4711;

	seed = seed * 1103515245u + 12345u;
	return seed >> 16 & 0x7fff;
}

/* Any keys on well-formed text leave well-formed text, the cursor between two characters. */
static void any_typing_stays_utf8(void **state)
{
	static const unsigned keys[] = {
		'a', 0xe4, 0x20ac, 0x1f600, 'b', 0x300, KC_LEFT, KC_RIGHT, KC_LEFT, KC_BACKSPACE,
		KC_DEL, KC_HOME, KC_END, KC_CTRL('u'), KC_CTRL('k'), KC_TAB, 0xd800,
	};
	struct prompt prompt = { 0 };
	int i;

	(void)state;
	prompt_open(&prompt, "Value", NULL);
	for (i = 0; i < 20000; i++) {
		const char *text;
		size_t at = 0, n;
		unsigned ch;

		/* Deleting it all comes seldom, or the text never grows. */
		n = next_random() % ARRAY_SIZE(keys);
		if ((keys[n] == KC_CTRL('u') || keys[n] == KC_CTRL('k')) && next_random() % 16)
			continue;
		prompt_key(&prompt, keys[n]);
		text = buf_str(&prompt.text);
		assert_true(prompt.at <= prompt.text.len);
		while (at < prompt.text.len) {
			n = utf8_decode(text + at, prompt.text.len - at, &ch);
			assert_true(n > 0);
			assert_true(prompt.at <= at || prompt.at >= at + n);
			at += n;
		}
	}
	prompt_close(&prompt);
}

static void check_row(const struct prompt *prompt, int columns, const char *wanted)
{
	struct buf row = BUF_INIT;

	term_begin();
	prompt_draw(prompt, 2, columns);
	term_end();
	term_row(2, &row);
	assert_string_equal(buf_str(&row), wanted);
	buf_release(&row);
}

static void shows_where_one_types(void **state)
{
	struct prompt prompt = { 0 };

	(void)state;
	prompt_open(&prompt, "Search", "abc");
	check_row(&prompt, 20, "Search: abc");
	PRESS(&prompt, 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p');
	check_row(&prompt, 20, "Search: <ghijklmnop");
	PRESS(&prompt, KC_HOME);
	check_row(&prompt, 20, "Search: abcdefghijkl");
	prompt_close(&prompt);
}

/* A name in the label or text from outside comes as visible escapes. */
static void shows_nothing_raw(void **state)
{
	struct prompt prompt = { 0 };

	(void)state;
	prompt_open(&prompt, "Value of \x1b[31m", "a\x1b]0;\xe2\x80\xae");
	check_row(&prompt, 60, "Value of \\x1b[31m: a\\x1b]0;\\u{202E}");
	prompt_close(&prompt);
}

/* However narrow the window and long the label, some of what one types is in sight. */
static void a_long_label_leaves_room(void **state)
{
	struct prompt prompt = { 0 };
	struct buf row = BUF_INIT;

	(void)state;
	prompt_open(&prompt, "Load some_module_name with (name=value ...)", "period_ms=77");
	term_begin();
	prompt_draw(&prompt, 2, 40);
	term_row(2, &row);
	assert_non_null(strstr(buf_str(&row), "period_ms=77"));
	buf_release(&row);
	prompt_close(&prompt);
}

/* A text of any length is drawn up to the edge, and no character is cut in two. */
static void a_long_format_stays_utf8(void **state)
{
	struct buf text = BUF_INIT, row = BUF_INIT;
	struct pen pen = { 2, 0, 400 };
	int i;

	(void)state;
	for (i = 0; i < 350; i++)
		buf_addstr(&text, "\xc3\xa4");
	term_set_size(400, 5);
	term_begin();
	draw_format(&pen, STYLE_NORMAL, "a%s", buf_str(&text));
	term_end();
	term_row(2, &row);
	assert_int_equal(row.len, 701);
	term_set_size(60, 5);
	buf_release(&text);
	buf_release(&row);
}

static unsigned long looks;

/* Before libc's: counts how often a character is looked at. */
int wcwidth(wchar_t c)
{
	int (*real)(wchar_t) = dlsym(RTLD_NEXT, "wcwidth");

	looks++;
	return real(c);
}

static void a_full_line_is_drawn(void **state)
{
	struct prompt prompt = { 0 };
	struct buf long_text = BUF_INIT;
	int i;

	(void)state;
	for (i = 0; i < PROMPT_MAX / 2; i++)
		buf_addstr(&long_text, "\xc3\xa4");
	prompt_open(&prompt, "Search", buf_str(&long_text));
	looks = 0;
	term_begin();
	prompt_draw(&prompt, 2, 40);
	term_end();
	/* Some times for each character; a cut from the beginning for each one would be thousands. */
	assert_in_range(looks, PROMPT_MAX / 2, 16 * PROMPT_MAX);
	prompt_close(&prompt);
	buf_release(&long_text);
}

/* What is offered as a whole goes with the first character, and stays with any other key. */
static void offered_text_is_replaced(void **state)
{
	static const unsigned keepers[] = { KC_LEFT, KC_END, KC_HOME, KC_RIGHT, KC_CTRL('e') };
	struct prompt prompt = { 0 };
	size_t i;

	(void)state;
	prompt_open(&prompt, "x", "1000");
	prompt_select(&prompt);
	assert_int_equal(prompt_key(&prompt, '5'), PROMPT_CHANGED);
	assert_string_equal(buf_str(&prompt.text), "5");
	assert_int_equal(prompt_key(&prompt, '0'), PROMPT_CHANGED);
	assert_string_equal(buf_str(&prompt.text), "50");
	for (i = 0; i < ARRAY_SIZE(keepers); i++) {
		prompt_open(&prompt, "x", "a");
		prompt_select(&prompt);
		prompt_key(&prompt, keepers[i]);
		prompt_key(&prompt, 'b');
		assert_int_equal(prompt.text.len, 2);
	}
	prompt_open(&prompt, "x", "1000");
	prompt_select(&prompt);
	prompt_key(&prompt, KC_BACKSPACE);
	prompt_key(&prompt, '5');
	assert_string_equal(buf_str(&prompt.text), "1005");
	prompt_open(&prompt, "x", "1000");
	prompt_key(&prompt, '5');
	assert_string_equal(buf_str(&prompt.text), "10005");
	prompt_close(&prompt);
}

static int open_screen(void **state)
{
	(void)state;
	return screen_open(60, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens_behind_its_text),
		cmocka_unit_test(inserts_where_the_cursor_is),
		cmocka_unit_test(goes_by_characters),
		cmocka_unit_test(deletes_nothing_at_the_ends),
		cmocka_unit_test(deletes_up_to_either_end),
		cmocka_unit_test(ends_in_three_ways),
		cmocka_unit_test(another_text_can_be_put_in),
		cmocka_unit_test(what_does_not_fit_is_not_put_in),
		cmocka_unit_test(takes_text_only),
		cmocka_unit_test(is_full_at_the_limit),
		cmocka_unit_test(edits_bytes_that_are_no_utf8),
		cmocka_unit_test(any_typing_stays_utf8),
		cmocka_unit_test(shows_where_one_types),
		cmocka_unit_test(offered_text_is_replaced),
		cmocka_unit_test(shows_nothing_raw),
		cmocka_unit_test(a_long_label_leaves_room),
		cmocka_unit_test(a_long_format_stays_utf8),
		cmocka_unit_test(a_full_line_is_drawn),
	};

	return cmocka_run_group_tests_name("prompt", tests, open_screen, screen_close);
}
