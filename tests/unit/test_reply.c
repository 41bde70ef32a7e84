/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "app/reply.h"
#include "base/buf.h"
#include "base/util.h"

static void reads_all_of_it(void **state)
{
	struct reply reply;

	(void)state;
	reply_parse(&reply,
		    "{\"schema\":1,\"sentence\":\"It is in use.\","
		    "\"results\":[{\"param\":\"a\",\"old\":\"1\",\"new\":\"2\",\"error\":null},"
		    "{\"param\":\"b\",\"old\":\"3\",\"new\":\"4\"}],"
		    "\"plan\":[{\"action\":\"keep\",\"name\":\"b\",\"detail\":null},"
		    "{\"action\":\"dance\",\"name\":\"c\"},7,{\"action\":\"load\"},"
		    "{\"action\":\"load\",\"name\":\"a\",\"detail\":\"x=1\"}],"
		    "\"remarks\":[\"It is loaded.\",7],"
		    "\"log\":[{\"level\":\"info\",\"text\":\"x: one\"},{\"level\":\"warning\",\"text\":\"x: two\"}]}\n",
		    "kmodtui: not this\n");
	assert_string_equal(reply.sentence, "It is in use.");
	assert_string_equal(reply.old_value, "1");
	assert_string_equal(reply.new_value, "2");
	assert_int_equal(reply.remarks.n, 1);
	assert_string_equal(reply.remarks.v[0], "It is loaded.");
	assert_int_equal(reply.plan.n, 2);
	assert_int_equal(reply.plan.v[0].verb, PLAN_KEEP);
	assert_string_equal(reply.plan.v[0].name, "b");
	assert_null(reply.plan.v[0].detail);
	assert_int_equal(reply.plan.v[1].verb, PLAN_LOAD);
	assert_string_equal(reply.plan.v[1].detail, "x=1");
	assert_int_equal(reply.log.n, 2);
	assert_string_equal(reply.log.v[0], "info   x: one");
	assert_string_equal(reply.log.v[1], "warning x: two");
	reply_release(&reply);
}

static void the_error_of_a_write_is_the_sentence(void **state)
{
	struct reply reply;

	(void)state;
	reply_parse(&reply, "{\"results\":[{\"old\":\"1\",\"new\":null,\"error\":\"It was refused.\"}]}", "");
	assert_string_equal(reply.sentence, "It was refused.");
	assert_string_equal(reply.old_value, "1");
	assert_null(reply.new_value);
	reply_release(&reply);
}

static void tells_which_module_failed(void **state)
{
	struct reply reply;

	(void)state;
	reply_parse(&reply, "{\"sentence\":\"It is in use.\",\"modules\":["
		    "{\"name\":\"a\",\"result\":\"unloaded\",\"sentence\":null},"
		    "{\"name\":\"b\",\"result\":\"failed\",\"sentence\":\"It is built in.\"},"
		    "{\"name\":\"c\",\"result\":\"already\",\"sentence\":\"It is in use.\"},"
		    "{\"name\":\"d\",\"result\":\"failed\",\"sentence\":\"It is in use.\"}]}", "");
	assert_string_equal(reply.failed, "d");
	reply_release(&reply);
	reply_parse(&reply, "{\"sentence\":null,\"modules\":[{\"name\":\"a\",\"result\":\"failed\"},7]}", "");
	assert_null(reply.failed);
	reply_release(&reply);
}

static void without_json_stderr_speaks(void **state)
{
	static const struct {
		const char *errors, *sentence;
	} samples[] = {
		{ "", NULL },
		{ "\n\n", NULL },
		{ "kmodtui: load: There is no option --x.\n", "There is no option --x." },
		{ "kmodtui: This is: a sentence.\n", "This is: a sentence." },
		{ "first line\nkmodtui: The last one counts.\n\n", "The last one counts." },
		{ "no newline at its end", "no newline at its end" },
		{ "kmodtui: ", "" },
		{ "kmodtui:", "kmodtui:" },
		{ "a\n", "a" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(samples); i++) {
		struct reply reply;

		reply_parse(&reply, "", samples[i].errors);
		if (samples[i].sentence)
			assert_string_equal(reply.sentence, samples[i].sentence);
		else
			assert_null(reply.sentence);
		assert_null(reply.old_value);
		assert_int_equal(reply.log.n, 0);
		reply_release(&reply);
	}
}

/* What is not there, or is of another type, is NULL; nothing fails. */
static void survives_any_json(void **state)
{
	static const char *const odd[] = {
		"", " ", "{", "}", "[]", "null", "true", "17", "\"text\"", "[{\"sentence\":\"x\"}]", "{}",
		"{\"sentence\":null}", "{\"sentence\":1}", "{\"sentence\":[\"x\"]}", "{\"sentence\":{}}",
		"{\"results\":null}", "{\"results\":{}}", "{\"results\":\"x\"}", "{\"results\":[]}",
		"{\"results\":[null]}", "{\"results\":[1,2]}", "{\"results\":[\"x\"]}",
		"{\"results\":[[{\"old\":\"1\"}]]}", "{\"results\":[{\"old\":1,\"new\":true,\"error\":[]}]}",
		"{\"log\":null}", "{\"log\":{}}", "{\"log\":[null,1,\"x\",[],{}]}",
		"{\"log\":[{\"level\":1,\"text\":\"x\"},{\"level\":\"info\"},{\"text\":\"x\"}]}",
		"{\"sentence\":\"cut sho", "\xff\xfe", "{\"sentence\":\"\\ud800\"", "garbage {\"sentence\":\"x\"}",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(odd); i++) {
		struct reply reply;

		reply_parse(&reply, odd[i], "");
		assert_null(reply.sentence);
		assert_null(reply.old_value);
		assert_null(reply.new_value);
		assert_int_equal(reply.log.n, 0);
		reply_release(&reply);
	}
}

static void deep_json_is_left_alone(void **state)
{
	struct buf deep = BUF_INIT;
	struct reply reply;
	int i;

	(void)state;
	for (i = 0; i < 100000; i++)
		buf_addstr(&deep, "{\"results\":[");
	reply_parse(&reply, buf_str(&deep), "kmodtui: Too deep.");
	assert_string_equal(reply.sentence, "Too deep.");
	reply_release(&reply);
	buf_release(&deep);
}

static void a_trial_is_read_too(void **state)
{
	struct reply reply;

	(void)state;
	reply_parse(&reply, "{\"schema\":1,\"verdict\":\"dirty\",\"sentence\":\"x is dirty.\","
		    "\"findings\":[{\"kind\":\"left\",\"text\":\"/proc/x\"},{\"kind\":\"odd\"},7],"
		    "\"appeared\":[{\"kind\":\"device\",\"text\":\"/dev/x\"}]}", "");
	assert_string_equal(reply.sentence, "x is dirty.");
	assert_int_equal(reply.remarks.n, 2);
	assert_string_equal(reply.remarks.v[0], "! left        /proc/x");
	assert_string_equal(reply.remarks.v[1], "+ device      /dev/x");
	reply_release(&reply);
}

static void the_roads_of_an_audit_are_lines(void **state)
{
	struct reply reply;

	(void)state;
	reply_parse(&reply, "{\"schema\":1,\"sentence\":\"It can be loaded.\",\"roads\":["
		    "{\"road\":\"loaded\",\"gate\":false,\"loads\":false,\"open\":false,\"by\":null},"
		    "{\"road\":\"file\",\"gate\":false,\"loads\":true,\"open\":true,\"by\":\"insmod x.ko\"},"
		    "{\"road\":\"signature\",\"gate\":true,\"loads\":false,\"open\":null,\"by\":null},"
		    "{\"road\":7},[],7]}", "");
	assert_string_equal(reply.sentence, "It can be loaded.");
	assert_int_equal(reply.remarks.n, 3);
	assert_string_equal(reply.remarks.v[0], "loaded              no       ");
	assert_string_equal(reply.remarks.v[1], "file                open     insmod x.ko");
	assert_string_equal(reply.remarks.v[2], "signature           unknown  ");
	reply_release(&reply);
}

/* A log that is longer than what is kept: not silence, which would be success. */
static void tells_that_it_was_cut(void **state)
{
	struct buf json = BUF_INIT;
	struct reply reply;

	(void)state;
	buf_addstr(&json, "{\"sentence\":null,\"log\":[");
	while (json.len < REPLY_MAX)
		buf_addstr(&json, "{\"level\":\"info\",\"text\":\"chatter\"},");
	reply_parse(&reply, buf_str(&json), "");
	assert_non_null(reply.sentence);
	assert_non_null(strstr(reply.sentence, "cut off"));
	reply_release(&reply);
	buf_addstr(&json, "{}]}");
	reply_parse(&reply, buf_str(&json), "");
	assert_null(reply.sentence);
	reply_release(&reply);
	buf_release(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_all_of_it),
		cmocka_unit_test(tells_that_it_was_cut),
		cmocka_unit_test(the_error_of_a_write_is_the_sentence),
		cmocka_unit_test(tells_which_module_failed),
		cmocka_unit_test(without_json_stderr_speaks),
		cmocka_unit_test(a_trial_is_read_too),
		cmocka_unit_test(the_roads_of_an_audit_are_lines),
		cmocka_unit_test(survives_any_json),
		cmocka_unit_test(deep_json_is_left_alone),
	};

	return cmocka_run_group_tests_name("reply", tests, NULL, NULL);
}
