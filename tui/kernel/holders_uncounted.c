/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whom an unload would crash. */
#include "base/strv.h"
#include "base/util.h"
#include "kernel/holders.h"
#include "kernel/root.h"
#include "model/holding.h"
#include "model/module.h"
#include "model/plan.h"
#include "model/uncounted.h"

static const struct module *find_live(const struct modlist *live, const char *name)
{
	size_t i;

	for (i = 0; i < live->n; i++)
		if (util_name_equal(live->v[i].name, name))
			return &live->v[i];
	return NULL;
}

/* In the first @n steps of the plan. */
static bool goes_before(const struct plan *plan, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (plan->v[i].verb == PLAN_UNLOAD && util_name_equal(plan->v[i].name, name))
			return true;
	return false;
}

/* When all of its users are gone no reference is left: the kernel would let it go. */
static bool would_go(const struct plan *plan, size_t n, const struct module *module)
{
	size_t i;

	for (i = 0; i < module->users.n; i++)
		if (!goes_before(plan, n, module->users.v[i]))
			return false;
	return module->refs >= 0 && (size_t)module->refs <= module->users.n && !module->permanent;
}

static void look_at(const struct root *root, const struct module *module, struct uncounted *list)
{
	struct holding holding = HOLDING_INIT;
	struct strv types = STRV_INIT;
	size_t i;

	holders_read(root, module, &types, &holding);
	for (i = 0; i < holding.n; i++)
		if (holding.v[i].own)
			uncounted_add(list, module->name, &holding.v[i]);
	holding_release(&holding);
}

void holders_uncounted(const struct root *root, const struct modlist *live, const struct plan *plan,
		       struct uncounted *list)
{
	const struct module *module;
	size_t i;

	for (i = 0; i < plan->n; i++) {
		module = plan->v[i].verb == PLAN_UNLOAD ? find_live(live, plan->v[i].name) : NULL;
		if (!module)
			continue;
		if (!would_go(plan, i, module))
			return;
		look_at(root, module, list);
	}
}
