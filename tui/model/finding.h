/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The modules a pattern finds.  A row is found by what is in it (name, users, description) at once, and by the
 * full-text index as far as that was gone through, which is done in slices: no key waits for it.
 */
#ifndef KMT_MODEL_FINDING_H
#define KMT_MODEL_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/match.h"

struct fulltext;
struct module;

struct finding {
	struct match match;
	const struct fulltext *text;	/* NULL: none; not owned */
	uint32_t *at;			/* the line of each entry that matched, 0: none */
	size_t next;			/* the first entry not looked at yet */
};

#define FINDING_INIT { MATCH_INIT, NULL, NULL, 0 }

void finding_release(struct finding *finding);
/* Begins again with another pattern: a copy of @pattern; NULL or "" finds everything. */
void finding_set(struct finding *finding, const char *pattern);
/* Begins again with another index, which must outlive this; NULL: none. */
void finding_use(struct finding *finding, const struct fulltext *text);
/* Goes on until util_now_us() is @until_us, by one entry at least; true while there is more. */
bool finding_go(struct finding *finding, uint64_t until_us);
bool finding_busy(const struct finding *finding);
/* The module was found. */
bool finding_has(const struct finding *finding, const struct module *module);
/* The line of the index it was found in (see model/fulltext.h); NULL: in none. */
const char *finding_line(const struct finding *finding, const struct module *module);

#endif
