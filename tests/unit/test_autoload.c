/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kernel/autoload.h"

static unsigned line_of(const char *text, const char *name)
{
	return autoload_parse(text, strlen(text), name);
}

static void lists_of_modules(void **state)
{
	static const char text[] = "# alpha\n; alpha\n\n  beta\talpha=1\nalpha-one x=1\nlast";

	(void)state;
	assert_int_equal(line_of(text, "alpha"), 0);
	assert_int_equal(line_of(text, "beta"), 4);
	assert_int_equal(line_of(text, "alpha_one"), 5);
	assert_int_equal(line_of(text, "last"), 6);
	assert_int_equal(line_of("", "a"), 0);
	assert_int_equal(autoload_parse(NULL, 0, "a"), 0);
}

static bool named(const char *text, const char *param, const char *name)
{
	return autoload_parse_cmdline(text, strlen(text), param, name);
}

static void the_kernel_command_line(void **state)
{
	static const char text[] = "quiet modules_load=a,b-c module_blacklist=d,snd module_blacklist=\"e,f\" x.module_blacklist=g";

	(void)state;
	assert_true(named(text, "modules_load", "b_c"));
	assert_false(named(text, "modules_load", "d"));
	assert_true(named(text, "module_blacklist", "d"));
	assert_true(named(text, "module_blacklist", "f"));
	assert_false(named(text, "module_blacklist", "g"));
	/* A name is the whole name. */
	assert_false(named(text, "module_blacklist", "snd_pcm"));
	assert_false(named(text, "module_blacklist", "sn"));
	assert_false(named("module_blacklist", "module_blacklist", ""));
	assert_false(autoload_parse_cmdline(NULL, 0, "a", "b"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_of_modules),
		cmocka_unit_test(the_kernel_command_line),
	};

	return cmocka_run_group_tests_name("autoload", tests, NULL, NULL);
}
