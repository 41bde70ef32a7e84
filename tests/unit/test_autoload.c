/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/util.h"
#include "kernel/autoload.h"

static unsigned initramfs_line(const char *text, const char *name)
{
	return autoload_parse_initramfs(text, strlen(text), name);
}

static void lists_of_initramfs_tools(void **state)
{
	static const char text[] = "# alpha\n\n  beta\talpha=1\nalpha-one x=1\nlast";

	(void)state;
	assert_int_equal(initramfs_line(text, "alpha"), 0);
	assert_int_equal(initramfs_line(text, "beta"), 3);
	assert_int_equal(initramfs_line(text, "alpha_one"), 4);
	assert_int_equal(initramfs_line(text, "last"), 5);
	assert_int_equal(initramfs_line("", "a"), 0);
	assert_int_equal(autoload_parse_initramfs(NULL, 0, "a"), 0);
}

/* Not the first word but the whole line is what systemd looks up. */
static void lists_of_systemd(void **state)
{
	static const char text[] = "# alpha\n; alpha\n\n  beta \t\nvideo nr=2\nsound # card\n fs-x\r\nlast";
	static const char *const wanted[] = { "beta", "/d:4", "video nr=2", "/d:5", "sound # card", "/d:6",
					      "fs-x", "/d:7", "last", "/d:8" };
	struct autoload list = AUTOLOAD_INIT;
	size_t i;

	(void)state;
	autoload_parse(&list, "d", text, strlen(text));
	assert_int_equal(list.n, 5);
	for (i = 0; i < list.n; i++) {
		assert_string_equal(list.v[i].what, wanted[2 * i]);
		assert_string_equal(list.v[i].by, wanted[2 * i + 1]);
	}
	autoload_release(&list);
	autoload_parse(&list, "d", NULL, 0);
	assert_int_equal(list.n, 0);
}

static void the_kernel_command_line(void **state)
{
	static const char text[] = "quiet modules_load=a,b-c rd.modules-load=\"d,e\" module_blacklist=x modules_load x.modules_load=f";
	static const char *const wanted[] = { "a", "b-c", "d", "e" };
	struct autoload list = AUTOLOAD_INIT;
	size_t i;

	(void)state;
	autoload_parse_cmdline(&list, text, strlen(text));
	assert_int_equal(list.n, 4);
	for (i = 0; i < list.n; i++)
		assert_string_equal(list.v[i].what, wanted[i]);
	assert_string_equal(list.v[3].by, "/proc/cmdline rd.modules_load=");
	autoload_release(&list);
	autoload_parse_cmdline(&list, NULL, 0);
	assert_int_equal(list.n, 0);
}

static void who_asks_by_an_alias(void **state)
{
	(void)state;
	assert_true(autoload_is_device("pci:v00008086d*"));
	assert_true(autoload_is_device("of:N*T*Cvendor,x"));
	assert_false(autoload_is_device("fs-ext4"));
	assert_false(autoload_is_device("net-pf-10-proto-132"));
	assert_false(autoload_is_device("ip_set_hash:ip"));
	assert_false(autoload_is_device("devname:fuse"));
}

static void an_example_fits(void **state)
{
	static const struct {
		const char *alias, *example;
	} cases[] = {
		{ "fs-ext4", "fs-ext4" }, { "", "" }, { "dmi:*:[bs]vnD[Ee][Ll][Ll]*:*", "dmi::bvnDELL:" },
		{ "usb:v0B05p17??d*dc*", "usb:v0B05p1700ddc" }, { "x[a-f0-9]y", "xay" }, { "x[!0a]y", "xAy" },
		{ "x[^b]y", "x0y" }, { "x[]]y", "x]y" },
	};
	char *example;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		example = autoload_example(cases[i].alias);
		assert_string_equal(example, cases[i].example);
		assert_int_equal(fnmatch(cases[i].alias, example, 0), 0);
		free(example);
	}
	example = autoload_example("x[ab");
	assert_string_equal(example, "x[ab");
	free(example);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_of_initramfs_tools),
		cmocka_unit_test(lists_of_systemd),
		cmocka_unit_test(the_kernel_command_line),
		cmocka_unit_test(who_asks_by_an_alias),
		cmocka_unit_test(an_example_fits),
	};

	return cmocka_run_group_tests_name("autoload", tests, NULL, NULL);
}
