/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/util.h"
#include "base/xalloc.h"

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
