/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counts to COUNT million and prints the nanoseconds that took.  Where time counts instructions, all that is
 * more than the last time is what interrupts have taken.
 *
 *	spin COUNT
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

int main(int argc, char **argv)
{
	uint64_t count = argc == 2 ? strtoull(argv[1], NULL, 0) * 1000000 : 0, start = now_ns();
	volatile uint64_t i;

	for (i = 0; i < count; i++)
		;
	printf("%lu\n", now_ns() - start);
	return 0;
}
