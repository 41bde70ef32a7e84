/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/uncounted.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/xalloc.h"
#include "model/holding.h"

void uncounted_release(struct uncounted *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		free(list->v[i].module);
		free(list->v[i].name);
		free(list->v[i].what);
	}
	free(list->v);
	memset(list, 0, sizeof(*list));
}

void uncounted_add(struct uncounted *list, const char *module, const struct holding_entry *entry)
{
	if (list->n == list->size) {
		list->size = list->size ? 2 * list->size : 4;
		list->v = xrealloc(list->v, list->size, sizeof(*list->v));
	}
	list->v[list->n++] = (struct uncounted_entry){
		xstrdup(module), xstrdup(entry->name), xstrdup(entry->detail), entry->pid,
	};
}

char *uncounted_sentence(const struct uncounted_entry *entry)
{
	struct buf text = BUF_INIT;

	if (entry->pid)
		buf_printf(&text, _("%s %ld has %s open and %s does not count it: unloading would crash the kernel."),
			   entry->name, entry->pid, entry->what, entry->module);
	else
		buf_printf(&text, _("%s is mounted and %s does not count it: unloading would crash the kernel."),
			   entry->name, entry->module);
	return buf_detach(&text);
}
