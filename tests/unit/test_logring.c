/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/logring.h"

static void push(struct logring *ring, uint64_t seq, uint64_t lost)
{
	struct logrec rec = { .seq = seq, .lost = lost, .level = 6 };
	char text[32];

	snprintf(text, sizeof(text), "record %d", (int)seq);
	if (!lost) {
		rec.text = xstrdup(text);
		rec.module = xstrdup("kmt_timer");
	}
	logring_push(ring, &rec);
	assert_null(rec.text);
	assert_null(rec.module);
}

static void levels(void **state)
{
	static const char *const names[] = {
		"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug",
	};
	unsigned level = 99;

	(void)state;
	for (unsigned i = 0; i < 8; i++) {
		const char digit[] = { (char)('0' + i), '\0' };

		assert_string_equal(logrec_level_name(i), names[i]);
		assert_int_equal(logrec_level_parse(names[i], &level), 0);
		assert_int_equal(level, i);
		assert_int_equal(logrec_level_parse(digit, &level), 0);
		assert_int_equal(level, i);
	}
	assert_int_equal(logrec_level_parse("8", &level), -EINVAL);
	assert_int_equal(logrec_level_parse("", &level), -EINVAL);
	assert_int_equal(logrec_level_parse("11", &level), -EINVAL);
	assert_int_equal(logrec_level_parse("INFO", &level), -EINVAL);
	assert_int_equal(level, 7);
	assert_non_null(logrec_level_name(4711));
}

static void empty(void **state)
{
	struct logring ring = { 0 };

	(void)state;
	assert_null(logring_get(&ring, 0));
	logring_release(&ring);
}

static void holds_in_order(void **state)
{
	struct logring ring = { 0 };

	(void)state;
	for (uint64_t i = 0; i < 5; i++)
		push(&ring, 100 + i, 0);
	assert_int_equal(ring.n, 5);
	assert_int_equal(logring_get(&ring, 0)->seq, 100);
	assert_string_equal(logring_get(&ring, 4)->text, "record 104");
	assert_string_equal(logring_get(&ring, 4)->module, "kmt_timer");
	assert_null(logring_get(&ring, 5));
	assert_null(logring_get(&ring, (size_t)-1));
	logring_release(&ring);
	assert_int_equal(ring.n, 0);
}

static void the_oldest_goes(void **state)
{
	struct logring ring = { 0 };
	const uint64_t all = LOGRING_MAX * 2 + 17;

	(void)state;
	for (uint64_t i = 0; i < all; i++)
		push(&ring, i, 0);
	assert_int_equal(ring.n, LOGRING_MAX);
	assert_int_equal(ring.pushed, all);
	assert_int_equal(ring.dropped, all - LOGRING_MAX);
	for (size_t i = 0; i < ring.n; i++)
		assert_int_equal(logring_get(&ring, i)->seq, all - LOGRING_MAX + i);
	logring_release(&ring);
}

static void losses_add_up(void **state)
{
	struct logring ring = { 0 };

	(void)state;
	push(&ring, 1, 0);
	push(&ring, 2, 40);
	push(&ring, 42, 0);
	push(&ring, 43, 2);
	assert_int_equal(ring.lost, 42);
	assert_int_equal(ring.pushed, 4);
	assert_null(logring_get(&ring, 1)->text);
	for (uint64_t i = 0; i < LOGRING_MAX; i++)
		push(&ring, 100 + i, 0);
	assert_int_equal(ring.lost, 42);	/* a mark that left is still a loss */
	logring_release(&ring);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels),
		cmocka_unit_test(empty),
		cmocka_unit_test(holds_in_order),
		cmocka_unit_test(the_oldest_goes),
		cmocka_unit_test(losses_add_up),
	};

	return cmocka_run_group_tests_name("logring", tests, NULL, NULL);
}
