/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/module.h"

static const char *const verb_names[] = {
	[PLAN_LOAD] = "load",
	[PLAN_UNLOAD] = "unload",
	[PLAN_KEEP] = "keep",
	[PLAN_INSTALL_COMMAND] = "install",
	[PLAN_MISSING] = "missing",
};

void plan_release(struct plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		free(plan->v[i].name);
		free(plan->v[i].detail);
	}
	free(plan->v);
	memset(plan, 0, sizeof(*plan));
}

void plan_push(struct plan *plan, enum plan_verb verb, const char *name, const char *detail)
{
	if (plan->n == plan->size) {
		plan->size = plan->size ? plan->size * 2 : 8;
		plan->v = xrealloc(plan->v, plan->size, sizeof(*plan->v));
	}
	plan->v[plan->n++] = (struct plan_step){
		.verb = verb, .name = xstrdup(name), .detail = xstrdup(detail),
	};
}

const struct plan_step *plan_find(const struct plan *plan, const char *name)
{
	for (size_t i = 0; i < plan->n; i++)
		if (util_name_equal(plan->v[i].name, name))
			return &plan->v[i];
	return NULL;
}

void plan_merge(struct plan *plan, const struct plan *more)
{
	const struct plan_step *step;
	size_t i;

	for (i = 0; i < more->n; i++) {
		step = &more->v[i];
		if (!plan_find(plan, step->name))
			plan_push(plan, step->verb, step->name, step->detail);
	}
}

bool plan_overlaps(const struct plan *a, const struct plan *b)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		if (plan_find(a, b->v[i].name))
			return true;
	return false;
}

void plan_return(struct plan *plan, const char *name, const char *options)
{
	size_t i;

	for (i = plan->n; i-- > 0;)
		plan_push(plan, PLAN_LOAD, plan->v[i].name, util_name_equal(plan->v[i].name, name) ? options : NULL);
}

static bool goes(const struct plan *plan, const struct strv *names, const char *name)
{
	const struct plan_step *step = plan_find(plan, name);
	size_t i;

	if (step && step->verb == PLAN_UNLOAD)
		return true;
	for (i = 0; i < names->n; i++)
		if (util_name_equal(names->v[i], name))
			return true;
	return false;
}

static bool is_unneeded(const struct plan *plan, const struct strv *names, const struct module *module)
{
	size_t i;

	if (!module->users.n || module->permanent || module->refs != (int)module->users.n ||
	    goes(plan, names, module->name))
		return false;
	for (i = 0; i < module->users.n; i++)
		if (!goes(plan, names, module->users.v[i]))
			return false;
	return true;
}

void plan_unneeded(const struct plan *plan, const struct modlist *live, struct strv *names)
{
	size_t i, before;

	do {
		before = names->n;
		for (i = 0; i < live->n; i++)
			if (is_unneeded(plan, names, &live->v[i]))
				strv_push(names, live->v[i].name);
	} while (names->n > before);
}

const char *plan_verb_name(enum plan_verb verb)
{
	return verb_names[verb];
}

int plan_verb_parse(const char *name, enum plan_verb *out)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(verb_names); i++) {
		if (strcmp(name, verb_names[i]))
			continue;
		*out = (enum plan_verb)i;
		return 0;
	}
	return -EINVAL;
}
