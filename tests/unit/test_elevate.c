/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "app/elevate.h"
#include "base/strv.h"
#include "base/util.h"

/* The words that run "load kmt_timer"; "" when it can not be done.  The caller frees. */
static char *words_by(const char *name, bool batch)
{
	struct elevate elevate = { .path = (char *)"/x", .name = name, .program = (char *)"/usr/bin/kmodtui" };
	struct strv command = STRV_INIT, arguments = STRV_INIT;
	char *words;
	bool done;

	strv_push(&command, "load");
	strv_push(&command, "kmt_timer");
	strv_push(&command, "who=a b; rm");
	done = elevate_arguments(&elevate, batch, &command, &arguments);
	assert_int_equal(done, arguments.n > 0);
	words = strv_join(&arguments, "|");
	strv_release(&command);
	strv_release(&arguments);
	return words;
}

#define REST "/usr/bin/kmodtui|--json|--started|load|kmt_timer|who=a b; rm"

static void each_is_given_its_words(void **state)
{
	static const struct { const char *name; bool batch; const char *words; } cases[] = {
		{ "sudo", false, "sudo|--|" REST },
		{ "sudo", true, "sudo|-n|--|" REST },
		{ "doas", false, "doas|--|" REST },
		{ "doas", true, "doas|-n|--|" REST },
		{ "pkexec", false, "pkexec|" REST },
		{ "pkexec", true, "" },
		{ "run0", false, "run0|" REST },
		{ "run0", true, "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *words = words_by(cases[i].name, cases[i].batch);

		assert_string_equal(words, cases[i].words);
		free(words);
	}
}

static void what_one_would_type(void **state)
{
	static const struct elevate elevate = { .name = "doas" };
	static const struct { const char *plain, *elevated; } cases[] = {
		{ "modprobe loop", "doas modprobe loop" },
		{ "echo 'a b' >/sys/module/m/parameters/p", "echo 'a b' | doas tee /sys/module/m/parameters/p" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *text = elevate_equivalent(&elevate, cases[i].plain);

		assert_string_equal(text, cases[i].elevated);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_given_its_words),
		cmocka_unit_test(what_one_would_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
