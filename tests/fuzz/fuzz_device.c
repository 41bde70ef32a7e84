/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/xalloc.h"
#include "fuzz.h"
#include "model/device.h"

/* The first line is an alias, the rest a file of names. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *end = size ? memchr(text, '\n', size) : NULL;
	size_t len = end ? (size_t)(end - text) : size;
	char *alias = xstrndup(text, strnlen(text, len)), *name, *described;
	struct device_ids ids;

	if (!device_ids_parse(alias, &ids)) {
		name = device_find_name(text + len, size - len, &ids);
		CHECK(!name || strlen(name) <= size);
		free(name);
		described = device_describe(&ids);
		CHECK(strlen(described) >= strlen("0000:0000"));
		CHECK(ids.class <= 0xffff && (ids.has_class || !ids.class));
		free(described);
	}
	free(alias);
	return 0;
}
