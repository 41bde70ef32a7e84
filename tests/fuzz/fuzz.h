/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What every fuzz target needs: the entry point, and a check no build option turns off. */
#ifndef KMT_TESTS_FUZZ_H
#define KMT_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

/* Lines of a text: a last one without its end counts. */
static inline size_t fuzz_lines(const uint8_t *data, size_t size)
{
	size_t i, lines = 0;

	for (i = 0; i < size; i++)
		lines += data[i] == '\n';
	return lines + (size && data[size - 1] != '\n');
}

#endif
