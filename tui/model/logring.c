/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/logring.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"

static const char *const level_names[] = {
	"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug",
};

void logrec_release(struct logrec *rec)
{
	if (rec->splat)
		rec->splat->gone++;
	splat_put(rec->splat);
	free(rec->module);
	free(rec->text);
	memset(rec, 0, sizeof(*rec));
}

struct splat *logrec_splat(const struct logrec *rec)
{
	return rec->splat && rec->splat->kind != SPLAT_NONE ? rec->splat : NULL;
}

bool logrec_is_head(const struct logrec *rec)
{
	return logrec_splat(rec) && rec->line == rec->splat->gone;
}

bool logrec_is_of(const struct logrec *rec, const char *module, const struct strv *drivers)
{
	size_t i;

	if (!rec->module)
		return false;
	if (util_name_equal(rec->module, module))
		return true;
	for (i = 0; rec->driver && drivers && i < drivers->n; i++)
		if (util_name_equal(rec->module, drivers->v[i]))
			return true;
	return false;
}

/* The kernel keeps three bits for it. */
const char *logrec_level_name(unsigned level)
{
	return level_names[level & 7];
}

int logrec_level_parse(const char *s, unsigned *out)
{
	for (unsigned i = 0; i < ARRAY_SIZE(level_names); i++) {
		if (strcmp(s, level_names[i]) == 0 || (s[0] == (char)('0' + i) && !s[1])) {
			*out = i;
			return 0;
		}
	}
	return -EINVAL;
}

void logring_release(struct logring *ring)
{
	for (size_t i = 0; i < ring->n; i++)
		logrec_release(&ring->v[(ring->head + i) % LOGRING_MAX]);
	splats_release(&ring->splats);
	free(ring->v);
	memset(ring, 0, sizeof(*ring));
}

void logring_push(struct logring *ring, struct logrec *rec)
{
	if (!ring->v)
		ring->v = xcalloc(LOGRING_MAX, sizeof(*ring->v));
	if (ring->n == LOGRING_MAX) {
		logrec_release(&ring->v[ring->head]);
		ring->head = (ring->head + 1) % LOGRING_MAX;
		ring->n--;
		ring->dropped++;
	}
	splats_feed(&ring->splats, rec);
	ring->v[(ring->head + ring->n++) % LOGRING_MAX] = *rec;
	ring->pushed++;
	ring->lost += rec->lost;
	ring->records += !rec->lost;
	memset(rec, 0, sizeof(*rec));
}

const struct logrec *logring_get(const struct logring *ring, size_t i)
{
	return i < ring->n ? &ring->v[(ring->head + i) % LOGRING_MAX] : NULL;
}
