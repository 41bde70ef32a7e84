/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/strv.h"

static void pushes_copies(void **state)
{
	struct strv list = STRV_INIT;
	char name[] = "kvm";

	(void)state;
	strv_push(&list, name);
	name[0] = 'x';
	strv_pushn(&list, "kvm_amd,", 7);
	assert_int_equal(list.n, 2);
	assert_string_equal(list.v[0], "kvm");
	assert_string_equal(list.v[1], "kvm_amd");
	assert_null(list.v[2]);
	strv_release(&list);
	assert_null(list.v);
	assert_int_equal(list.n, 0);
}

static void stays_terminated(void **state)
{
	struct strv list = STRV_INIT;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		strv_push(&list, "x");
		assert_int_equal(list.n, i + 1);
		assert_null(list.v[list.n]);
	}
	strv_release(&list);
}

static void sorts(void **state)
{
	struct strv list = STRV_INIT;
	char *text;

	(void)state;
	strv_sort(&list);
	strv_push(&list, "snd");
	strv_push(&list, "ac97");
	strv_push(&list, "Zebra");
	strv_sort(&list);
	text = strv_join(&list, " ");
	assert_string_equal(text, "Zebra ac97 snd");
	free(text);
	strv_release(&list);
}

static void joins(void **state)
{
	struct strv list = STRV_INIT;
	char *text = strv_join(&list, ", ");

	(void)state;
	assert_string_equal(text, "");
	free(text);
	strv_push(&list, "one");
	text = strv_join(&list, ", ");
	assert_string_equal(text, "one");
	free(text);
	strv_push(&list, "two");
	text = strv_join(&list, ", ");
	assert_string_equal(text, "one, two");
	free(text);
	strv_release(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pushes_copies),
		cmocka_unit_test(stays_terminated),
		cmocka_unit_test(sorts),
		cmocka_unit_test(joins),
	};

	return cmocka_run_group_tests_name("strv", tests, NULL, NULL);
}
