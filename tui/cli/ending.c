/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/ending.h"

#include <signal.h>

static volatile sig_atomic_t caught;

void ending_by(int number)
{
	caught = number;
}

void ending_finish(void)
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
