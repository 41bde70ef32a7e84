/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "model/info.h"

static void keeps_the_order(void **state)
{
	static const char *const keys[] = { "license", "parm", "alias", "parm", "alias" };
	struct info info = INFO_INIT;

	(void)state;
	for (size_t i = 0; i < 100; i++)
		info_add(&info, keys[i % 5], "value and more", 5);
	assert_int_equal(info.n, 100);
	for (size_t i = 0; i < 100; i++) {
		assert_string_equal(info.fields[i].key, keys[i % 5]);
		assert_string_equal(info.fields[i].value, "value");
	}
	info_release(&info);
	assert_int_equal(info.n, 0);
	info_release(&info);
}

static void finds_the_first(void **state)
{
	struct info info = INFO_INIT;

	(void)state;
	assert_null(info_find(&info, "license"));
	info_add(&info, "alias", "one", 3);
	info_add(&info, "alias", "two", 3);
	info_add(&info, "description", "", 0);
	assert_string_equal(info_find(&info, "alias"), "one");
	assert_string_equal(info_find(&info, "description"), "");
	assert_null(info_find(&info, "ali"));
	info_release(&info);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_order),
		cmocka_unit_test(finds_the_first),
	};

	return cmocka_run_group_tests_name("info", tests, NULL, NULL);
}
