/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/info.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/xalloc.h"

void info_release(struct info *info)
{
	for (size_t i = 0; i < info->n; i++) {
		free(info->fields[i].key);
		free(info->fields[i].value);
	}
	free(info->fields);
	free(info->name);
	free(info->path);
	memset(info, 0, sizeof(*info));
}

void info_add(struct info *info, const char *key, const char *value, size_t value_len)
{
	struct info_field *field;

	if (info->n == info->size) {
		info->size = info->size ? info->size * 2 : 16;
		info->fields = xrealloc(info->fields, info->size, sizeof(*info->fields));
	}
	field = &info->fields[info->n++];
	field->key = xstrdup(key);
	field->value = xstrndup(value, value_len);
}

const char *info_find(const struct info *info, const char *key)
{
	for (size_t i = 0; i < info->n; i++)
		if (strcmp(info->fields[i].key, key) == 0)
			return info->fields[i].value;
	return NULL;
}

void info_types(const struct info *info, struct strv *types)
{
	size_t i;

	for (i = 0; i < info->n; i++)
		if (!strcmp(info->fields[i].key, "alias") && !strncmp(info->fields[i].value, "fs-", 3))
			strv_push(types, info->fields[i].value + 3);
}

void info_write(const struct info *info, struct buf *out)
{
	size_t i;

	buf_addz(out, info->name);
	buf_addz(out, info->path);
	buf_printf(out, "%zu", info->n);
	buf_addch(out, '\0');
	for (i = 0; i < info->n; i++) {
		buf_addz(out, info->fields[i].key);
		buf_addz(out, info->fields[i].value);
	}
}

static int parse_fields(const char **pos, const char *end, uint64_t n, struct info *info)
{
	const char *key, *value;

	while (n--) {
		key = parse_z(pos, end);
		value = key ? parse_z(pos, end) : NULL;
		if (!value)
			return -EBADMSG;
		info_add(info, key, value, strlen(value));
	}
	return 0;
}

int info_parse(const char **pos, const char *end, struct info *info)
{
	const char *name = parse_z(pos, end), *path = name ? parse_z(pos, end) : NULL;
	const char *count = path ? parse_z(pos, end) : NULL;
	uint64_t n;
	int err;

	*info = (struct info)INFO_INIT;
	if (!count || parse_digits(count, count + strlen(count), &n))
		return -EBADMSG;
	info->name = xstrdup(name);
	info->path = *path ? xstrdup(path) : NULL;
	err = parse_fields(pos, end, n, info);
	if (err)
		info_release(info);
	return err;
}
