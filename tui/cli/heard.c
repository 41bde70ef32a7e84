/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/heard.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "model/logcause.h"
#include "model/logring.h"

#define LISTEN_MS 20		/* how long the log is waited for when it stays silent */
#define FLOOD_MS 500		/* how long one is listened to that does not fall silent */
#define LEVEL_WARN 4

void heard_begin(struct heard *heard, const struct root *root)
{
	heard->listening = kmsg_open(&heard->kmsg, root, KMSG_NOW) == 0;
}

static size_t size_of(const struct logrec *rec)
{
	return rec->text ? strlen(rec->text) : 0;
}

static bool is_full(const struct heard *heard)
{
	return heard->n >= HEARD_MAX || heard->bytes > HEARD_BYTES;
}

/* Of those from @from on the older half goes; with @plain only such as are neither errors nor warnings. */
static void thin(struct heard *heard, size_t from, bool plain)
{
	size_t i, to = from, since = heard->since, half = from + (heard->n - from) / 2;
	struct logrec *mark = &heard->v[0];

	for (i = from; i < heard->n; i++) {
		struct logrec *rec = &heard->v[i];

		if (i == heard->since)
			since = to;
		if (i >= half || (plain && rec->level <= LEVEL_WARN && !rec->lost)) {
			heard->v[to++] = *rec;
			continue;
		}
		mark->lost += rec->lost ? rec->lost : 1;
		heard->bytes -= size_of(rec);
		logrec_release(rec);
	}
	heard->since = heard->since >= heard->n ? to : since;
	heard->n = to;
}

static void grow(struct heard *heard)
{
	if (heard->n < heard->size)
		return;
	heard->size = heard->size ? heard->size * 2 : 16;
	heard->v = xrealloc(heard->v, heard->size, sizeof(*heard->v));
}

/* The first of them becomes, or is, the mark that says how many went. */
static void make_room(struct heard *heard)
{
	if (!heard->v[0].lost) {
		heard->bytes -= size_of(&heard->v[0]);
		logrec_release(&heard->v[0]);
		heard->v[0] = (struct logrec){ .lost = 1 };
	}
	thin(heard, 1, true);
	if (is_full(heard))
		thin(heard, 1, false);
}

static void take(struct heard *heard, struct logrec *rec)
{
	splats_feed(&heard->splats, rec);
	heard->bytes += size_of(rec);
	grow(heard);
	heard->v[heard->n++] = *rec;
	if (is_full(heard))
		make_room(heard);
}

/* True if something was there. */
static bool take_records(struct heard *heard)
{
	uint64_t end = util_now_ms() + FLOOD_MS;
	struct logrec rec;
	bool some = false;

	while (util_now_ms() < end && kmsg_read(&heard->kmsg, &rec) > 0) {
		take(heard, &rec);
		some = true;
	}
	return some;
}

void heard_mark(struct heard *heard)
{
	if (heard->listening)
		take_records(heard);
	heard->since = heard->n;
}

void heard_listen(struct heard *heard)
{
	struct pollfd poll_fd = { .fd = heard->kmsg.fd, .events = POLLIN };

	if (!heard->listening || take_records(heard))
		return;
	if (poll(&poll_fd, 1, LISTEN_MS) > 0)
		take_records(heard);
}

char *heard_cause(const struct heard *heard, const char *name)
{
	return heard->n > heard->since ? logcause_find(&heard->v[heard->since], heard->n - heard->since, name) : NULL;
}

void heard_release(struct heard *heard)
{
	size_t i;

	for (i = 0; i < heard->n; i++)
		logrec_release(&heard->v[i]);
	free(heard->v);
	splats_release(&heard->splats);
	if (heard->listening)
		kmsg_close(&heard->kmsg);
}
