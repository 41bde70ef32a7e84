/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/patience.h"

/* Shared with the child. */
static pid_t *child;

static int answers(void *arg, char **failed)
{
	*child = getpid();
	if (failed)
		*failed = xstrdup("kmt_other");
	return *(int *)arg;
}

static int sleeps(void *arg, char **failed)
{
	(void)failed;
	*child = getpid();
	if (arg)
		signal(SIGTERM, SIG_IGN);
	while (*child)
		pause();
	return 0;
}

static int dies(void *arg, char **failed)
{
	(void)arg;
	(void)failed;
	_exit(0);
	return 0;
}

static void without_a_timeout_it_is_a_plain_call(void **state)
{
	struct options options = { 0 };
	enum why_late late = WHY_HANGS;
	char *failed = NULL;
	int err = -ENOEXEC;

	(void)state;
	assert_int_equal(patience_run(&options, answers, &err, &failed, &late), -ENOEXEC);
	assert_int_equal(late, WHY_IN_TIME);
	assert_int_equal(*child, getpid());
	assert_string_equal(failed, "kmt_other");
	free(failed);
}

static void the_answer_comes_back_from_the_child(void **state)
{
	struct options options = { .timeout_s = 60 };
	enum why_late late = WHY_HANGS;
	char *failed = NULL;
	int err = -ENOEXEC;

	(void)state;
	assert_int_equal(patience_run(&options, answers, &err, &failed, &late), -ENOEXEC);
	assert_int_not_equal(*child, getpid());
	assert_string_equal(failed, "kmt_other");
	free(failed);
	err = 0;
	assert_int_equal(patience_run(&options, answers, &err, NULL, &late), 0);
}

static void what_can_be_stopped_is(void **state)
{
	struct options options = { .timeout_s = 1 };
	enum why_late late;

	(void)state;
	assert_int_equal(patience_run(&options, sleeps, NULL, NULL, &late), -ETIMEDOUT);
	assert_int_equal(late, WHY_STOPPED);
	assert_int_equal(kill(*child, 0), -1);
}

static void what_can_not_be_is_left(void **state)
{
	struct options options = { .timeout_s = 1 };
	enum why_late late;

	(void)state;
	assert_int_equal(patience_run(&options, sleeps, &late, NULL, &late), -ETIMEDOUT);
	assert_int_equal(late, WHY_HANGS);
	assert_int_equal(kill(*child, SIGKILL), 0);
}

/* Who reads a pipe of ours hears that we let go of it, whatever hangs. */
static void what_is_left_keeps_no_pipe(void **state)
{
	struct options options = { .timeout_s = 1 };
	struct pollfd poll_fd = { .events = POLLIN };
	enum why_late late;
	int fds[2];
	char byte;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(patience_run(&options, sleeps, &late, NULL, &late), -ETIMEDOUT);
	assert_int_equal(late, WHY_HANGS);
	close(fds[1]);
	poll_fd.fd = fds[0];
	assert_int_equal(poll(&poll_fd, 1, 0), 1);
	assert_int_equal(read(fds[0], &byte, 1), 0);
	close(fds[0]);
	assert_int_equal(kill(*child, SIGKILL), 0);
}

static void an_end_without_an_answer(void **state)
{
	struct options options = { .timeout_s = 60 };
	enum why_late late;

	(void)state;
	assert_int_equal(patience_run(&options, dies, NULL, NULL, &late), -EINTR);
	assert_int_equal(late, WHY_IN_TIME);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_timeout_it_is_a_plain_call),
		cmocka_unit_test(the_answer_comes_back_from_the_child),
		cmocka_unit_test(what_can_be_stopped_is),
		cmocka_unit_test(what_can_not_be_is_left),
		cmocka_unit_test(what_is_left_keeps_no_pipe),
		cmocka_unit_test(an_end_without_an_answer),
	};

	child = mmap(NULL, sizeof(*child), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (child == MAP_FAILED)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
