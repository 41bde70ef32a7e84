/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/strv.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xalloc.h"

void strv_release(struct strv *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->v[i]);
	free(list->v);
	memset(list, 0, sizeof(*list));
}

void strv_pushn(struct strv *list, const char *s, size_t n)
{
	if (list->n + 1 >= list->size) {
		list->size = list->size ? list->size * 2 : 4;
		list->v = xrealloc(list->v, list->size, sizeof(*list->v));
	}
	list->v[list->n++] = xstrndup(s, n);
	list->v[list->n] = NULL;
}

void strv_push(struct strv *list, const char *s)
{
	strv_pushn(list, s, strlen(s));
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void strv_sort(struct strv *list)
{
	if (list->n)
		qsort(list->v, list->n, sizeof(*list->v), compare);
}

char *strv_join(const struct strv *list, const char *separator)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < list->n; i++) {
		if (i)
			buf_addstr(&out, separator);
		buf_addstr(&out, list->v[i]);
	}
	return buf_detach(&out);
}
