/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals for the probes: counted, and sent by a clock.
 */
#ifndef SIGNALS_H
#define SIGNALS_H

#include <signal.h>
#include <sys/time.h>

#include "probe.h"

static volatile sig_atomic_t signals;

static inline void count_signal(int number)
{
	(void)number;
	signals++;
}

static inline void signal_counts(int number, int flags)
{
	struct sigaction sa = { .sa_handler = count_signal, .sa_flags = flags };

	signals = 0;
	MUST(sigaction(number, &sa, NULL) == 0);
}

static inline void alarm_in(long first_us, long again_us)
{
	struct itimerval t = { .it_value.tv_usec = first_us, .it_interval.tv_usec = again_us };

	MUST(setitimer(ITIMER_REAL, &t, NULL) == 0);
}

#endif
