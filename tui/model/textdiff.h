/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What differs between two texts, by lines.  Pure. */
#ifndef KMT_MODEL_TEXTDIFF_H
#define KMT_MODEL_TEXTDIFF_H

struct strv;

/*
 * The lines of @before that went to @old, those of @after that came to @new, both in order.  A line
 * without an end counts as one with it.  Either text may be NULL: there was none.
 */
void textdiff(const char *before, const char *after, struct strv *old, struct strv *new);

#endif
