/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/textdiff.h"

#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"

#define CELLS_MAX (4u << 20)	/* above that all of the middle counts as changed */

static void split(const char *text, struct strv *lines)
{
	const char *pos = text, *end = text ? text + strlen(text) : NULL, *line;
	size_t len;

	while (text && parse_line(&pos, end, &line, &len))
		strv_pushn(lines, line, len);
}

/* A part of a list of lines: from @from up to @to. */
struct part {
	const struct strv *lines;
	size_t from, to;
};

static const char *line_at(const struct part *part, size_t i)
{
	return part->lines->v[part->from + i];
}

/* Cuts what both have at the beginning and at the end. */
static void trim(struct part *a, struct part *b)
{
	while (a->from < a->to && b->from < b->to &&
	       !strcmp(a->lines->v[a->from], b->lines->v[b->from])) {
		a->from++;
		b->from++;
	}
	while (a->from < a->to && b->from < b->to &&
	       !strcmp(a->lines->v[a->to - 1], b->lines->v[b->to - 1])) {
		a->to--;
		b->to--;
	}
}

/* best[i * (m + 1) + j]: how many lines a from i on and b from j on can have in common. */
static unsigned *table_make(const struct part *a, const struct part *b)
{
	size_t n = a->to - a->from, m = b->to - b->from, width = m + 1, i, j;
	unsigned *best = xcalloc((n + 1) * width, sizeof(*best));

	for (i = n; i-- > 0;)
		for (j = m; j-- > 0;)
			best[i * width + j] = strcmp(line_at(a, i), line_at(b, j)) ?
				MAX(best[(i + 1) * width + j], best[i * width + j + 1]) :
				best[(i + 1) * width + j + 1] + 1;
	return best;
}

static void push_all(const struct part *part, size_t from, struct strv *out)
{
	size_t i;

	for (i = from; i < part->to - part->from; i++)
		strv_push(out, line_at(part, i));
}

static void walk(const struct part *a, const struct part *b, struct strv *old, struct strv *new)
{
	size_t n = a->to - a->from, m = b->to - b->from, width = m + 1, i = 0, j = 0;
	unsigned *best = NULL;

	if ((n + 1) * width <= CELLS_MAX)
		best = table_make(a, b);
	while (best && i < n && j < m) {
		if (!strcmp(line_at(a, i), line_at(b, j))) {
			i++;
			j++;
		} else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) {
			strv_push(old, line_at(a, i++));
		} else {
			strv_push(new, line_at(b, j++));
		}
	}
	push_all(a, i, old);
	push_all(b, j, new);
	free(best);
}

void textdiff(const char *before, const char *after, struct strv *old, struct strv *new)
{
	struct strv left = STRV_INIT, right = STRV_INIT;
	struct part a = { .lines = &left }, b = { .lines = &right };

	split(before, &left);
	split(after, &right);
	a.to = left.n;
	b.to = right.n;
	trim(&a, &b);
	walk(&a, &b, old, new);
	strv_release(&left);
	strv_release(&right);
}
