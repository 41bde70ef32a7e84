/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "kernel/gates.h"

/* What the kernel does with these lines was seen by booting it with them: tests/vm/gates.sh. */
static const struct {
	const char *line, *name;
	bool closed;
} lines[] = {
	{ "quiet module_blacklist=usb_disk", "usb_disk", true },
	{ "quiet module_blacklist=usb-disk", "usb_disk", false },
	{ "module_blacklist=usb_disk module_blacklist=other", "usb_disk", false },
	{ "module_blacklist=usb_disk module_blacklist=other", "other", true },
	{ "module-blacklist=usb_disk", "usb_disk", true },
	{ "module_blacklist=a,usb_disk,b", "usb_disk", true },
	{ "module_blacklist=\"a,usb_disk\"", "usb_disk", true },
	{ "\"module_blacklist=a,usb_disk\"", "usb_disk", true },
	{ "module_blacklist=usb_dis,usb_diskette", "usb_disk", false },
	{ "module_blacklist", "usb_disk", false },
	{ "x.module_blacklist=usb_disk", "usb_disk", false },
	{ "module_blacklist=usb_disk -- quiet", "usb_disk", true },
	{ "quiet -- module_blacklist=usb_disk", "usb_disk", false },
	{ "quiet --x module_blacklist=usb_disk", "usb_disk", true },
};

static void module_blacklist(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct gates gates = { 0 };

		gates_parse(&gates, lines[i].line, strlen(lines[i].line));
		if (gates_blacklists(&gates, lines[i].name) != lines[i].closed)
			fail_msg("%s", lines[i].line);
		gates_release(&gates);
	}
}

/* param_set_charp() of kernel/params.c. */
static void too_long_a_list(void **state)
{
	char line[2048] = "module_blacklist=kept module_blacklist=";
	struct gates gates = { 0 };
	size_t len = strlen(line);

	(void)state;
	memset(line + len, 'a', 1025);
	gates_parse(&gates, line, strlen(line));
	assert_true(gates_blacklists(&gates, "kept"));
	gates_release(&gates);
	line[len + 1024] = '\0';
	gates_parse(&gates, line, strlen(line));
	assert_false(gates_blacklists(&gates, "kept"));
	gates_release(&gates);
}

static void initcall_blacklist(void **state)
{
	static const char line[] = "initcall_blacklist=a_init,b_init initcall-blacklist=c_init -- initcall_blacklist=d_init";
	struct gates gates = { 0 };

	(void)state;
	gates_parse(&gates, line, strlen(line));
	assert_true(gates_skips(&gates, "a_init"));
	assert_true(gates_skips(&gates, "b_init"));
	assert_true(gates_skips(&gates, "c_init"));
	assert_false(gates_skips(&gates, "d_init"));
	assert_false(gates_skips(&gates, "a-init"));
	gates_release(&gates);
}

static void who_answers_the_kernel(void **state)
{
	static const struct { const char *program; enum gates_request answer; } programs[] = {
		{ "/sbin/modprobe", GATES_REQUEST_MODPROBE }, { "", GATES_REQUEST_NONE },
		{ "/bin/false", GATES_REQUEST_REFUSED }, { "/usr/bin/true", GATES_REQUEST_REFUSED },
		{ "/usr/local/sbin/modprobe-filter", GATES_REQUEST_UNKNOWN }, { NULL, GATES_REQUEST_UNKNOWN },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(programs) / sizeof(*programs); i++) {
		struct gates gates = { .modprobe = (char *)programs[i].program };

		assert_int_equal(gates_request(&gates), programs[i].answer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(module_blacklist),
		cmocka_unit_test(too_long_a_list),
		cmocka_unit_test(initcall_blacklist),
		cmocka_unit_test(who_answers_the_kernel),
	};

	return cmocka_run_group_tests_name("gates", tests, NULL, NULL);
}
