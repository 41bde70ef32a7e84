/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "model/secret.h"

static void test_names(void **state)
{
	static const char *const secrets[] = { "key", "wpa_key", "PASSWORD", "MyToken", "secret1" };
	static const char *const others[] = { "", "period_ms", "ke", "tok" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		assert_true(secret_is_name(secrets[i], strlen(secrets[i])));
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_false(secret_is_name(others[i], strlen(others[i])));
	assert_false(secret_is_name("akey", 2));
}

static void test_texts(void **state)
{
	static const struct {
		const char *text, *masked;
	} samples[] = {
		{ "", "" },
		{ "options wifi debug=1", "options wifi debug=1" },
		{ "options wifi key=abc debug=1", "options wifi key=*** debug=1" },
		{ "options wifi key=\"a b c\" debug=1", "options wifi key=*** debug=1" },
		{ "options wifi \"key=a b c\" debug=1", "options wifi key=*** debug=1" },
		{ "options wifi key=\"a b", "options wifi key=***" },
		{ "options key debug=1", "options key debug=1" },
		{ "install key /bin/false", "install key /bin/false" },
		{ "a=key=1 \t passwd=\n", "a=key=1 \t passwd=***\n" },
	};
	char *masked;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		masked = secret_mask(samples[i].text);
		assert_string_equal(masked, samples[i].masked);
		assert_int_equal(secret_is_masked(masked), strcmp(masked, samples[i].text) != 0);
		free(masked);
	}
}

/* A word of the command line has no quotes: its value goes to the end. */
static void test_words(void **state)
{
	char *masked;

	(void)state;
	masked = secret_mask_word("key=a b=c");
	assert_string_equal(masked, "key=***");
	free(masked);
	masked = secret_mask_word("text=a key=c");
	assert_string_equal(masked, "text=a key=c");
	free(masked);
	masked = secret_mask_word("key");
	assert_string_equal(masked, "key");
	free(masked);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_words),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
