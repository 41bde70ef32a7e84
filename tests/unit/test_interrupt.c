/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A signal at the worst moment: behind the look, before the wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "cli/interrupt.h"

static bool strike;

/* The library's wait is this one: a signal comes when it has been called, and is not in the kernel yet. */
int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *timeout, const sigset_t *mask)
{
	struct timespec copy = { 0 };

	if (timeout)
		copy = *timeout;
	if (strike)
		raise(SIGTERM);
	return (int)syscall(SYS_ppoll, fds, n, timeout ? &copy : NULL, mask, (size_t)_NSIG / 8);
}

int poll(struct pollfd *fds, nfds_t n, int ms)
{
	struct timespec timeout = { ms / 1000, ms % 1000 * 1000000L };

	return ppoll(fds, n, ms < 0 ? NULL : &timeout, NULL);
}

static void before_the_wait_it_is_not_lost(void **state)
{
	(void)state;
	interrupt_begin(false);
	assert_int_equal(interrupt_caught(), 0);
	raise(SIGINT);
	/* For ever, if it were lost. */
	assert_int_equal(interrupt_poll(NULL, 0, -1), -EINTR);
	assert_int_equal(interrupt_caught(), SIGINT);
	assert_int_equal(interrupt_poll(NULL, 0, -1), -EINTR);
	assert_int_equal(interrupt_take(), SIGINT);
	assert_int_equal(interrupt_take(), 0);
	assert_int_equal(interrupt_poll(NULL, 0, 1), 0);
	interrupt_end();
}

static void at_the_wait_it_is_not_lost(void **state)
{
	(void)state;
	interrupt_begin(true);
	strike = true;
	assert_int_equal(interrupt_poll(NULL, 0, -1), -EINTR);
	strike = false;
	assert_int_equal(interrupt_take(), SIGTERM);
	interrupt_end();
}

static void what_is_there_is_told(void **state)
{
	struct pollfd fd = { .events = POLLIN };
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	fd.fd = fds[0];
	interrupt_begin(false);
	assert_int_equal(interrupt_poll(&fd, 1, 0), 0);
	assert_int_equal(write(fds[1], "x", 1), 1);
	assert_int_equal(interrupt_poll(&fd, 1, -1), 1);
	assert_int_equal(fd.revents, POLLIN);
	interrupt_end();
	close(fds[0]);
	close(fds[1]);
}

static void afterwards_signals_are_as_before(void **state)
{
	struct sigaction action;

	(void)state;
	/* Whatever the test itself was started with. */
	signal(SIGHUP, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	interrupt_begin(true);
	interrupt_end();
	sigaction(SIGHUP, NULL, &action);
	assert_ptr_equal(action.sa_handler, SIG_DFL);
	sigaction(SIGINT, NULL, &action);
	assert_ptr_equal(action.sa_handler, SIG_DFL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(before_the_wait_it_is_not_lost),
		cmocka_unit_test(at_the_wait_it_is_not_lost),
		cmocka_unit_test(what_is_there_is_told),
		cmocka_unit_test(afterwards_signals_are_as_before),
	};

	/* One that waits for ever is ended. */
	alarm(60);
	return cmocka_run_group_tests_name("interrupt", tests, NULL, NULL);
}
