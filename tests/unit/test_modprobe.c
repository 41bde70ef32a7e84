/* SPDX-License-Identifier: GPL-2.0-or-later */
/* modprobe as it may be found: with another file in its place, for this process alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/child.h"
#include "cli/modprobe.h"

#define FILE_NAME "modprobe.test"
#define SAID "modprobe.said"

static void put(const char *text, mode_t mode)
{
	int fd = open(FILE_NAME, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

/* Whether another file stands in the place of modprobe now. */
static bool replace(void)
{
	static const char *const places[] = { "/usr/sbin/modprobe", "/sbin/modprobe", "/usr/bin/modprobe" };
	size_t i, n = 0;

	put("", 0600);
	if (unshare(CLONE_NEWNS) && unshare(CLONE_NEWUSER | CLONE_NEWNS))
		return false;
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL))
		return false;
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		n += !mount(FILE_NAME, places[i], NULL, MS_BIND, NULL);
	return n > 0;
}

static int run(int *status)
{
	static char *words[] = { (char *)"a=1" };
	int err, before = dup(STDERR_FILENO), said = open(SAID, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	dup2(said, STDERR_FILENO);
	close(said);
	err = modprobe_run("kmt_none", 1, words, status);
	dup2(before, STDERR_FILENO);
	close(before);
	return err;
}

/* That it may not be run, or is no program, is not that there is none. */
static void says_why_it_can_not_be_run(void **state)
{
	int status;

	(void)state;
	put("#!/bin/sh\n", 0600);
	assert_int_equal(run(&status), -EACCES);
	put("no program", 0700);
	assert_int_equal(run(&status), -ENOEXEC);
	put("#!/nowhere/sh\n", 0700);
	assert_int_equal(run(&status), -ENOENT);
}

static void tells_its_status(void **state)
{
	int status;

	(void)state;
	put("#!/bin/sh\nexit 127\n", 0700);
	assert_int_equal(run(&status), 0);
	assert_int_equal(status, 127);
	put("#!/bin/sh\nkill -9 $$\n", 0700);
	assert_int_equal(run(&status), 0);
	assert_int_equal(status, 137);
}

/* A pipeline in an install line ends by SIGPIPE. */
static void does_not_inherit_what_is_ignored(void **state)
{
	char text[256] = "";
	int status, fd, number;

	(void)state;
	put("#!/bin/sh\ngrep ^Sig /proc/self/status\n", 0700);
	/* Whatever the test itself was started with. */
	for (number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	child_ignore(SIGPIPE);
	child_ignore(SIGHUP);
	assert_int_equal(run(&status), 0);
	assert_int_equal(status, 0);
	fd = open(SAID, O_RDONLY);
	assert_true(read(fd, text, sizeof(text) - 1) > 0);
	close(fd);
	/* 32 and 33 belong to the C library, which lets nobody change what was inherited. */
	assert_true((strtoull(strstr(text, "SigIgn:") + 7, NULL, 16) & ~(3ull << 31)) == 0);
	assert_non_null(strstr(text, "SigBlk:\t0000000000000000\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_why_it_can_not_be_run),
		cmocka_unit_test(tells_its_status),
		cmocka_unit_test(does_not_inherit_what_is_ignored),
	};
	int failed = 0;

	/* cmocka's own skip() is "not ok" in its TAP. */
	if (replace())
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	else
		puts("1..0 # SKIP another file cannot be put in the place of modprobe here");
	unlink(FILE_NAME);
	unlink(SAID);
	return failed;
}
