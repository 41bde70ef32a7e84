/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "kernel/bootclock.h"
#include "kernel/root.h"
#include "model/logtext.h"
#include "model/logtime.h"

static void reads_btime(void **state)
{
	static const struct {
		const char *text;
		int err;
		int64_t seconds;
	} cases[] = {
		{ "cpu 1 2\nbtime 1795391940\nprocesses 3\n", 0, 1795391940 },
		{ "btime 0", 0, 0 },
		{ "", -ENOENT, 7 },
		{ "xbtime 5\n", -ENOENT, 7 },
		{ "btime \n", -ENOENT, 7 },
		{ "btime -5\n", -ENOENT, 7 },
		{ "btime 99999999999999999999\n", -ENOENT, 7 },
		{ "btime 253402300800\nbtime 9\n", 0, 9 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t seconds = 7;

		assert_int_equal(bootclock_parse(cases[i].text, &seconds), cases[i].err);
		assert_int_equal(seconds, cases[i].seconds);
	}
}

static void this_machine(void **state)
{
	struct root root;
	int64_t usec = 0, now = (int64_t)time(NULL) * 1000000;

	(void)state;
	assert_int_equal(root_init(&root, NULL, NULL), 0);
	assert_int_equal(bootclock_offset(&root, &usec), 0);
	assert_true(usec <= now && usec > 0);
	root_release(&root);
}

static void formats(void **state)
{
	struct buf out = BUF_INIT;
	char date[16], clock[32];

	(void)state;
	setenv("TZ", "UTC0", 1);
	tzset();
	logtime_date(1795391940000000, date, sizeof(date));
	logtime_clock(1795391940000001, clock, sizeof(clock));
	assert_string_equal(date, "2026-11-22");
	assert_string_equal(clock, "23:59:00.000001");
	logtime_date(-1, date, sizeof(date));
	logtime_clock(-1, clock, sizeof(clock));
	assert_string_equal(date, "1969-12-31");
	assert_string_equal(clock, "23:59:59.999999");
	logtext_wall(1795391940000001, &out);
	assert_string_equal(buf_str(&out), "2026-11-22T23:59:00.000001");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_btime),
		cmocka_unit_test(this_machine),
		cmocka_unit_test(formats),
	};

	return cmocka_run_group_tests_name("bootclock", tests, NULL, NULL);
}
