/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/complete.h"
#include "model/param.h"

static void a_word_starts_behind_a_blank(void **state)
{
	static const struct {
		const char *text;
		size_t at, start;
	} samples[] = {
		{ "", 0, 0 }, { "peri", 4, 0 }, { "a=1 peri", 8, 4 }, { "a=1 peri", 2, 0 }, { "a=1 ", 4, 4 },
		{ "a='b c", 6, 0 }, { "a='b c' d", 9, 8 }, { "a=\"it's\" d", 10, 9 }, { "a=1\tb", 5, 4 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(samples); i++)
		assert_int_equal(complete_start(samples[i].text, samples[i].at), samples[i].start);
}

static void add(struct paramlist *params, const char *name, const char *type, const char *description)
{
	struct param *param = paramlist_get(params, name, strlen(name));

	param->type = xstrdup(type);
	param->description = xstrdup(description);
}

/* What @typed may become, joined by blanks. */
static void assert_completes(const struct paramlist *params, const char *typed, const char *words)
{
	struct strv out = STRV_INIT;
	char *joined;

	complete_params(params, typed, strlen(typed), &out);
	joined = strv_join(&out, " ");
	assert_string_equal(joined, words);
	free(joined);
	strv_release(&out);
}

static void names_and_known_values(void **state)
{
	struct paramlist params = PARAMLIST_INIT;

	(void)state;
	add(&params, "period_ms", "uint", "milliseconds between two expiries, 1-60000 (default 1000)");
	add(&params, "engine", "charp", "what runs: timer, hrtimer, work or all (default timer)");
	add(&params, "histogram", "bool", "yes or no");
	add(&params, "peer", NULL, NULL);
	paramlist_find(&params, "peer")->configured = xstrdup("10.0.0.1");
	paramlist_find(&params, "period_ms")->value = xstrdup("250");
	paramlist_find(&params, "engine")->value = xstrdup("work");
	assert_completes(&params, "", "engine= histogram= peer= period_ms=");
	assert_completes(&params, "pe", "peer= period_ms=");
	assert_completes(&params, "period", "period_ms=");
	assert_completes(&params, "x", "");
	assert_completes(&params, "histogram=", "histogram=N histogram=Y");
	assert_completes(&params, "histogram=Y", "histogram=Y");
	assert_completes(&params, "engine=", "engine=all engine=hrtimer engine=timer engine=work");
	assert_completes(&params, "engine=h", "engine=hrtimer");
	assert_completes(&params, "period_ms=", "period_ms=250");
	assert_completes(&params, "peer=", "peer=10.0.0.1");
	assert_completes(&params, "nobody=", "");
	paramlist_release(&params);
}

static void assert_values(const char *description, const char *words)
{
	struct param param = { .description = (char *)description };
	struct strv out = STRV_INIT;
	char *joined;

	complete_values(&param, &out);
	joined = strv_join(&out, " ");
	assert_string_equal(joined, words);
	free(joined);
	strv_release(&out);
}

static void prose_is_no_list(void **state)
{
	(void)state;
	assert_values("a number with a sign (default 0)", "");
	assert_values("", "");
	assert_values("mode:", "");
	assert_values("word", "");
	assert_values("the first, or the second one", "");
	assert_values("one, , two", "");
	assert_values("mode: fast | slow", "fast slow");
	assert_values("fast|slow|fast", "fast slow");
	assert_values("how: fast, slow, or off.", "fast slow off");
}

static void what_all_begin_with(void **state)
{
	struct strv words = STRV_INIT;

	(void)state;
	assert_int_equal(complete_common(&words), 0);
	strv_push(&words, "kmt_timer.ko");
	assert_int_equal(complete_common(&words), 12);
	strv_push(&words, "kmt_hello.ko");
	assert_int_equal(complete_common(&words), 4);
	strv_push(&words, "kmt_");
	assert_int_equal(complete_common(&words), 4);
	strv_push(&words, "x");
	assert_int_equal(complete_common(&words), 0);
	strv_release(&words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_starts_behind_a_blank),
		cmocka_unit_test(names_and_known_values),
		cmocka_unit_test(prose_is_no_list),
		cmocka_unit_test(what_all_begin_with),
	};

	return cmocka_run_group_tests_name("complete", tests, NULL, NULL);
}
