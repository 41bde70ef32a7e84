/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "model/plan.h"

static void keeps_the_order(void **state)
{
	struct plan plan = PLAN_INIT;

	(void)state;
	plan_push(&plan, PLAN_KEEP, "kvm", NULL);
	plan_push(&plan, PLAN_LOAD, "kvm_amd", "nested=1");
	plan_push(&plan, PLAN_INSTALL_COMMAND, "floppy", "/bin/false");
	plan_push(&plan, PLAN_UNLOAD, "x", NULL);
	for (int i = 0; i < 50; i++)
		plan_push(&plan, PLAN_LOAD, "more", "a=b");
	assert_int_equal(plan.n, 54);
	assert_int_equal(plan.v[0].verb, PLAN_KEEP);
	assert_string_equal(plan.v[0].name, "kvm");
	assert_null(plan.v[0].detail);
	assert_string_equal(plan.v[1].detail, "nested=1");
	assert_int_equal(plan.v[2].verb, PLAN_INSTALL_COMMAND);
	plan_release(&plan);
	assert_int_equal(plan.n, 0);
	plan_release(&plan);
}

static void names_of_verbs(void **state)
{
	(void)state;
	assert_string_equal(plan_verb_name(PLAN_LOAD), "load");
	assert_string_equal(plan_verb_name(PLAN_UNLOAD), "unload");
	assert_string_equal(plan_verb_name(PLAN_KEEP), "keep");
	assert_string_equal(plan_verb_name(PLAN_INSTALL_COMMAND), "install");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_order),
		cmocka_unit_test(names_of_verbs),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
