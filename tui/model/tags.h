/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The modules a person has picked out, by name: they stay picked whatever comes, goes and is sorted.  Pure. */
#ifndef KMT_MODEL_TAGS_H
#define KMT_MODEL_TAGS_H

#include <stdbool.h>

#include "base/strv.h"

/* Zero-initialise. */
struct tags {
	struct strv names;	/* sorted by util_name_compare(), each once */
};

void tags_release(struct tags *tags);
/* '-' is '_' in a name. */
bool tags_has(const struct tags *tags, const char *name);
/* Does nothing when it is there, or gone, already. */
void tags_add(struct tags *tags, const char *name);
void tags_remove(struct tags *tags, const char *name);

#endif
