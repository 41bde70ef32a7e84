/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/util.h"
#include "model/info.h"
#include "model/tainting.h"

#define P (1ull << 0)
#define C (1ull << 10)
#define O (1ull << 12)
#define E (1ull << 13)
#define N (1ull << 18)

static const struct {
	const char *fields[5][2];
	bool signatures;
	unsigned long long bits;
} cases[] = {
	{ { { "license", "GPL" }, { "intree", "Y" }, { "sig_id", "PKCS#7" } }, true, 0 },
	{ { { "license", "GPL" }, { "intree", "Y" } }, true, E },
	{ { { "license", "GPL" }, { "intree", "Y" } }, false, 0 },
	{ { { "license", "Dual MIT/GPL" }, { "sig_id", "PKCS#7" } }, true, O },
	{ { { "license", "Proprietary" }, { "intree", "Y" }, { "sig_id", "PKCS#7" } }, true, P },
	{ { { "intree", "Y" }, { "sig_id", "PKCS#7" } }, true, P },
	{ { { "license", "GPL v2" }, { "intree", "Y" }, { "staging", "Y" }, { "sig_id", "PKCS#7" } }, true, C },
	{ { { "license", "GPL" }, { "intree", "Y" }, { "test", "Y" }, { "sig_id", "PKCS#7" } }, true, N },
	{ { { "license", "gpl" } }, true, P | O | E },
};

static void bits(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct info info = INFO_INIT;

		for (k = 0; k < 5 && cases[i].fields[k][0]; k++)
			info_add(&info, cases[i].fields[k][0], cases[i].fields[k][1],
				 strlen(cases[i].fields[k][1]));
		assert_int_equal(tainting_of(&info, cases[i].signatures), cases[i].bits);
		info_release(&info);
	}
}

static void sentences(void **state)
{
	static const int known[] = { 0, 10, 12, 13, 18 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(known); i++) {
		char *text = tainting_sentence(known[i], "kmt_x");

		assert_non_null(strstr(text, "kmt_x"));
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bits),
		cmocka_unit_test(sentences),
	};

	return cmocka_run_group_tests_name("tainting", tests, NULL, NULL);
}
