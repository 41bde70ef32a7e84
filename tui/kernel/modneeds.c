/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/modneeds.h"

#include <stdbool.h>
#include <string.h>

#include "base/parse.h"
#include "base/util.h"
#include "kernel/modindex.h"
#include "model/deptree.h"

#define NAME_BYTES (MODULE_NAME_MAX + 1)

/* The name of the module at @path. */
static bool name_get(const char *path, size_t len, char name[NAME_BYTES])
{
	const char *start = path;
	size_t n = modindex_path_name(path, len, &start);

	memcpy(name, start, n);
	name[n] = '\0';
	return n;
}

size_t modneeds_parse(const char *text, size_t len, struct deptree *tree)
{
	char user[NAME_BYTES], need[NAME_BYTES];
	const char *pos = text, *end = text + len, *line, *colon, *path, *stop;
	size_t n, bad = 0;

	while (parse_line(&pos, end, &line, &n)) {
		colon = memchr(line, ':', n);
		if (!colon || !name_get(line, (size_t)(colon - line), user)) {
			bad++;
			continue;
		}
		stop = line + n;
		for (line = colon + 1; parse_token(&line, stop, " \t", &path, &n);)
			if (name_get(path, n, need))
				deptree_add(tree, user, need, DEPTREE_HARD);
	}
	return bad;
}
