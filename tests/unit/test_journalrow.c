/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#include "app/journalrow.h"
#include "base/util.h"

static void is(const struct journalrow *row, const char *wanted)
{
	char *got = journalrow_text(row);

	assert_string_equal(got, wanted);
	free(got);
}

/* The journal has the time of no place; a person reads that of the clock on the wall. */
static void times_are_local(void **state)
{
	struct journalrow row = { .number = 1, .changed = true, .time = "2026-11-29T23:14:00Z", .uid = 0, .command = "load loop" };

	(void)state;
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	is(&row, "  1  2026-11-30 00:14  root    done           load loop");
	row.time = "2026-07-01T10:00:00Z";
	is(&row, "  1  2026-07-01 12:00  root    done           load loop");
	setenv("TZ", "UTC0", 1);
	tzset();
	is(&row, "  1  2026-07-01 10:00  root    done           load loop");
	row.time = "some day";
	is(&row, "  1  some day          root    done           load loop");
	row.time = NULL;
	is(&row, "  1  -                 root    done           load loop");
}

static void users_have_names(void **state)
{
	struct journalrow row = { .number = 12, .changed = true, .uid = 0, .behind = "eve", .command = "mask loop" };

	(void)state;
	is(&row, " 12  -                 root (eve)  done           mask loop");
	row.behind = NULL;
	row.uid = 3999999999;
	is(&row, " 12  -                 3999999999  done           mask loop");
}

static void results_are_words(void **state)
{
	static const struct { long long status; bool undone; const char *wanted; } cases[] = {
		{ 0, false, "  1  -                 root    done           set" },
		{ 0, true, "  1  -                 root    taken back     set" },
		{ 1, false, "  1  -                 root    failed         set" },
		{ 2, false, "  1  -                 root    bad value      set" },
		{ 3, false, "  1  -                 root    no right       set" },
		{ 4, false, "  1  -                 root    not found      set" },
		{ 5, false, "  1  -                 root    in use         set" },
		{ 6, false, "  1  -                 root    refused        set" },
		{ 77, false, "  1  -                 root    failed         set" },
		{ -1, false, "  1  -                 root    failed         set" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct journalrow row = { .number = 1, .uid = 0, .status = cases[i].status,
					  .undone = cases[i].undone, .changed = true, .command = "set" };

		is(&row, cases[i].wanted);
	}
	is(&(struct journalrow){ .number = 1, .uid = 0, .command = "load loop" },
	   "  1  -                 root    nothing to do  load loop");
}

/* Heads and cells begin in the same columns. */
static void heads_stand_above(void **state)
{
	char *head = journalrow_head();

	(void)state;
	assert_string_equal(head, "  N  TIME              USER    RESULT         COMMAND");
	free(head);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_local),
		cmocka_unit_test(users_have_names),
		cmocka_unit_test(results_are_words),
		cmocka_unit_test(heads_stand_above),
	};

	return cmocka_run_group_tests_name("journalrow", tests, NULL, NULL);
}
