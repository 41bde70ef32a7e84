/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/util.h"
#include "cli/cli.h"
#include "cli/options.h"

/* Commands of this test's own: the real ones would bring the kernel's readers along. */
static const struct command commands[] = {
	{ .name = "none", .arguments = "" },
	{ .name = "one", .arguments = "NAME", .options = "all state columns", .min_args = 1, .max_args = 1 },
	{ .name = "many", .arguments = "NAME...", .options = "dry-run timeout", .min_args = 1, .max_args = -1 },
};

const struct command *cli_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

/* One reading: the words, and what came of them. */
struct reading {
	char *argv[16];
	int argc, first;
	struct options options;
	const struct command *command;
	enum status status;
};

/* Reads @words, NULL-terminated. */
static void read_words(struct reading *reading, const char *const *words)
{
	memset(reading, 0, sizeof(*reading));
	reading->argv[reading->argc++] = (char *)"kmodtui";
	for (; *words; words++)
		reading->argv[reading->argc++] = (char *)*words;
	reading->status = options_parse(reading->argc, reading->argv, &reading->options,
					&reading->command, &reading->first);
}

#define READ(reading, ...) read_words(reading, (const char *const[]){ __VA_ARGS__, NULL })

static void no_words_open_the_console(void **state)
{
	struct reading r;

	(void)state;
	read_words(&r, (const char *const[]){ NULL });
	assert_int_equal(r.status, STATUS_DONE);
	assert_null(r.command);
	assert_int_equal(r.first, r.argc);
	assert_false(r.options.json);
	assert_null(r.options.root);
}

static void options_stand_anywhere(void **state)
{
	struct reading r;

	(void)state;
	READ(&r, "--json", "many", "--root", "/x", "a", "--dry-run", "b", "--kernel=1.2");
	assert_int_equal(r.status, STATUS_DONE);
	assert_string_equal(r.command->name, "many");
	assert_true(r.options.json);
	assert_true(r.options.dry_run);
	assert_string_equal(r.options.root, "/x");
	assert_string_equal(r.options.kernel, "1.2");
	assert_int_equal(r.argc - r.first, 2);
	assert_string_equal(r.argv[r.first], "a");
	assert_string_equal(r.argv[r.first + 1], "b");
}

static void two_dashes_end_the_options(void **state)
{
	struct reading r;

	(void)state;
	READ(&r, "many", "--", "--json", "-x", "--");
	assert_int_equal(r.status, STATUS_DONE);
	assert_false(r.options.json);
	assert_int_equal(r.argc - r.first, 3);
	assert_string_equal(r.argv[r.first], "--json");
	assert_string_equal(r.argv[r.first + 2], "--");
	READ(&r, "--", "none");
	assert_string_equal(r.command->name, "none");
	READ(&r, "many", "-", "");
	assert_int_equal(r.argc - r.first, 2);
}

static void letters(void **state)
{
	struct reading r;

	(void)state;
	READ(&r, "one", "-oname,size", "x");
	assert_string_equal(r.options.columns, "name,size");
	READ(&r, "one", "-o", "name", "x");
	assert_string_equal(r.options.columns, "name");
	READ(&r, "-hoabc", "one");
	assert_int_equal(r.status, STATUS_DONE);
	assert_true(r.options.help);
	assert_string_equal(r.options.columns, "abc");
}

static void the_last_value_counts(void **state)
{
	struct reading r;

	(void)state;
	READ(&r, "none", "--root", "a", "--root=b", "--root=");
	assert_int_equal(r.status, STATUS_DONE);
	assert_string_equal(r.options.root, "");
}

static void a_timeout_is_a_number_of_seconds(void **state)
{
	static const char *const bad[] = { "0", "-1", "86401", "1s", "0x10", "" };
	struct reading r;
	size_t i;

	(void)state;
	READ(&r, "many", "x", "--timeout", "86400");
	assert_int_equal(r.status, STATUS_DONE);
	assert_int_equal(r.options.timeout_s, 86400);
	READ(&r, "many", "x", "--timeout", "010");
	assert_int_equal(r.status, STATUS_DONE);
	assert_int_equal(r.options.timeout_s, 10);
	READ(&r, "--timeout", "5");
	assert_int_equal(r.status, STATUS_DONE);
	assert_int_equal(r.options.timeout_s, 5);
	READ(&r, "--timeout", "5", "none");
	assert_int_equal(r.status, STATUS_USAGE);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		READ(&r, "many", "x", "--timeout", bad[i]);
		assert_int_equal(r.status, STATUS_USAGE);
	}
}

static void help_needs_no_arguments(void **state)
{
	struct reading r;

	(void)state;
	READ(&r, "one", "--help");
	assert_int_equal(r.status, STATUS_DONE);
	READ(&r, "--version", "many");
	assert_int_equal(r.status, STATUS_DONE);
}

/* The complaints are for people; the test looks at statuses. */
static int swap_stderr(int with)
{
	int old = dup(STDERR_FILENO);

	fflush(stderr);
	dup2(with, STDERR_FILENO);
	close(with);
	return old;
}

static void usage_errors(void **state)
{
	static const char *const bad[][5] = {
		{ "--nonsense" }, { "-z" }, { "nonsense" }, { "" }, { "none", "--root" },
		{ "none", "--json=1" }, { "none", "x" }, { "one" }, { "one", "a", "b" }, { "many" },
		{ "--json" }, { "--safe" }, { "--all" }, { "none", "--all" },
		{ "many", "a", "--all" }, { "one", "a", "--dry-run" }, { "none", "-o", "x" },
		{ "none", "--script", "x" }, { "none", "--safe", "--raw" },
		{ "one", "a", "--json", "-ox" }, { "--roo", "x" }, { "--", "--json" },
	};
	struct reading r;
	size_t i;
	int old;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		old = swap_stderr(open("/dev/null", O_WRONLY));
		read_words(&r, bad[i]);
		close(swap_stderr(old));
		if (r.status != STATUS_USAGE)
			fail_msg("case %zu, \"%s\", was taken", i, bad[i][0]);
	}
}

static void every_option_has_its_help(void **state)
{
	const struct option_spec *a, *b;

	(void)state;
	for (a = options_table; a->name; a++) {
		assert_non_null(a->help);
		assert_true(a->flag == !a->argument);
		for (b = options_table; b != a; b++)
			assert_string_not_equal(a->name, b->name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_words_open_the_console),
		cmocka_unit_test(options_stand_anywhere),
		cmocka_unit_test(two_dashes_end_the_options),
		cmocka_unit_test(letters),
		cmocka_unit_test(the_last_value_counts),
		cmocka_unit_test(a_timeout_is_a_number_of_seconds),
		cmocka_unit_test(help_needs_no_arguments),
		cmocka_unit_test(usage_errors),
		cmocka_unit_test(every_option_has_its_help),
	};

	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
