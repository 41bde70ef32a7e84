/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/util.h"
#include "fuzz.h"
#include "kernel/kmsg.h"
#include "model/logfilter.h"
#include "model/logring.h"

static void check_splat(const struct splat *splat)
{
	CHECK(splat->lines && splat->lines <= SPLAT_LINES_MAX && splat->gone < splat->lines);
	CHECK(splat->kind < SPLAT_KINDS && splat->level <= 7);
	CHECK(splat->kind == SPLAT_NONE || splat_kind_name(splat->kind));
	CHECK(!splat->module || (util_name_valid(splat->module) && !strchr(splat->module, '-')));
}

/* Each report has one head, and folded one row; what is in none has a row of its own. */
static void check_ring(const struct logring *ring)
{
	const struct logfilter all = { .level = 7 };
	size_t i, heads = 0, plain = 0, rows = 0;

	for (i = 0; i < ring->n; i++) {
		const struct logrec *rec = logring_get(ring, i);

		if (rec->splat)
			check_splat(rec->splat);
		CHECK(!rec->splat || (!rec->facility && !rec->lost));
		heads += logrec_is_head(rec);
		plain += !logrec_splat(rec);
		rows += logfilter_shows(&all, rec);
	}
	CHECK(rows == heads + plain);
	CHECK(heads <= ring->splats.reports && ring->splats.reports <= ring->splats.total);
	CHECK(ring->splats.n <= SPLATS_OPEN_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kmsg kmsg = { .fd = -1 };
	struct logring ring = { 0 };
	struct logrec rec;

	kmsg.text = malloc(size ? size : 1);
	CHECK(kmsg.text);
	if (size)
		memcpy(kmsg.text, data, size);
	kmsg.pos = kmsg.text;
	kmsg.end = kmsg.text + size;
	while (kmsg_read(&kmsg, &rec) == 1)
		logring_push(&ring, &rec);
	check_ring(&ring);
	logring_release(&ring);
	kmsg_close(&kmsg);
	return 0;
}
