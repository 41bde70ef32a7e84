/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NCURSES_NOMACROS
#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "screen.h"
#include "view/view.h"

#define ROWS 12

/* One record; it names itself by its number. */
static void push(struct shown *shown, unsigned level, const char *module)
{
	struct logrec rec = { .seq = shown->log.pushed, .usec = shown->log.pushed, .level = level };
	struct buf text = BUF_INIT;

	if (module)
		buf_printf(&text, "%s: ", module);
	buf_printf(&text, "record %u.", (unsigned)shown->log.pushed);
	rec.module = xstrdup(module);
	rec.text = buf_detach(&text);
	logring_push(&shown->log, &rec);
}

static void push_many(struct shown *shown, int n)
{
	while (n-- > 0)
		push(shown, 6, "mod");
}

/* The records on the screen, "98 99 100": their numbers from top to bottom. */
static char *draw(struct view *view, const struct shown *shown)
{
	struct area area = { 0, 0, ROWS, term_columns() };
	struct buf out = BUF_INIT, row = BUF_INIT;
	int i;

	term_begin();
	view->ops->draw(view, shown, area, true);
	term_end();
	for (i = 1; i < ROWS - 1; i++) {
		const char *at;

		buf_reset(&row);
		term_row(i, &row);
		at = strstr(buf_str(&row), "record ");
		if (at)
			buf_printf(&out, "%s%d", out.len ? " " : "", atoi(at + 7));
	}
	buf_release(&row);
	return buf_detach(&out);
}

static void shows(struct view *view, const struct shown *shown, const char *wanted)
{
	char *got = draw(view, shown);

	assert_string_equal(got, wanted);
	free(got);
}

static struct view new_view(struct shown *shown)
{
	*shown = (struct shown){ .log_filter = { .level = 6 } };
	return (struct view){ .ops = &view_log };
}

static void follows(void **state)
{
	struct shown shown;
	struct view view = new_view(&shown);

	(void)state;
	shows(&view, &shown, "");
	push_many(&shown, 3);
	shows(&view, &shown, "0 1 2");
	push_many(&shown, 20);
	shows(&view, &shown, "13 14 15 16 17 18 19 20 21 22");
	logring_release(&shown.log);
}

/* What is read stands still, whatever arrives below and whatever is forgotten above. */
static void stands_still_while_it_is_read(void **state)
{
	struct shown shown;
	struct view view = new_view(&shown);
	int i;

	(void)state;
	push_many(&shown, 100);
	free(draw(&view, &shown));
	view.ops->move(&view, &shown, MOTION_PAGE_UP);
	shows(&view, &shown, "81 82 83 84 85 86 87 88 89 90");
	for (i = 0; i < 33; i++) {
		push_many(&shown, 299);
		push(&shown, 3, NULL);
		shows(&view, &shown, "81 82 83 84 85 86 87 88 89 90");
	}
	push_many(&shown, 50);
	shows(&view, &shown, "81 82 83 84 85 86 87 88 89 90");
	assert_true(shown.log.dropped > 0);
	view.ops->move(&view, &shown, MOTION_END);
	assert_false(view.paused);
	logring_release(&shown.log);
}

/* Forgotten in the end, the text goes from its top; what is newer is a key away. */
static void forgets_from_the_top(void **state)
{
	struct shown shown;
	struct view view = new_view(&shown);

	(void)state;
	push_many(&shown, 20);
	free(draw(&view, &shown));
	view.ops->move(&view, &shown, MOTION_UP);
	shows(&view, &shown, "9 10 11 12 13 14 15 16 17 18");
	push_many(&shown, LOGRING_MAX - 5);
	shows(&view, &shown, "15 16 17 18");
	push_many(&shown, 100);
	shows(&view, &shown, "");
	view.ops->move(&view, &shown, MOTION_DOWN);
	shows(&view, &shown, "115");
	view.ops->move(&view, &shown, MOTION_HOME);
	shows(&view, &shown, "115 116 117 118 119 120 121 122 123 124");
	logring_release(&shown.log);
}

static void scrolls_over_what_is_hidden(void **state)
{
	struct shown shown;
	struct view view = new_view(&shown);
	int i;

	(void)state;
	for (i = 0; i < 100; i++)
		push(&shown, i % 10 ? 7 : 3, i % 20 ? "mod" : "other_mod");
	shown.log_filter.level = 3;
	shows(&view, &shown, "0 10 20 30 40 50 60 70 80 90");
	view.ops->move(&view, &shown, MOTION_UP);
	shows(&view, &shown, "0 10 20 30 40 50 60 70 80");
	/* A name is one name with '-' and with '_'. */
	shown.log_filter.module = "other-mod";
	view.ops->move(&view, &shown, MOTION_END);
	shows(&view, &shown, "0 20 40 60 80");
	view.ops->move(&view, &shown, MOTION_HOME);
	shows(&view, &shown, "0 20 40 60 80");
	logring_release(&shown.log);
}

/* Going up ends at the first record that is shown, also when older ones are not. */
static void up_ends_at_what_is_shown(void **state)
{
	struct shown shown;
	struct view view = new_view(&shown);
	int i;

	(void)state;
	for (i = 0; i < 30; i++)
		push(&shown, i < 10 ? 7 : 6, "mod");
	free(draw(&view, &shown));
	for (i = 0; i < 40; i++)
		view.ops->move(&view, &shown, MOTION_UP);
	shows(&view, &shown, "10");
	view.ops->move(&view, &shown, MOTION_DOWN);
	shows(&view, &shown, "10 11");
	logring_release(&shown.log);
}

static unsigned next_random(void)
{
	static unsigned seed = 5;

	seed = seed * 1103515245u + 12345u;
	return seed >> 16 & 0x7fff;
}

/* Any keys, sizes and arrivals: the position stays in the ring. */
static void any_walk_stays_inside(void **state)
{
	struct shown shown;
	struct view view = new_view(&shown);
	int i;

	(void)state;
	for (i = 0; i < 3000; i++) {
		if (next_random() % 3 == 0)
			push_many(&shown, (int)(next_random() % (i < 2000 ? 9 : 90)));
		if (next_random() % 50 == 0)
			shown.log_filter.level = next_random() % 8;
		view.ops->move(&view, &shown, (enum motion)(next_random() % (MOTION_RIGHT + 1)));
		if (next_random() % 8 == 0)
			free(draw(&view, &shown));
		assert_true(!view.paused || view.anchor <= shown.log.pushed);
	}
	logring_release(&shown.log);
}

/* What is underlined in the row, its blanks at the end left out; the caller frees. */
static char *underlined(int row)
{
	struct buf out = BUF_INIT;
	int i;

	for (i = 0; i < term_columns(); i++) {
		chtype cell = mvinch(row, i);

		if (cell & A_UNDERLINE)
			buf_addch(&out, (char)(cell & A_CHARTEXT));
	}
	return buf_detach(&out);
}

/* Of a record that the search found the word stands out, as in the list, not all of it. */
static void words_that_were_found(void **state)
{
	struct shown shown;
	struct view view = new_view(&shown);
	char *words;

	(void)state;
	push(&shown, 6, "mod");
	match_set(&shown.log_search, "cord 0");
	free(draw(&view, &shown));
	words = underlined(1);
	assert_string_equal(words, "cord 0");
	free(words);
	/* The name has a column of its own. */
	match_set(&shown.log_search, "^mod:");
	free(draw(&view, &shown));
	words = underlined(1);
	assert_string_equal(words, "mod");
	free(words);
	match_release(&shown.log_search);
	logring_release(&shown.log);
}

static void says(const struct logfilter *filter, const struct shown *shown, const char *wanted)
{
	char *got = logfilter_nothing(filter, &shown->log);

	assert_string_equal(got, wanted);
	free(got);
}

/* Whose records there are none of, and whether it is the level that hides them. */
static void what_there_is_none_of(void **state)
{
	static char mod[] = "mod", other[] = "other";
	struct shown shown;
	struct view view = new_view(&shown);

	(void)state;
	(void)view;
	push(&shown, 6, "mod");
	says(&(struct logfilter){ .level = 4 }, &shown, "The log has no record of this level; + shows more.");
	says(&(struct logfilter){ .level = 4, .module = mod }, &shown,
	     "The log has no record of mod of this level; + shows more.");
	says(&(struct logfilter){ .level = 4, .module = other }, &shown, "The log has no record of other.");
	says(&(struct logfilter){ .level = 7, .since = 9 }, &shown, "The log has no such record.");
	push(&shown, 3, "other");
	assert_int_equal(logfilter_count(&(struct logfilter){ .level = 7 }, &shown.log), 2);
	assert_int_equal(logfilter_count(&(struct logfilter){ .level = 4 }, &shown.log), 1);
	assert_int_equal(logfilter_count(&(struct logfilter){ .level = 4, .module = mod }, &shown.log), 0);
	logring_release(&shown.log);
}

static int open_screen(void **state)
{
	(void)state;
	return screen_open(100, ROWS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows),
		cmocka_unit_test(stands_still_while_it_is_read),
		cmocka_unit_test(forgets_from_the_top),
		cmocka_unit_test(scrolls_over_what_is_hidden),
		cmocka_unit_test(up_ends_at_what_is_shown),
		cmocka_unit_test(any_walk_stays_inside),
		cmocka_unit_test(words_that_were_found),
		cmocka_unit_test(what_there_is_none_of),
	};

	return cmocka_run_group_tests_name("log", tests, open_screen, screen_close);
}
