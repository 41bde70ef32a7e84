/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/signals.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "app/console.h"
#include "app/recorder.h"
#include "base/child.h"
#include "base/util.h"
#include "view/termcrash.h"

/* Enough for the handler below, which runs on it: the stack itself may be what is used up. */
#define CRASH_STACK (64u << 10)

/* A crash must not leave a terminal that eats what is typed.  The signal is at its default again by SA_RESETHAND. */
static void on_crash(int number)
{
	termcrash_restore();
	raise(number);
}

static void catch_crashes(void)
{
	static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS };
	struct sigaction action = { .sa_handler = on_crash, .sa_flags = (int)(SA_ONSTACK | SA_RESETHAND) };
	static char memory[CRASH_STACK];
	stack_t stack = { .ss_sp = memory, .ss_size = sizeof(memory) }, before;
	size_t i;

	/* A sanitizer has its own there. */
	if (!sigaltstack(NULL, &before) && before.ss_flags & SS_DISABLE)
		sigaltstack(&stack, NULL);
	for (i = 0; i < ARRAY_SIZE(crashes); i++)
		sigaction(crashes[i], &action, NULL);
}

int signals_open(void)
{
	static const int read_ones[] = {
		SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGINT, SIGHUP, SIGQUIT,
		SIGALRM, SIGUSR1, SIGUSR2
	};
	sigset_t set;
	size_t i;
	int fd;

	catch_crashes();
	child_ignore(SIGPIPE);
	sigemptyset(&set);
	for (i = 0; i < ARRAY_SIZE(read_ones); i++)
		sigaddset(&set, read_ones[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? -errno : fd;
}

static void unblock(int number)
{
	sigset_t set;

	signal(number, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* The terminal may have had another screen and another size meanwhile. */
static void take_back(struct console *console)
{
	term_resume();
	term_resized();
	console->dirty = true;
}

/*
 * By SIGTSTP as the terminal would, which the kernel passes over where no shell could continue the
 * process again.  The SIGCONT that ends the stop has done its work then.
 */
void signals_stop(struct console *console, pid_t pid)
{
	static const struct timespec no_time;
	sigset_t set;

	if (!console->lent)
		term_suspend();
	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	unblock(SIGTSTP);
	kill(pid, SIGTSTP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGCONT);
	sigtimedwait(&set, NULL, &no_time);
	if (!console->lent)
		take_back(console);
}

void signals_lend(struct console *console)
{
	console->lent = true;
	term_suspend();
}

void signals_take_back(struct console *console)
{
	if (!console->lent)
		return;
	console->lent = false;
	take_back(console);
}

/* While the terminal is lent, its signals are meant for whoever has it; a stop is for both. */
static bool is_for_child(const struct console *console, int number)
{
	return console->lent && (number == SIGINT || number == SIGQUIT || number == SIGWINCH ||
				 number == SIGCONT);
}

static void take(struct console *console, int number)
{
	if (is_for_child(console, number))
		return;
	switch (number) {
	case SIGWINCH:
		term_resized();
		console->dirty = true;
		recorder_resized(console);
		break;
	case SIGTSTP:
		signals_stop(console, getpid());
		break;
	case SIGCONT:
		/* Stopped by SIGSTOP, nothing was put in order before. */
		term_suspend();
		take_back(console);
		break;
	default:
		console->quit = true;
		console->quit_signal = number;
		break;
	}
}

void signals_read(struct console *console)
{
	struct signalfd_siginfo info;

	while (read(console->signal_fd, &info, sizeof(info)) == sizeof(info))
		take(console, (int)info.ssi_signo);
}

void signals_end_by(int number)
{
	unblock(number);
	raise(number);
}
