/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/util.h"
#include "view/list.h"

/* What always holds: the cursor is a row, it is in sight, and no row is wasted below the last one. */
static void check(const struct list *list)
{
	size_t height = MAX(list->height, (size_t)1);

	assert_true(list->n ? list->cursor < list->n : list->cursor == 0);
	assert_true(list->cursor >= list->top);
	assert_true(list->cursor < list->top + height);
	if (list->n <= height)
		assert_int_equal(list->top, 0);
	else
		assert_true(list->top + height <= list->n);
}

static void moves_by_rows(void **state)
{
	struct list list = { 0 };

	(void)state;
	list_fit(&list, 10, 4);
	list_move(&list, MOTION_UP);
	assert_int_equal(list.cursor, 0);
	list_move(&list, MOTION_DOWN);
	list_move(&list, MOTION_DOWN);
	list_move(&list, MOTION_DOWN);
	assert_int_equal(list.cursor, 3);
	assert_int_equal(list.top, 0);
	list_move(&list, MOTION_DOWN);
	assert_int_equal(list.top, 1);
	list_move(&list, MOTION_END);
	assert_int_equal(list.cursor, 9);
	assert_int_equal(list.top, 6);
	list_move(&list, MOTION_DOWN);
	assert_int_equal(list.cursor, 9);
	list_move(&list, MOTION_HOME);
	assert_int_equal(list.cursor, 0);
	assert_int_equal(list.top, 0);
}

/* A page keeps one row of the last one. */
static void moves_by_pages(void **state)
{
	struct list list = { 0 };

	(void)state;
	list_fit(&list, 100, 10);
	list_move(&list, MOTION_PAGE_DOWN);
	assert_int_equal(list.cursor, 9);
	list_move(&list, MOTION_PAGE_DOWN);
	assert_int_equal(list.cursor, 18);
	list_move(&list, MOTION_PAGE_UP);
	list_move(&list, MOTION_PAGE_UP);
	list_move(&list, MOTION_PAGE_UP);
	assert_int_equal(list.cursor, 0);
	/* In a window of one row, and in one of none, a page is a row. */
	list_fit(&list, 100, 1);
	list_move(&list, MOTION_PAGE_DOWN);
	assert_int_equal(list.cursor, 1);
	list_fit(&list, 100, 0);
	list_move(&list, MOTION_PAGE_DOWN);
	assert_int_equal(list.cursor, 2);
	check(&list);
}

static void sideways_moves_nothing(void **state)
{
	struct list list = { 0 };

	(void)state;
	list_fit(&list, 5, 2);
	list_set(&list, 3);
	list_move(&list, MOTION_LEFT);
	list_move(&list, MOTION_RIGHT);
	assert_int_equal(list.cursor, 3);
}

static void an_empty_list_is_safe(void **state)
{
	struct list list = { 0 };
	int motion;

	(void)state;
	for (motion = MOTION_UP; motion <= MOTION_RIGHT; motion++) {
		list_move(&list, (enum motion)motion);
		check(&list);
	}
	list_set(&list, 1000);
	check(&list);
	list_fit(&list, 3, 2);
	list_set(&list, 2);
	list_fit(&list, 0, 2);
	check(&list);
	assert_int_equal(list.top, 0);
}

/* The list got shorter, the window larger. */
static void follows_the_list(void **state)
{
	struct list list = { 0 };

	(void)state;
	list_fit(&list, 50, 10);
	list_move(&list, MOTION_END);
	list_fit(&list, 20, 10);
	assert_int_equal(list.cursor, 19);
	assert_int_equal(list.top, 10);
	list_fit(&list, 20, 15);
	assert_int_equal(list.top, 5);
	list_fit(&list, 20, 40);
	assert_int_equal(list.top, 0);
	list_fit(&list, 20, 3);
	assert_int_equal(list.cursor, 19);
	check(&list);
}

static void a_far_jump_shows_what_is_around(void **state)
{
	struct list list = { 0 };

	(void)state;
	list_fit(&list, 1000, 10);
	list_set(&list, 500);
	assert_int_equal(list.top, 495);
	list_set(&list, 501);
	assert_int_equal(list.top, 495);
	list_set(&list, 100);
	assert_int_equal(list.top, 95);
	list_set(&list, 2);
	assert_int_equal(list.top, 0);
	list_set(&list, 5000);
	assert_int_equal(list.cursor, 999);
	assert_int_equal(list.top, 990);
}

/* A text moves at once, and a page of it shows one line of the last page. */
static void a_text_scrolls(void **state)
{
	struct list list = { 0 };

	(void)state;
	list_fit(&list, 100, 10);
	list_scroll(&list, MOTION_DOWN);
	assert_int_equal(list.top, 1);
	list_scroll(&list, MOTION_PAGE_DOWN);
	assert_int_equal(list.top, 10);
	list_scroll(&list, MOTION_UP);
	assert_int_equal(list.top, 9);
	list_scroll(&list, MOTION_PAGE_UP);
	assert_int_equal(list.top, 0);
	list_scroll(&list, MOTION_END);
	assert_int_equal(list.top, 90);
	list_scroll(&list, MOTION_PAGE_DOWN);
	assert_int_equal(list.top, 90);
	list_scroll(&list, MOTION_HOME);
	assert_int_equal(list.top, 0);
	list_fit(&list, 4, 10);
	list_scroll(&list, MOTION_PAGE_DOWN);
	assert_int_equal(list.top, 0);
	check(&list);
}

/* The same walk every time; a failure can be played again. */
static unsigned next_random(void)
{
	static unsigned seed = 12345;

	seed = seed * 1103515245u + 12345u;
	return seed >> 16 & 0x7fff;
}

static void any_walk_stays_inside(void **state)
{
	struct list list = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 200000; i++) {
		switch (next_random() % 5) {
		case 0:
			list_fit(&list, next_random() % (next_random() % 8 ? 60 : 3), list.height);
			break;
		case 1:
			list_fit(&list, list.n, next_random() % 25);
			break;
		case 2:
			list_set(&list, next_random() % 80);
			break;
		case 3:
			list_scroll(&list, (enum motion)(next_random() % (MOTION_RIGHT + 1)));
			break;
		default:
			list_move(&list, (enum motion)(next_random() % (MOTION_RIGHT + 1)));
			break;
		}
		check(&list);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moves_by_rows),
		cmocka_unit_test(moves_by_pages),
		cmocka_unit_test(sideways_moves_nothing),
		cmocka_unit_test(an_empty_list_is_safe),
		cmocka_unit_test(follows_the_list),
		cmocka_unit_test(a_far_jump_shows_what_is_around),
		cmocka_unit_test(a_text_scrolls),
		cmocka_unit_test(any_walk_stays_inside),
	};

	return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
