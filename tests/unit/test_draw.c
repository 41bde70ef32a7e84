/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "screen.h"
#include "view/draw.h"

/* The first @columns columns of a row on which @texts were put one behind the other, the room for them ending there. */
static const char *put(int columns, const char *const texts[])
{
	static struct buf row = BUF_INIT;
	struct pen pen = { 1, 0, columns };
	char *bar;

	term_begin();
	draw_clear((struct area){ 1, 0, 1, term_columns() });
	for (; *texts; texts++)
		draw_text(&pen, STYLE_NORMAL, *texts);
	draw_field(1, columns, 1, STYLE_NORMAL, "|");
	term_end();
	buf_reset(&row);
	term_row(1, &row);
	bar = strchr(buf_str(&row), '|');
	assert_non_null(bar);
	*bar = '\0';
	return row.data;
}

#define PUT(columns, ...) put(columns, (const char *const[]){ __VA_ARGS__, NULL })

/* Whoever sees no mark has seen all. */
static void what_is_cut_has_a_mark(void **state)
{
	(void)state;
	assert_string_equal(PUT(8, "abc", "def"), "abcdef  ");
	assert_string_equal(PUT(6, "abc", "def"), "abcdef");
	assert_string_equal(PUT(5, "abc", "def"), "abcd>");
	assert_string_equal(PUT(3, "abc", "def"), "ab>");
	assert_string_equal(PUT(3, "abc", " ", "", "def"), "ab>");
	/* Blanks are no loss. */
	assert_string_equal(PUT(3, "abc", " ", ""), "abc");
	assert_string_equal(PUT(1, "a", "b"), ">");
}

static int open_screen(void **state)
{
	(void)state;
	return screen_open(40, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_cut_has_a_mark),
	};

	return cmocka_run_group_tests_name("draw", tests, open_screen, screen_close);
}
