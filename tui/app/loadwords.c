/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/loadwords.h"

#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "base/i18n.h"
#include "base/strv.h"
#include "base/xalloc.h"
#include "kernel/modprobed.h"
#include "model/complete.h"
#include "model/param.h"

bool loadwords_any(struct console *console, const char *module)
{
	struct paramlist params = PARAMLIST_INIT;
	bool any;

	details_declare(console, module, &params);
	any = params.n;
	paramlist_release(&params);
	return any;
}

static bool check(struct console *console, const char *module, const struct paramlist *params, const char *word)
{
	const char *equals = strchr(word, '=');
	char *name = xstrndup(word, equals ? (size_t)(equals - word) : strlen(word)), *why = NULL;
	struct param *param = paramlist_find(params, name);
	bool good = false;

	if (!equals)
		console_say(console, MESSAGE_BAD, _("\"%s\" is not of the form name=value."), word);
	else if (!param)
		console_say(console, MESSAGE_BAD, _("%s has no parameter \"%s\"; p shows those it has."), module, name);
	else if (param_check(param, equals + 1, &why))
		console_say(console, MESSAGE_BAD, "%s", why);
	else
		good = true;
	free(name);
	free(why);
	return good;
}

bool loadwords_check(struct console *console, const char *module, const struct strv *words)
{
	struct paramlist params = PARAMLIST_INIT;
	bool good = true;
	size_t i;

	details_declare(console, module, &params);
	for (i = 0; i < words->n && good; i++)
		good = check(console, module, &params, words->v[i]);
	paramlist_release(&params);
	return good;
}

void loadwords_complete(struct console *console, const char *module, const char *text, size_t at, struct strv *words)
{
	size_t start = complete_start(text, at);
	struct paramlist params = PARAMLIST_INIT;

	details_declare(console, module, &params);
	modprobed_apply(&console->conf, module, &params);
	complete_params(&params, text + start, at - start, words);
	paramlist_release(&params);
}
