/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/busy.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"

const struct busy *busy_find(const struct busy *busy, const char *module)
{
	while (busy && !util_name_equal(busy->module, module))
		busy = busy->next;
	return busy;
}

/* What the command does, as a word for a narrow column. */
static const char *doing(const char *verb)
{
	static const struct { const char *verb, *word; } words[] = {
		{ "load", N_("loading") }, { "unload", N_("unloading") },
		{ "reload", N_("reloading") }, { "set", N_("writing") },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(words[i].verb, verb))
			return _(words[i].word);
	return _("working on it");
}

char *busy_words(const struct busy *busy, uint64_t now_ms)
{
	unsigned seconds = (unsigned)(now_ms > busy->since_ms ? (now_ms - busy->since_ms) / 1000 : 0);
	struct buf out = BUF_INIT;

	if (busy->state == BUSY_GIVEN_UP)
		buf_printf(&out, _("given up, hangs %u s"), seconds);
	else if (busy->state == BUSY_HANGS)
		buf_printf(&out, _("%s ... %u s, hangs"), doing(busy->verb), seconds);
	else if (seconds)
		buf_printf(&out, _("%s ... %u s"), doing(busy->verb), seconds);
	else
		buf_printf(&out, _("%s ..."), doing(busy->verb));
	return buf_detach(&out);
}
