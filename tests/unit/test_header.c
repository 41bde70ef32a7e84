/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/buf.h"
#include "base/util.h"
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

/* The top line of a screen that is so wide, drawn on a larger one. */
static const char *draw_columns(int columns)
{
	static struct buf row = BUF_INIT;
	char *end;

	term_begin();
	draw_clear((struct area){ 0, 0, 1, term_columns() });
	header_draw(&shown, (struct area){ 0, 0, 1, columns });
	term_end();
	buf_reset(&row);
	term_row(0, &row);
	end = row.data + row.len;
	while (end > row.data && end[-1] == ' ')
		*--end = '\0';
	return row.data;
}

/* What one looks for first stands first; pairs are whole, and a mark tells that there are more. */
static void narrower_and_narrower(void **state)
{
	static const char *const pairs[] = {
		"  live 2 (0)", "  reports 1", "  taint OE", "  module directory not there", "  lockdown none",
		"  signatures optional",
	};
	int columns, n, before = (int)ARRAY_SIZE(pairs);
	size_t i;

	(void)state;
	shown = (struct shown){ .policy = { .modules = POLICY_YES, .taint = 0x3000, .sig_enforce = POLICY_NO } };
	shown.policy.kernel = xstrdup("6.1.0-test");
	shown.policy.lockdown = xstrdup("none");
	shown.policy.moddir.state = MODDIR_GONE;
	shown.log.splats.reports = 1;
	live(1000, (const char *const[]){ "a", "b", NULL });
	for (columns = 140; columns >= 40; columns--) {
		const char *row = draw_columns(columns), *at = strstr(row, "6.1.0-test");

		assert_non_null(at);
		at += strlen("6.1.0-test");
		for (i = 0, n = 0; i < ARRAY_SIZE(pairs); i++, n++) {
			if (strncmp(at, pairs[i], strlen(pairs[i])))
				break;
			at += strlen(pairs[i]);
		}
		assert_true(n <= before);
		before = n;
		if (strncmp(at, n < (int)ARRAY_SIZE(pairs) ? " > " : "  ", 2))
			fail_msg("%d columns: \"%s\"", columns, row);
	}
	assert_int_equal(n, 0);
	assert_non_null(strstr(draw_columns(80), "live 2 (0)  reports 1  taint OE > "));
	modtable_release(&shown.table);
	policy_release(&shown.policy);
}

/* A root of another machine can be looked at only, and says so. */
static void where_one_is(void **state)
{
	static char dir[] = "/mnt";

	(void)state;
	shown = (struct shown){ .policy = { .modules = POLICY_YES, .live = true, .root = true } };
	assert_non_null(strstr(draw_columns(80), "  as root"));
	shown.readonly = true;
	assert_non_null(strstr(draw_columns(80), "  read-only"));
	shown.root_dir = dir;
	assert_non_null(strstr(draw_columns(80), "  other machine, read-only"));
	assert_null(strstr(draw_columns(50), "machine"));
	assert_non_null(strstr(draw_columns(50), "  read-only"));
}

/* That something is missing stands behind what there is. */
static void what_is_missing(void **state)
{
	(void)state;
	shown = (struct shown){ 0 };
	shown.policy.modules = POLICY_YES;
	shown.policy.moddir.state = MODDIR_WHOLE;
	assert_null(strstr(draw(1), "directory"));
	assert_null(strstr(draw(1), "not understood"));
	shown.policy.moddir.state = MODDIR_GONE;
	assert_non_null(strstr(draw(1), "  live 0 (0)  taint none  module directory not there"));
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
		cmocka_unit_test(narrower_and_narrower),
		cmocka_unit_test(where_one_is),
		cmocka_unit_test(what_is_missing),
	};

	return cmocka_run_group_tests_name("header", tests, open_screen, close_screen);
}
