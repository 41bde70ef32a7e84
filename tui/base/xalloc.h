/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that is there or the program ends.
 *
 * A console can do nothing sensible without memory, so no caller checks: when an
 * allocation fails the handler (which restores the terminal) runs, one line goes to
 * stderr and the program exits with status 1.  Release with free().
 */
#ifndef KMT_BASE_XALLOC_H
#define KMT_BASE_XALLOC_H

#include <stddef.h>

/* Run @fn (NULL: nothing) before the out-of-memory line is written. */
void xalloc_on_failure(void (*fn)(void));

void *xmalloc(size_t size);
void *xcalloc(size_t n, size_t size);
/* @n elements of @size bytes; an overflow of the product counts as out of memory. */
void *xrealloc(void *p, size_t n, size_t size);
/* A copy of @s; NULL gives NULL. */
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t n);

#endif
