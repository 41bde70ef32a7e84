/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a module says of itself: modinfo's fields in modinfo's order. */
#ifndef KMT_MODEL_INFO_H
#define KMT_MODEL_INFO_H

#include <stddef.h>

struct buf;
struct strv;

struct info_field {
	char *key, *value;	/* raw: not yet safe for a terminal; no NUL inside */
};

struct info {
	char *name;		/* normalised */
	char *path;		/* absolute; NULL for a built-in module */
	struct info_field *fields;
	size_t n, size;
};

#define INFO_INIT { NULL, NULL, NULL, 0, 0 }

void info_release(struct info *info);
void info_add(struct info *info, const char *key, const char *value, size_t value_len);
/* The value of the first field @key, or NULL. */
const char *info_find(const struct info *info, const char *key);
/* Adds the types of file systems it serves: its aliases "fs-TYPE". */
void info_types(const struct info *info, struct strv *types);
/* Appends @info as strings with a NUL each, for info_parse(). */
void info_write(const struct info *info, struct buf *out);
/* Pure: the one that starts at *pos, which moves behind it.  -EBADMSG: there is none, @info is empty. */
int info_parse(const char **pos, const char *end, struct info *info);

#endif
