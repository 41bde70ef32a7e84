/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A growable list of strings it owns.  Zero-initialise; v is NULL-terminated once pushed to. */
#ifndef KMT_BASE_STRV_H
#define KMT_BASE_STRV_H

#include <stddef.h>

struct strv {
	char **v;
	size_t n, size;
};

#define STRV_INIT { NULL, 0, 0 }

void strv_release(struct strv *list);
/* Adds a copy of @s. */
void strv_push(struct strv *list, const char *s);
/* Adds a copy of the @n bytes at @s. */
void strv_pushn(struct strv *list, const char *s, size_t n);
/* Sorts by strcmp(). */
void strv_sort(struct strv *list);
/* The strings with @separator between them; the caller frees.  Never NULL. */
char *strv_join(const struct strv *list, const char *separator);

#endif
