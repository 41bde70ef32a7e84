/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Module files: whatever the headers say, nothing outside of what was read is looked at. */
#include "fuzz.h"

#include <string.h>

#include "base/buf.h"
#include "kernel/kofile.h"

/* A copy of that part of the file, so that the sanitizer sees its ends; -1: it is not in the file. */
static int cut(const uint8_t *data, size_t size, const struct kofile_part *part, struct buf *out)
{
	if (part->size > size || part->offset > size - part->size)
		return -1;
	buf_add(out, data + part->offset, part->size);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf table = BUF_INIT, names = BUF_INIT;
	struct kofile_part part;
	struct kofile file;

	if (kofile_parse(data, size, &file))
		return 0;
	CHECK(file.table.size && file.entry_size);
	if (!cut(data, size, &file.table, &table) &&
	    !kofile_section(&file, (const unsigned char *)table.data, table.len, file.names, &part) &&
	    !cut(data, size, &part, &names))
		kofile_find(&file, (const unsigned char *)table.data, table.len, &names, &part);
	buf_release(&table);
	buf_release(&names);
	return 0;
}
