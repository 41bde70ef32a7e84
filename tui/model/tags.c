/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/tags.h"

#include <stdlib.h>
#include <string.h>

#include "base/util.h"

void tags_release(struct tags *tags)
{
	strv_release(&tags->names);
}

/* Where @name is, or would be. */
static size_t place(const struct tags *tags, const char *name)
{
	size_t low = 0, high = tags->names.n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (util_name_compare(tags->names.v[middle], name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool tags_has(const struct tags *tags, const char *name)
{
	size_t at = place(tags, name);

	return at < tags->names.n && util_name_equal(tags->names.v[at], name);
}

void tags_add(struct tags *tags, const char *name)
{
	struct strv *names = &tags->names;
	size_t at = place(tags, name);
	char *last;

	if (tags_has(tags, name))
		return;
	strv_push(names, name);
	last = names->v[names->n - 1];
	memmove(names->v + at + 1, names->v + at, (names->n - 1 - at) * sizeof(*names->v));
	names->v[at] = last;
}

void tags_remove(struct tags *tags, const char *name)
{
	struct strv *names = &tags->names;
	size_t at = place(tags, name);

	if (!tags_has(tags, name))
		return;
	free(names->v[at]);
	/* With the NULL behind the last one. */
	memmove(names->v + at, names->v + at + 1, (names->n - at) * sizeof(*names->v));
	names->n--;
}
