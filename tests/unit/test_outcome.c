/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "app/outcome.h"

/* A list of words; NULL ends them. */
static struct strv words(const char *const list[])
{
	struct strv out = STRV_INIT;

	for (; *list; list++)
		strv_push(&out, *list);
	return out;
}

#define WORDS(...) words((const char *const[]){ __VA_ARGS__, NULL })

static void about(const char *sentence, const char *wanted)
{
	char *got = outcome_about("crc16", sentence);

	assert_string_equal(got, wanted);
	free(got);
}

static void sentences_name_the_module(void **state)
{
	(void)state;
	about("It is loaded already.", "crc16 is loaded already.");
	about("It was not done in time: look.", "crc16 was not done in time: look.");
	about("The module has no such parameter.", "crc16: The module has no such parameter.");
	about("Items are missing.", "crc16: Items are missing.");
	about("", "crc16: ");
}

static void remarks_do_as_well(void **state)
{
	struct strv log = WORDS("It is loaded now.", "The image has it, too."), out;

	(void)state;
	outcome_remarks("crc16", &log, &out);
	assert_int_equal(out.n, 2);
	assert_string_equal(out.v[0], "crc16 is loaded now.");
	assert_string_equal(out.v[1], "The image has it, too.");
	strv_release(&out);
	outcome_remarks(NULL, &log, &out);
	assert_string_equal(out.v[0], "It is loaded now.");
	strv_release(&out);
	strv_release(&log);
}

static void joined(struct strv names, const char *wanted)
{
	char *got = outcome_names(&names);

	assert_string_equal(got, wanted);
	free(got);
	strv_release(&names);
}

static void names_are_a_sentence(void **state)
{
	(void)state;
	joined((struct strv)STRV_INIT, "");
	joined(WORDS("a"), "a");
	joined(WORDS("a", "b"), "a and b");
	joined(WORDS("a", "b", "c"), "a, b and c");
	joined(WORDS("a", "b", "c", "d"), "a, b, c and d");
	joined(WORDS("a", "b", "c", "d", "e"), "a, b, c and 2 more");
}

static void refused(struct strv options, const char *line, const char *wanted)
{
	struct strv log = WORDS("warn   other: text", line);
	const char *got = outcome_refused(&options, &log);

	if (wanted)
		assert_string_equal(got, wanted);
	else
		assert_null(got);
	strv_release(&options);
	strv_release(&log);
}

static void the_kernel_names_the_parameter(void **state)
{
	(void)state;
	refused(WORDS("./kmt_hello.ko", "who=x", "times=99"), "err    kmt_hello: `99' invalid for parameter `times'",
		"times=99");
	refused(WORDS("max-len=a"), "err    m: `a' too large for parameter `max_len'", "max-len=a");
	refused(WORDS("time=1", "times"), "err    m: `99' invalid for parameter `times'", NULL);
	refused(WORDS("times=1"), "err    m: times is 1 to 10", NULL);
	refused(WORDS("times=1"), "err    m: parameter `times", "times=1");
	refused((struct strv)STRV_INIT, "err    m: `99' invalid for parameter `times'", NULL);
}

static void nothing_is_said_twice(void **state)
{
	struct strv log = WORDS("err    m: no room", "warn   m: unloading", "info   "), out;

	(void)state;
	outcome_unquoted("It failed. The kernel log says: \"m: no room\"", &log, &out);
	assert_int_equal(out.n, 2);
	assert_string_equal(out.v[0], "warn   m: unloading");
	strv_release(&out);
	outcome_unquoted("It failed.", &log, &out);
	assert_int_equal(out.n, 3);
	strv_release(&out);
	outcome_unquoted("It failed.", NULL, &out);
	assert_int_equal(out.n, 0);
	strv_release(&log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_name_the_module),
		cmocka_unit_test(remarks_do_as_well),
		cmocka_unit_test(names_are_a_sentence),
		cmocka_unit_test(the_kernel_names_the_parameter),
		cmocka_unit_test(nothing_is_said_twice),
	};

	return cmocka_run_group_tests_name("outcome", tests, NULL, NULL);
}
