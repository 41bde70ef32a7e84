/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The fields of a module: the strings of .modinfo into struct info and from there into parameters; and what a
 * child with limits sends of them, which may be anything once a hostile file has taken the child over.
 */
#include "fuzz.h"

#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "model/info.h"
#include "model/param.h"

/* "key=value" with a NUL each, as libkmod takes them apart. */
static void collect(const char *text, size_t len, struct info *info)
{
	const char *pos = text, *end = text + len, *string, *equals;
	char *key;

	while ((string = parse_z(&pos, end))) {
		equals = strchr(string, '=');
		if (!equals)
			continue;
		key = strndup(string, (size_t)(equals - string));
		CHECK(key);
		info_add(info, key, equals + 1, strlen(equals + 1));
		free(key);
	}
}

/* What is written is read again as it was. */
static void send_and_compare(const struct info *info)
{
	struct buf bytes = BUF_INIT;
	struct info copy;
	const char *pos;
	size_t i;

	info_write(info, &bytes);
	pos = buf_str(&bytes);
	CHECK(!info_parse(&pos, pos + bytes.len, &copy));
	CHECK(pos == bytes.data + bytes.len);
	CHECK(copy.n == info->n);
	for (i = 0; i < copy.n; i++) {
		CHECK(!strcmp(copy.fields[i].key, info->fields[i].key));
		CHECK(!strcmp(copy.fields[i].value, info->fields[i].value));
	}
	info_release(&copy);
	buf_release(&bytes);
}

static void declare(const struct info *info)
{
	struct paramlist params = PARAMLIST_INIT;
	size_t i;

	paramlist_declare(&params, info);
	CHECK(params.n <= info->n);
	for (i = 0; i < params.n; i++)
		CHECK(params.v[i].name && paramlist_find(&params, params.v[i].name));
	paramlist_release(&params);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *pos = (const char *)data, *end = pos + size, *before;
	struct info info = INFO_INIT;

	collect(pos, size, &info);
	declare(&info);
	send_and_compare(&info);
	info_release(&info);
	while (before = pos, pos < end && !info_parse(&pos, end, &info)) {
		CHECK(pos > before && pos <= end);
		declare(&info);
		info_release(&info);
	}
	return 0;
}
