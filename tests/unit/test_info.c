/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/buf.h"
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

static void comes_back_as_it_went(void **state)
{
	struct info info = { .name = (char *)"alpha" }, copy;
	struct buf bytes = BUF_INIT;
	const char *pos;
	size_t cut;

	(void)state;
	info_add(&info, "parm", "a:text", 6);
	info_add(&info, "", "", 0);
	info_write(&info, &bytes);
	pos = buf_str(&bytes);
	assert_int_equal(info_parse(&pos, pos + bytes.len, &copy), 0);
	assert_string_equal(copy.name, "alpha");
	assert_null(copy.path);
	assert_int_equal(copy.n, 2);
	assert_string_equal(copy.fields[0].value, "a:text");
	assert_string_equal(copy.fields[1].key, "");
	info_release(&copy);
	/* Half of it is nothing, and leaves nothing. */
	for (cut = 0; cut < bytes.len; cut++) {
		pos = buf_str(&bytes);
		assert_int_equal(info_parse(&pos, pos + cut, &copy), -EBADMSG);
		assert_null(copy.fields);
	}
	buf_release(&bytes);
	info.name = NULL;
	info_release(&info);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_order),
		cmocka_unit_test(finds_the_first),
		cmocka_unit_test(comes_back_as_it_went),
	};

	return cmocka_run_group_tests_name("info", tests, NULL, NULL);
}
