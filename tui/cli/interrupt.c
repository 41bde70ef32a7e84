/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

static const int numbers[INTERRUPT_MAX] = { SIGINT, SIGTERM, SIGHUP };
static struct sigaction before[INTERRUPT_MAX];
static size_t n_caught;
static volatile sig_atomic_t caught, pending;

static void on_signal(int number)
{
	caught = pending = number;
}

void interrupt_begin(int hangup)
{
	struct sigaction action = { .sa_handler = on_signal };
	size_t i;

	n_caught = hangup ? INTERRUPT_MAX : INTERRUPT_MAX - 1;
	for (i = 0; i < n_caught; i++)
		if (!sigaction(numbers[i], &action, &before[i]) && numbers[i] == SIGHUP &&
		    before[i].sa_handler == SIG_IGN)
			sigaction(numbers[i], &before[i], NULL);	/* nohup asked for that */
}

void interrupt_end(void)
{
	size_t i;

	for (i = 0; i < n_caught; i++)
		sigaction(numbers[i], &before[i], NULL);
	n_caught = 0;
}

void interrupt_finish(void)
{
	sigset_t set;

	if (!caught)
		return;
	signal(caught, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, caught);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(caught);
}

int interrupt_caught(void)
{
	return caught;
}

int interrupt_take(void)
{
	int number = pending;

	pending = 0;
	return number;
}

/* Blocked from the look on; only the wait itself lets them in. */
int interrupt_poll(struct pollfd *fds, size_t n, int ms)
{
	struct timespec timeout = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };
	sigset_t ours, old;
	size_t i;
	int got;

	sigemptyset(&ours);
	for (i = 0; i < n_caught; i++)
		sigaddset(&ours, numbers[i]);
	sigprocmask(SIG_BLOCK, &ours, &old);
	got = pending ? -EINTR : ppoll(fds, n, ms < 0 ? NULL : &timeout, &old);
	if (got == -1)
		got = -errno;
	sigprocmask(SIG_SETMASK, &old, NULL);
	return got;
}
