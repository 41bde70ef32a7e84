/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/util.h"
#include "model/busy.h"

static void found_by_name(void **state)
{
	struct busy second = { "snd_pcm", "unload", 0, BUSY_GIVEN_UP, NULL };
	struct busy first = { "snd", "load", 0, BUSY_WORKING, &second };

	(void)state;
	assert_ptr_equal(busy_find(&first, "snd"), &first);
	assert_ptr_equal(busy_find(&first, "snd-pcm"), &second);
	assert_null(busy_find(&first, "snd_"));
	assert_null(busy_find(NULL, "snd"));
}

static void said_in_words(void **state)
{
	static const struct { struct busy busy; const char *text; } cases[] = {
		{ { "m", "load", 5000, BUSY_WORKING, NULL }, "loading ... 35 s" },
		{ { "m", "unload", 39500, BUSY_WORKING, NULL }, "unloading ..." },
		{ { "m", "reload", 5000, BUSY_HANGS, NULL }, "reloading ... 35 s, hangs" },
		{ { "m", "set", 0, BUSY_GIVEN_UP, NULL }, "given up, hangs 40 s" },
		{ { "m", "mask", 41000, BUSY_WORKING, NULL }, "working on it ..." },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *words = busy_words(&cases[i].busy, 40000);

		assert_string_equal(words, cases[i].text);
		free(words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(found_by_name),
		cmocka_unit_test(said_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
