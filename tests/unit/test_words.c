/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/words.h"

/* The words with '|' between them; NULL: a quote is not closed. */
static const struct { const char *text, *words; } splits[] = {
	{ "", "" },
	{ "  \t ", "" },
	{ "a=1", "a=1" },
	{ "  a=1\tb=2  ", "a=1|b=2" },
	{ "who=\"Ada Lovelace\" times=2", "who=Ada Lovelace|times=2" },
	{ "'who=Ada Lovelace'", "who=Ada Lovelace" },
	{ "a='it is \"so\"'", "a=it is \"so\"" },
	{ "a=\"\" b=''", "a=|b=" },
	{ "a=\"open", NULL },
	{ "a=1 'b", NULL },
};

static void splits_words(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(splits); i++) {
		struct strv words = STRV_INIT;
		char *joined;
		int err = words_split(splits[i].text, &words);

		assert_int_equal(err, splits[i].words ? 0 : -EINVAL);
		joined = strv_join(&words, "|");
		assert_string_equal(joined, splits[i].words ? splits[i].words : "");
		free(joined);
		strv_release(&words);
	}
}

static const struct { const char *word, *quoted; } quotes[] = {
	{ "", "''" },
	{ "kmt_timer", "kmt_timer" },
	{ "period_ms=250", "period_ms=250" },
	{ "who=Ada Lovelace", "'who=Ada Lovelace'" },
	{ "$(id);x", "'$(id);x'" },
	{ "it's", "'it'\\''s'" },
	{ "`id`", "'`id`'" },
	{ "a\nb", "'a\nb'" },
	{ "\xc3\xa4", "'\xc3\xa4'" },
};

static void quotes_words(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(quotes); i++) {
		struct buf out = BUF_INIT;

		words_quote(&out, quotes[i].word);
		assert_string_equal(buf_str(&out), quotes[i].quoted);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_words),
		cmocka_unit_test(quotes_words),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
