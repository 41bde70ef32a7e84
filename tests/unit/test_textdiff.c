/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/strv.h"
#include "model/textdiff.h"

static void assert_diff(const char *before, const char *after, const char *old, const char *new)
{
	struct strv gone = STRV_INIT, come = STRV_INIT;
	char *text;

	textdiff(before, after, &gone, &come);
	text = strv_join(&gone, "|");
	assert_string_equal(text, old);
	free(text);
	text = strv_join(&come, "|");
	assert_string_equal(text, new);
	free(text);
	strv_release(&gone);
	strv_release(&come);
}

static void test_nothing(void **state)
{
	(void)state;
	assert_diff(NULL, NULL, "", "");
	assert_diff("", NULL, "", "");
	assert_diff("a\nb\n", "a\nb\n", "", "");
	assert_diff("a\nb", "a\nb\n", "", "");
}

static void test_ends(void **state)
{
	(void)state;
	assert_diff(NULL, "a\nb\n", "", "a|b");
	assert_diff("a\nb\n", NULL, "a|b", "");
	assert_diff("a\nb\n", "a\nb\nc\n", "", "c");
	assert_diff("a\nb\n", "x\na\nb\n", "", "x");
	assert_diff("a\na\n", "a\n", "a", "");
}

static void test_middle(void **state)
{
	(void)state;
	assert_diff("a\nb\nc\nd\n", "a\nx\nc\ny\nd\n", "b", "x|y");
	assert_diff("1\nkeep\n2\n", "3\nkeep\n4\n", "1|2", "3|4");
}

static void test_far_too_long(void **state)
{
	struct buf left = BUF_INIT, right = BUF_INIT;
	struct strv old = STRV_INIT, new = STRV_INIT;
	int i;

	(void)state;
	for (i = 0; i < 3000; i++) {
		buf_printf(&left, "l%d\n", i);
		buf_printf(&right, "r%d\n", i);
	}
	textdiff(buf_str(&left), buf_str(&right), &old, &new);
	assert_int_equal(old.n, 3000);
	assert_int_equal(new.n, 3000);
	strv_release(&old);
	strv_release(&new);
	buf_release(&left);
	buf_release(&right);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_middle),
		cmocka_unit_test(test_far_too_long),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
