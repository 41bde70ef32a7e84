/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "view/view.h"

static struct shown shown;

/* The live modules are now these; a NULL ends them. */
static void live(uint64_t ms, const char *const names[])
{
	struct modlist list = MODLIST_INIT;

	for (; *names; names++)
		modlist_push(&list, *names, strlen(*names))->state = MODULE_LIVE;
	modtable_update(&shown.table, MODTABLE_LIVE, &list, ms, NULL);
	modlist_release(&list);
}

/* The top line at that time. */
static const char *draw(uint64_t ms)
{
	static struct buf row = BUF_INIT;

	shown.now_ms = ms;
	term_begin();
	header_draw(&shown, (struct area){ 0, 0, 1, term_columns() });
	term_end();
	buf_reset(&row);
	term_row(0, &row);
	return buf_str(&row);
}

static void news_of_a_minute(void **state)
{
	(void)state;
	shown.policy.kernel = xstrdup("6.1.0-test");
	shown.policy.modules = POLICY_YES;
	live(1000, (const char *const[]){ "a", "b", NULL });
	assert_null(strstr(draw(1500), "last minute"));
	live(2000, (const char *const[]){ "a", "c", "d", NULL });
	assert_non_null(strstr(draw(2500), "  last minute +2 -1"));
	live(40000, (const char *const[]){ "c", "d", NULL });
	assert_non_null(strstr(draw(40001), "  last minute +2 -2"));
	assert_non_null(strstr(draw(62500), "  last minute +0 -1"));
	assert_null(strstr(draw(100001), "last minute"));
	modtable_release(&shown.table);
	policy_release(&shown.policy);
}

/* That something is missing stands in front of what there is. */
static void what_is_missing(void **state)
{
	(void)state;
	shown = (struct shown){ 0 };
	shown.policy.modules = POLICY_YES;
	shown.policy.moddir.state = MODDIR_WHOLE;
	assert_null(strstr(draw(1), "directory"));
	assert_null(strstr(draw(1), "not understood"));
	shown.policy.moddir.state = MODDIR_GONE;
	assert_non_null(strstr(draw(1), "  module directory not there  live 0"));
	shown.policy.moddir.state = MODDIR_EMPTY;
	assert_non_null(strstr(draw(1), "  module directory not there"));
	shown.policy.moddir.state = MODDIR_HALF;
	assert_non_null(strstr(draw(1), "  index incomplete"));
	shown.unread = 3;
	assert_non_null(strstr(draw(1), "  lines not understood 3"));
}

static int open_screen(void **state)
{
	struct term_setup setup = { .headless = true, .columns = 140, .rows = 3 };

	(void)state;
	return term_open(&setup);
}

static int close_screen(void **state)
{
	(void)state;
	term_close();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(news_of_a_minute),
		cmocka_unit_test(what_is_missing),
	};

	return cmocka_run_group_tests_name("header", tests, open_screen, close_screen);
}
