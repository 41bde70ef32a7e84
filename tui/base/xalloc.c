/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/xalloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

static void (*on_failure)(void);

void xalloc_on_failure(void (*fn)(void))
{
	on_failure = fn;
}

/* Neither stdio nor anything else here may allocate: there is nothing left to allocate. */
static void __attribute__((noreturn)) fail(void)
{
	void (*handler)(void) = on_failure;
	const char *text = _("kmodtui: There is not enough memory to go on.");

	on_failure = NULL;	/* a handler that fails itself must not come back here */
	if (handler)
		handler();
	if (write(STDERR_FILENO, text, strlen(text)) > 0)
		(void)!write(STDERR_FILENO, "\n", 1);
	_exit(1);
}

void *xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);

	if (!p)
		fail();
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (!p)
		fail();
	return p;
}

void *xrealloc(void *p, size_t n, size_t size)
{
	size_t total = n * size;
	void *q;

	if (size && n > SIZE_MAX / size)
		fail();
	q = realloc(p, total ? total : 1);
	if (!q)
		fail();
	return q;
}

char *xstrdup(const char *s)
{
	return s ? xstrndup(s, strlen(s)) : NULL;
}

char *xstrndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *copy = xmalloc(len + 1);

	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}
