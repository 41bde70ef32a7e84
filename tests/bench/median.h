/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the measuring programs share. */
#ifndef KMT_BENCH_MEDIAN_H
#define KMT_BENCH_MEDIAN_H

#include <stdint.h>
#include <stdlib.h>

static int figure_compare(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

/* The figure that @percent of the @n others do not exceed; sorts them. */
static inline uint64_t percentile(uint64_t *figures, size_t n, unsigned percent)
{
	if (!n)
		return 0;
	qsort(figures, n, sizeof(*figures), figure_compare);
	return figures[(n - 1) * percent / 100];
}

static inline uint64_t median(uint64_t *figures, size_t n)
{
	return percentile(figures, n, 50);
}

#endif
