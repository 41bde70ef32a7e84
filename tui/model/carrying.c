/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/carrying.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/module.h"
#include "model/plan.h"

void carrying_release(struct carrying *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		free(list->v[i].module);
		free(list->v[i].what);
		free(list->v[i].user);
	}
	free(list->v);
	memset(list, 0, sizeof(*list));
}

static const struct carrying_entry *find_kind(const struct carrying *list, const char *module,
					      enum carrying_kind kind)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (list->v[i].kind == kind && util_name_equal(list->v[i].module, module))
			return &list->v[i];
	return NULL;
}

bool carrying_add(struct carrying *list, enum carrying_kind kind, const char *const names[3])
{
	if (find_kind(list, names[0], kind))
		return false;
	if (list->n == list->size) {
		list->size = list->size ? 2 * list->size : 8;
		list->v = xrealloc(list->v, list->size, sizeof(*list->v));
	}
	list->v[list->n++] = (struct carrying_entry){
		kind, xstrdup(names[0]), xstrdup(names[1]), xstrdup(names[2]),
	};
	return true;
}

/* True when one of the users of @module is in the list and @module was not. */
static bool spread_to(struct carrying *list, const struct module *module, enum carrying_kind kind)
{
	const struct carrying_entry *user;
	const char *names[3];
	size_t i;

	for (i = 0; i < module->users.n; i++) {
		user = find_kind(list, module->users.v[i], kind);
		if (!user)
			continue;
		/* Who carries it, not who stands between. */
		names[0] = module->name;
		names[1] = user->what;
		names[2] = user->user ? user->user : user->module;
		return carrying_add(list, kind, names);
	}
	return false;
}

void carrying_spread(struct carrying *list, const struct modlist *live)
{
	bool more = true;
	size_t i;
	int kind;

	while (more) {
		more = false;
		for (i = 0; i < live->n; i++)
			for (kind = 0; kind < CARRYING_KINDS; kind++)
				more = spread_to(list, &live->v[i], (enum carrying_kind)kind) || more;
	}
}

const struct carrying_entry *carrying_find(const struct carrying *list, const char *module)
{
	const struct carrying_entry *entry = NULL;
	int kind;

	for (kind = 0; kind < CARRYING_KINDS && !entry; kind++)
		entry = find_kind(list, module, (enum carrying_kind)kind);
	return entry;
}

const struct carrying_entry *carrying_in_plan(const struct carrying *list, const struct plan *plan)
{
	const struct carrying_entry *entry = NULL;
	size_t i;

	for (i = 0; i < plan->n && !entry; i++)
		if (plan->v[i].verb == PLAN_UNLOAD)
			entry = carrying_find(list, plan->v[i].name);
	return entry;
}

const char *carrying_kind_name(enum carrying_kind kind)
{
	static const char *const names[CARRYING_KINDS] = { "root", "console", "network" };

	return names[kind];
}

char *carrying_sentence(const struct carrying_entry *entry)
{
	static const char *const direct[CARRYING_KINDS] = {
		N_("%s carries the root file system, %s."),
		N_("%s carries the console you sit at, %s."),
		N_("%s carries the network path of your ssh session, %s."),
	};
	static const char *const through[CARRYING_KINDS] = {
		N_("%s carries the root file system, %s: %s needs it."),
		N_("%s carries the console you sit at, %s: %s needs it."),
		N_("%s carries the network path of your ssh session, %s: %s needs it."),
	};
	struct buf text = BUF_INIT;

	if (entry->user)
		buf_printf(&text, _(through[entry->kind]), entry->module, entry->what, entry->user);
	else
		buf_printf(&text, _(direct[entry->kind]), entry->module, entry->what);
	return buf_detach(&text);
}
