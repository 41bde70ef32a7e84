/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/info.h"

#include <stdlib.h>
#include <string.h>

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
