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
#include "model/learn.h"

/* The lines, each cut behind its first few words, joined by " | ". */
static void assert_explains(const char *line, const char *const *begins, size_t n)
{
	struct strv lines = STRV_INIT;
	size_t i;

	learn_explain(line, &lines);
	assert_int_equal(lines.n, n);
	for (i = 0; i < n; i++)
		if (strncmp(lines.v[i], begins[i], strlen(begins[i])))
			fail_msg("\"%s\" does not begin \"%s\"", lines.v[i], begins[i]);
	strv_release(&lines);
}

#define EXPLAINS(line, ...) \
	assert_explains(line, (const char *const[]){ __VA_ARGS__ }, \
			ARRAY_SIZE(((const char *const[]){ __VA_ARGS__ })))

static void each_word_of_a_command(void **state)
{
	(void)state;
	EXPLAINS("modprobe kmt_timer period_ms=250", "modprobe: loads", "kmt_timer: the name of a module",
		 "period_ms=250: the module gets");
	EXPLAINS("modprobe -a zram dummy", "modprobe: loads", "-a: all names", "zram: the name", "dummy: the name");
	EXPLAINS("modprobe -r zram", "modprobe: loads", "-r: unloads instead", "zram: the name");
	EXPLAINS("rmmod zram zsmalloc", "rmmod: unloads exactly", "zram: the name", "zsmalloc: the name");
	EXPLAINS("insmod /tmp/kmt_timer.ko 'who=Ada Lovelace'", "insmod: loads this one file",
		 "/tmp/kmt_timer.ko: the file", "who=Ada Lovelace: the module gets");
	EXPLAINS("echo 250 >/sys/module/kmt_timer/parameters/period_ms", "echo: prints", "250: the new value",
		 ">/sys/module/kmt_timer/parameters/period_ms: the file by which");
	EXPLAINS("kmodtui persist zram --boot --remove", "kmodtui: this program", "persist: keeps",
		 "zram: the name", "--boot: about", "--remove: takes");
	EXPLAINS("kmodtui undo 2", "kmodtui: this program", "undo: takes", "2: the number");
	EXPLAINS("sudo modprobe zram", "sudo: runs", "modprobe: loads", "zram: the name");
}

static void lines_of_the_configuration(void **state)
{
	(void)state;
	EXPLAINS("install floppy /bin/false", "install: modprobe.d", "floppy: the name", "/bin/false: a command");
	EXPLAINS("blacklist floppy", "blacklist: modprobe.d", "floppy: the name");
	EXPLAINS("options kmt_timer period_ms=1", "options: modprobe.d", "kmt_timer: the name", "period_ms=1: the");
}

/* A name is a name also when a command is called so. */
static void not_every_word_is_a_command(void **state)
{
	struct strv lines = STRV_INIT;

	(void)state;
	learn_explain("rmmod load", &lines);
	assert_string_equal(lines.v[1], "load: the name of a module");
	learn_explain("rmmod load", &lines);
	assert_int_equal(lines.n, 2);
	learn_explain("rmmod alias", &lines);
	assert_string_equal(lines.v[2], "alias: the name of a module");
	learn_explain("", &lines);
	learn_explain("rmmod 'open", &lines);
	learn_explain("unheard of", &lines);
	assert_int_equal(lines.n, 4);
	assert_string_equal(lines.v[3], "of: the name of a module");
	strv_release(&lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_word_of_a_command),
		cmocka_unit_test(lines_of_the_configuration),
		cmocka_unit_test(not_every_word_is_a_command),
	};

	return cmocka_run_group_tests_name("learn", tests, NULL, NULL);
}
