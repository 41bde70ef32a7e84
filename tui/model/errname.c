/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/errname.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/xalloc.h"

#define ERRNO_MAX 4095
/* Above it there are only those that the kernel keeps to itself. */
#define ERRNO_LAST 200
#define EPROBE_DEFER 517
#define ENOTSUPP 524

/* 0: there is none of that name. */
static unsigned find(const char *word)
{
	unsigned long long number = 0;
	const char *name;
	unsigned error;

	if (!parse_decimal(word, &number))
		return number <= ERRNO_MAX ? (unsigned)number : 0;
	for (error = 1; error < ERRNO_LAST; error++) {
		name = strerrorname_np((int)error);
		if (name && !strcmp(name, word))
			return error;
	}
	if (!strcmp(word, "EPROBE_DEFER"))
		return EPROBE_DEFER;
	return !strcmp(word, "ENOTSUPP") ? ENOTSUPP : 0;
}

/* The next word in a new string, and @list behind it; NULL: no more. */
static char *next(const char **list)
{
	size_t len = strcspn(*list ? *list : "", ",");
	char *word = *list ? xstrndup(*list, len) : NULL;

	*list = *list && (*list)[len] ? *list + len + 1 : NULL;
	return word;
}

char *errname_unknown(const char *list)
{
	char *word;

	while ((word = next(&list)) != NULL) {
		if (!find(word))
			return word;
		free(word);
	}
	return NULL;
}

bool errname_listed(const char *list, unsigned error)
{
	bool listed = false;
	char *word;

	while (!listed && (word = next(&list)) != NULL) {
		listed = error && find(word) == error;
		free(word);
	}
	return listed;
}
