/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/strv.h"
#include "model/module.h"
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

static void a_sum_has_every_module_once_and_in_order(void **state)
{
	struct plan plan = PLAN_INIT, more = PLAN_INIT;

	(void)state;
	plan_push(&plan, PLAN_LOAD, "netfs", NULL);
	plan_push(&plan, PLAN_LOAD, "fscache", NULL);
	plan_push(&more, PLAN_LOAD, "netfs", "late=1");
	plan_push(&more, PLAN_KEEP, "libcrc32c", NULL);
	plan_push(&more, PLAN_LOAD, "fs-cache", NULL);
	plan_push(&more, PLAN_LOAD, "fscache", "late=1");
	plan_push(&more, PLAN_LOAD, "afs", "debug=1");
	plan_merge(&plan, &more);
	assert_int_equal(plan.n, 5);
	assert_null(plan.v[0].detail);
	assert_null(plan.v[1].detail);
	assert_string_equal(plan.v[2].name, "libcrc32c");
	assert_int_equal(plan.v[2].verb, PLAN_KEEP);
	assert_string_equal(plan.v[3].name, "fs-cache");
	assert_string_equal(plan.v[4].detail, "debug=1");
	assert_ptr_equal(plan_find(&plan, "fs_cache"), &plan.v[3]);
	assert_null(plan_find(&plan, "fs"));
	assert_true(plan_overlaps(&plan, &more));
	plan_release(&more);
	assert_false(plan_overlaps(&plan, &more));
	plan_push(&more, PLAN_UNLOAD, "fs", NULL);
	assert_false(plan_overlaps(&plan, &more));
	plan_push(&more, PLAN_UNLOAD, "a_f_s", NULL);
	plan_push(&more, PLAN_UNLOAD, "afs", NULL);
	assert_true(plan_overlaps(&plan, &more));
	plan_release(&plan);
	plan_release(&more);
}

static void names_of_verbs(void **state)
{
	enum plan_verb verb;

	(void)state;
	assert_string_equal(plan_verb_name(PLAN_LOAD), "load");
	assert_string_equal(plan_verb_name(PLAN_UNLOAD), "unload");
	assert_string_equal(plan_verb_name(PLAN_KEEP), "keep");
	assert_string_equal(plan_verb_name(PLAN_INSTALL_COMMAND), "install");
	assert_int_equal(plan_verb_parse("unload", &verb), 0);
	assert_int_equal(verb, PLAN_UNLOAD);
	assert_int_equal(plan_verb_parse("Load", &verb), -EINVAL);
	assert_int_equal(plan_verb_parse("", &verb), -EINVAL);
}

static void add_live(struct modlist *live, const char *name, int refs, const char *user, const char *other)
{
	struct module *module = modlist_push(live, name, strlen(name));

	module->refs = refs;
	if (user)
		strv_push(&module->users, user);
	if (other)
		strv_push(&module->users, other);
}

/* What 8021q had brought in goes with it, but not what something else uses, or holds. */
static void unneeded(void **state)
{
	struct modlist live = MODLIST_INIT;
	struct plan plan = PLAN_INIT;
	struct strv names = STRV_INIT;
	char *all;

	(void)state;
	add_live(&live, "llc", 2, "stp", "garp");
	add_live(&live, "stp", 1, "garp", NULL);
	add_live(&live, "8021q", 0, NULL, NULL);
	add_live(&live, "garp", 1, "8021q", NULL);
	add_live(&live, "mrp", 2, "8021q", NULL);	/* held by something else */
	add_live(&live, "crc", 2, "8021q", "other");
	add_live(&live, "other", 0, NULL, NULL);
	plan_push(&plan, PLAN_KEEP, "other", NULL);
	plan_push(&plan, PLAN_UNLOAD, "8021q", NULL);
	plan_unneeded(&plan, &live, &names);
	all = strv_join(&names, " ");
	assert_string_equal(all, "garp stp llc");
	free(all);
	strv_release(&names);
	modlist_release(&live);
	plan_release(&plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_order),
		cmocka_unit_test(a_sum_has_every_module_once_and_in_order),
		cmocka_unit_test(names_of_verbs),
		cmocka_unit_test(unneeded),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
