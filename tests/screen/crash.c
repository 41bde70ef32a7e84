/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The console's screen with its handlers of signals, and a crash:
 *
 *	crash overflow		the stack is used up
 *	crash abort		while another thread holds the lock of standard output, as one that died in it would
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/signals.h"
#include "view/term.h"

static unsigned overflow(unsigned n);
/* What it calls is not known, and each call keeps its memory: none of them is a jump. */
static unsigned (*volatile again)(unsigned n) = overflow;

static unsigned overflow(unsigned n)
{
	volatile char bytes[4096];

	bytes[n % sizeof(bytes)] = (char)n;
	return again(n + 1) + (unsigned)bytes[(n + 1) % sizeof(bytes)];
}

static void *hold(void *data)
{
	flockfile(stdout);
	pthread_barrier_wait(data);
	for (;;)
		pause();
	return NULL;
}

static void die_locked(void)
{
	pthread_barrier_t barrier;
	pthread_t thread;

	pthread_barrier_init(&barrier, NULL, 2);
	if (!pthread_create(&thread, NULL, hold, &barrier))
		pthread_barrier_wait(&barrier);
	abort();
}

int main(int argc, char **argv)
{
	const struct term_setup setup = { .headless = false };
	const struct rlimit no_core = { 0, 0 }, stack = { 1 << 20, 1 << 20 };

	setrlimit(RLIMIT_CORE, &no_core);
	setrlimit(RLIMIT_STACK, &stack);
	if (argc != 2 || signals_open() < 0 || term_open(&setup))
		return 2;
	term_set_mouse(true);
	term_begin();
	term_put(0, 0, 20, STYLE_NORMAL, "about to crash");
	term_place_cursor(1, 1);
	term_end();
	if (!strcmp(argv[1], "overflow"))
		return (int)overflow(0);
	die_locked();
	return 1;
}
