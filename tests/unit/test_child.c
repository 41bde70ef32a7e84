/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a program that we run finds of signals. */
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
#include <unistd.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/strv.h"

static void caught(int number)
{
	(void)number;
}

static void read_output(struct child *child, struct buf *out)
{
	struct pollfd poller = { .fd = child->fd[0], .events = POLLIN };
	ssize_t got;

	do {
		poll(&poller, 1, -1);
		got = read(child->fd[0], buf_grow(out, 4096), 4096);
		out->len += got > 0 ? (size_t)got : 0;
	} while (got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR)));
	buf_addch(out, '\0');
}

/* The mask behind "Sig..." of a program that runs now. */
static unsigned long long mask(const char *what, enum child_kind kind)
{
	struct strv words = STRV_INIT;
	struct buf out = BUF_INIT;
	unsigned long long value;
	struct child child;
	const char *line;

	strv_push(&words, "cat");
	strv_push(&words, "/proc/self/status");
	assert_int_equal(child_start(&child, "/bin/cat", &words, kind), 0);
	read_output(&child, &out);
	assert_int_equal(child_wait(&child), 0);
	child_close(&child);
	line = strstr(buf_str(&out), what);
	assert_non_null(line);
	/* 32 and 33 belong to the C library, which lets nobody change what was inherited. */
	value = strtoull(line + strlen(what), NULL, 16) & ~(3ull << 31);
	strv_release(&words);
	buf_release(&out);
	return value;
}

#define BIT(number) (1ull << ((number) - 1))

static void signals_are_as_before(void **state)
{
	sigset_t set, before;
	int number;

	(void)state;
	/* Whatever the test itself was started with. */
	for (number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	child_ignore(SIGPIPE);
	child_ignore(SIGHUP);
	signal(SIGINT, caught);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, &before);
	assert_true(mask("\nSigBlk:", CHILD_ATTACHED) == 0);
	assert_int_equal(mask("\nSigIgn:", CHILD_ATTACHED), 0);
	assert_true(mask("\nSigIgn:", CHILD_ALONE) == 0);
	/* But for what somebody wanted to be so: nohup, or a shell that starts it behind its back. */
	signal(SIGUSR1, SIG_IGN);
	child_ignore(SIGUSR1);
	assert_true(mask("\nSigIgn:", CHILD_FOLLOWING) == BIT(SIGUSR1));
	assert_true(mask("\nSigIgn:", CHILD_ATTACHED) == BIT(SIGUSR1));
	assert_true(mask("\nSigIgn:", CHILD_ALONE) == 0);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signals_are_as_before),
	};

	return cmocka_run_group_tests_name("child", tests, NULL, NULL);
}
