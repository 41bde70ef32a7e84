/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What modprobe would do, asked of the library it uses: a dry run names each step.  So the rules about install lines,
 * soft dependencies and blacklists are those of the libkmod that is installed, whichever version that is.
 */
#include <errno.h>
#include <libkmod.h>
#include <string.h>

#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kmod_private.h"
#include "model/module.h"

/* One answer. */
struct answer {
	const struct kmod_question *probe;
	struct kmod_module *target;
	struct strv required;		/* its hard dependencies: what of the rest fails stops nothing */
};

/* libkmod hands its callback nothing of ours, and is used by one thread. */
static struct answer *asking;

static bool is_live(const struct modlist *live, const char *name)
{
	size_t i;

	for (i = 0; live && i < live->n; i++)
		if (util_name_equal(live->v[i].name, name))
			return true;
	return false;
}

static struct kmod_step *step_find(const struct kmod_steps *steps, const char *name)
{
	size_t i;

	for (i = 0; i < steps->n; i++)
		if (!strcmp(steps->v[i].name, name))
			return &steps->v[i];
	return NULL;
}

static bool is_required(const struct answer *answer, const char *name)
{
	size_t i;

	for (i = 0; i < answer->required.n; i++)
		if (!strcmp(answer->required.v[i], name))
			return true;
	return false;
}

static bool is_builtin(const struct kmod_module *module)
{
	return !kmod_module_get_path(module) && kmod_named_is_module(module);
}

static void step_decide(struct kmod_step *step, struct kmod_module *module, bool install, const char *options)
{
	step->path = xstrdup(kmod_module_get_path(module));
	if (is_builtin(module)) {
		step->verb = PLAN_KEEP;
	} else if (install) {
		step->verb = PLAN_INSTALL_COMMAND;
		step->detail = xstrdup(kmod_module_get_install_commands(module));
	} else if (!step->path) {
		step->verb = PLAN_MISSING;
	} else {
		step->verb = PLAN_LOAD;
		step->detail = options && *options ? xstrdup(options) : NULL;
	}
}

/* What several modules need is named as often. */
static void take_step(struct kmod_module *module, bool install, const char *options)
{
	const char *name = kmod_module_get_name(module);
	bool soft = asking->probe->soft || !is_required(asking, name), target = module == asking->target;
	struct kmod_step *step = step_find(asking->probe->steps, name);

	if (step) {
		step->soft = step->soft && soft;
		step->target = step->target || (target && asking->probe->target);
		return;
	}
	step = kmod_deps_push(asking->probe->steps);
	step->name = xstrdup(name);
	step->soft = soft;
	step->target = target && asking->probe->target;
	if (is_live(asking->probe->live, name))
		step->verb = PLAN_KEEP;
	else
		step_decide(step, module, install, options);
}

static void collect_required(struct answer *answer)
{
	struct kmod_list *list = kmod_module_get_dependencies(answer->target), *entry;
	struct kmod_module *module;

	kmod_list_foreach(entry, list) {
		module = kmod_module_get_module(entry);
		strv_push(&answer->required, kmod_module_get_name(module));
		kmod_module_unref(module);
	}
	kmod_module_unref_list(list);
	strv_push(&answer->required, kmod_module_get_name(answer->target));
}

/* modprobe does nothing about a module that is there, not even load what it recommends. */
static bool is_there(const struct kmod_question *probe, struct kmod_module *module)
{
	return is_live(probe->live, kmod_module_get_name(module)) || is_builtin(module);
}

int kmod_probe_module(const struct kmod_question *probe, struct kmod_module *module)
{
	const unsigned int flags = KMOD_PROBE_DRY_RUN | KMOD_PROBE_IGNORE_LOADED | probe->flags;
	struct answer answer = { probe, module, STRV_INIT };
	int err;

	if (is_there(probe, module)) {
		asking = &answer;
		take_step(module, false, NULL);
		asking = NULL;
		return 0;
	}
	collect_required(&answer);
	asking = &answer;
	err = kmod_module_probe_insert_module(module, flags, probe->options, NULL, NULL, take_step);
	asking = NULL;
	strv_release(&answer.required);
	return err > 0 ? -EPERM : err;
}
