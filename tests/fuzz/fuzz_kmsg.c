/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <string.h>

#include "base/util.h"
#include "fuzz.h"
#include "kernel/kmsg.h"
#include "model/logring.h"

static void check_record(const struct logrec *rec, size_t size)
{
	CHECK(rec->level <= 7 && rec->facility <= 255);
	CHECK(!rec->lost && rec->text && strlen(rec->text) <= size);
	if (!rec->module)
		return;
	CHECK(rec->facility == 0 && util_name_valid(rec->module) && !strchr(rec->module, '-'));
	CHECK(!strncmp(rec->text + strlen(rec->module), rec->driver ? " " : ": ", rec->driver ? 1 : 2));
	CHECK(!rec->driver || strstr(rec->text, ": "));
}

static void one_record(const char *bytes, size_t size)
{
	struct logrec rec;
	int err = kmsg_parse(bytes, size, &rec);

	CHECK(err == 0 || err == -EBADMSG);
	if (err)
		return;
	check_record(&rec, size);
	logrec_release(&rec);
}

/* The next number is known from what came before, be it a record or a mark. */
static void check_order(const struct logrec *rec, bool first, uint64_t expected)
{
	if (first)
		CHECK(!rec->lost);
	else if (rec->lost)
		CHECK(rec->seq == expected);
	else
		CHECK(rec->seq <= expected);
}

/* Numbers shown and numbers told as lost follow each other without a hole, up to a step back. */
static void whole_file(const char *bytes, size_t size, size_t lines)
{
	struct kmsg kmsg = { .fd = -1 };
	uint64_t expected = 0;
	struct logrec rec;
	size_t n = 0;

	kmsg.text = malloc(size ? size : 1);
	CHECK(kmsg.text);
	if (size)
		memcpy(kmsg.text, bytes, size);
	kmsg.pos = kmsg.text;
	kmsg.end = kmsg.text + size;
	while (kmsg_read(&kmsg, &rec) == 1) {
		check_order(&rec, !n, expected);
		expected = rec.seq + (rec.lost ? rec.lost : 1);
		if (!rec.lost)
			check_record(&rec, size);
		logrec_release(&rec);
		CHECK(++n <= 2 * lines);
	}
	CHECK(kmsg_read(&kmsg, &rec) == 0);
	kmsg_close(&kmsg);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	one_record((const char *)data, size);
	whole_file((const char *)data, size, fuzz_lines(data, size));
	return 0;
}
