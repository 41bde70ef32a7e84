/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/holding.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/xalloc.h"

/* So many holders a sentence names. */
#define WORDS_MAX 4

void holding_release(struct holding *holding)
{
	size_t i;

	for (i = 0; i < holding->n; i++) {
		free(holding->v[i].name);
		free(holding->v[i].detail);
	}
	free(holding->v);
	memset(holding, 0, sizeof(*holding));
}

struct holding_entry *holding_add(struct holding *holding, enum holding_kind kind, const char *name,
				  const char *detail, long pid)
{
	size_t at;

	if (holding->n == holding->size) {
		holding->size = holding->size ? 2 * holding->size : 8;
		holding->v = xrealloc(holding->v, holding->size, sizeof(*holding->v));
	}
	for (at = holding->n; at && holding->v[at - 1].kind > kind; at--)
		holding->v[at] = holding->v[at - 1];
	holding->v[at] = (struct holding_entry){ kind, xstrdup(name), xstrdup(detail), pid, false };
	holding->n++;
	return &holding->v[at];
}

const char *holding_kind_name(enum holding_kind kind)
{
	static const char *const names[HOLDING_KINDS] = {
		"module", "device", "process", "perhaps", "mount", "interface",
	};

	return names[kind];
}

static void add_words(struct buf *text, const struct holding_entry *entry)
{
	if (text->len)
		buf_addstr(text, ", ");
	if (entry->kind == HOLDING_PERHAPS && entry->pid)
		buf_printf(text, _("%s (process %ld, perhaps)"), entry->name, entry->pid);
	else if (entry->kind == HOLDING_PERHAPS)
		buf_printf(text, _("the mount at %s, perhaps"), entry->name);
	else if (entry->kind == HOLDING_PROCESS)
		buf_printf(text, _("%s (process %ld)"), entry->name, entry->pid);
	else
		buf_printf(text, _("the mount at %s"), entry->name);
}

static bool keeps_it(const struct holding_entry *entry)
{
	return entry->kind == HOLDING_PROCESS || entry->kind == HOLDING_PERHAPS || entry->kind == HOLDING_MOUNT;
}

char *holding_words(const struct holding *holding)
{
	struct buf text = BUF_INIT;
	size_t i, n = 0;

	for (i = 0; i < holding->n; i++) {
		if (!keeps_it(&holding->v[i]))
			continue;
		if (n++ < WORDS_MAX)
			add_words(&text, &holding->v[i]);
	}
	if (n > WORDS_MAX)
		buf_printf(&text, _(" and %zu more"), n - WORDS_MAX);
	return text.len ? buf_detach(&text) : NULL;
}
