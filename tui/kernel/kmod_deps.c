/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_deps.h"

#include <errno.h>
#include <libkmod.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kmod_lib.h"
#include "kernel/kmod_private.h"
#include "kernel/kmod_remote.h"
#include "model/info.h"
#include "model/module.h"
#include "model/plan.h"

/* One walk over what a load needs. */
struct walk {
	struct kmod_lib *lib;
	const struct kmod_wanted *wanted;
	struct kmod_steps *steps;
	struct strv seen;		/* names walked already: each comes once, and circles end */
};

void kmod_deps_release(struct kmod_steps *steps)
{
	size_t i;

	for (i = 0; i < steps->n; i++) {
		free(steps->v[i].name);
		free(steps->v[i].path);
		free(steps->v[i].detail);
	}
	free(steps->v);
	memset(steps, 0, sizeof(*steps));
}

struct kmod_step *kmod_deps_push(struct kmod_steps *steps)
{
	if (steps->n == steps->size) {
		steps->size = steps->size ? steps->size * 2 : 8;
		steps->v = xrealloc(steps->v, steps->size, sizeof(*steps->v));
	}
	memset(&steps->v[steps->n], 0, sizeof(*steps->v));
	return &steps->v[steps->n++];
}

static const struct module *live_find(const struct modlist *live, const char *name)
{
	size_t i;

	for (i = 0; i < live->n; i++)
		if (util_name_equal(live->v[i].name, name))
			return &live->v[i];
	return NULL;
}

/* True once for each name. */
static bool first_visit(struct strv *seen, const char *name)
{
	size_t i;

	for (i = 0; i < seen->n; i++)
		if (util_name_equal(seen->v[i], name))
			return false;
	strv_push(seen, name);
	return true;
}

/* The options of modprobe.d, then the caller's: the kernel lets the last one win. */
static char *options_of(struct kmod_module *module, const char *extra)
{
	const char *configured = kmod_module_get_options(module);
	struct buf text = BUF_INIT;

	if (configured && *configured)
		buf_addstr(&text, configured);
	if (extra && *extra) {
		if (text.len)
			buf_addch(&text, ' ');
		buf_addstr(&text, extra);
	}
	return text.len ? buf_detach(&text) : NULL;
}

static void step_push(struct walk *walk, struct kmod_module *module, bool soft, bool target)
{
	const char *install = kmod_module_get_install_commands(module), *name = kmod_module_get_name(module);
	bool file = target && walk->wanted->depends, live = live_find(walk->wanted->live, name);
	struct kmod_step *step;

	/* What is only recommended and kept out by an install line is not wanted here. */
	if (soft && install && !live)
		return;
	step = kmod_deps_push(walk->steps);
	step->name = xstrdup(name);
	step->path = xstrdup(file ? NULL : kmod_module_get_path(module));
	step->soft = soft;
	step->target = target;
	if (live) {
		step->verb = PLAN_KEEP;
	} else if (install) {
		step->verb = PLAN_INSTALL_COMMAND;
		step->detail = xstrdup(install);
	} else if (!step->path && !file) {
		step->verb = PLAN_KEEP;		/* built in */
	} else {
		step->verb = PLAN_LOAD;
		step->detail = options_of(module, target ? walk->wanted->options : NULL);
	}
}

static void walk_module(struct walk *walk, struct kmod_module *module, bool soft, bool target);

static void walk_list(struct walk *walk, struct kmod_list *list, bool soft)
{
	struct kmod_module *module;
	struct kmod_list *entry;

	kmod_list_foreach(entry, list) {
		module = kmod_module_get_module(entry);
		walk_module(walk, module, soft, false);
		kmod_module_unref(module);
	}
	kmod_module_unref_list(list);
}

/* A file has no line in modules.dep, or that of another one: its own field tells. */
static void walk_depends_field(struct walk *walk)
{
	const char *pos = walk->wanted->depends, *end = pos + strlen(pos), *token;
	struct kmod_found found = KMOD_FOUND_INIT;
	char *name;
	size_t len, i;

	while (parse_token(&pos, end, ",", &token, &len)) {
		name = xstrndup(token, len);
		if (kmod_lib_find(walk->lib, name, false, &found) == 0)
			for (i = 0; i < found.n; i++)
				walk_module(walk, found.v[i], false, false);
		kmod_lib_found_release(&found);
		free(name);
	}
}

/* What was only recommended so far turns out to be needed as well. */
static void harden(struct kmod_steps *steps, const char *name)
{
	size_t i;

	for (i = 0; i < steps->n; i++)
		if (!strcmp(steps->v[i].name, name))
			steps->v[i].soft = false;
}

static void walk_module(struct walk *walk, struct kmod_module *module, bool soft, bool target)
{
	struct kmod_list *pre = NULL, *post = NULL;

	if (!first_visit(&walk->seen, kmod_module_get_name(module))) {
		if (!soft)
			harden(walk->steps, kmod_module_get_name(module));
		return;
	}
	if (target && walk->wanted->depends)
		walk_depends_field(walk);
	else
		walk_list(walk, kmod_module_get_dependencies(module), soft);
	kmod_module_get_softdeps(module, &pre, &post);
	walk_list(walk, pre, true);
	step_push(walk, module, soft, target);
	walk_list(walk, post, true);
}

static int find_wanted(struct kmod_lib *lib, const struct kmod_wanted *wanted, struct kmod_found *found)
{
	struct kmod_module *module;
	int err = -ENOENT;

	if (wanted->depends)
		err = kmod_module_new_from_name(lib->ctx, wanted->what, &module);
	else if (wanted->own)
		err = kmod_named_find(lib, wanted->what, &module);
	if (err && !wanted->depends)
		return kmod_lib_find(lib, wanted->what, true, found);
	if (!err)
		kmod_lib_found_push(found, module);
	return err;
}

int kmod_deps_walk_wanted(struct kmod_lib *lib, const struct kmod_wanted *wanted, struct kmod_steps *steps)
{
	struct walk walk = { lib, wanted, steps, STRV_INIT };
	struct kmod_found found = KMOD_FOUND_INIT;
	size_t i;
	int err;

	if (lib->remote)
		return kmod_remote_walk(lib->remote, wanted, steps);
	err = find_wanted(lib, wanted, &found);
	for (i = 0; i < found.n; i++)
		walk_module(&walk, found.v[i], false, true);
	strv_release(&walk.seen);
	kmod_lib_found_release(&found);
	return err;
}

int kmod_deps_walk(struct kmod_lib *lib, const char *what, const char *options,
		   const struct modlist *live, struct kmod_steps *steps)
{
	struct kmod_wanted wanted = { what, NULL, options, live, lib->own_names };
	const struct kmod_file *file = NULL;
	const char *depends;
	size_t i;
	int err;

	if (kmod_lib_is_path(what)) {
		err = kmod_file_get(lib, what, &file);
		if (err)
			return err;
		depends = info_find(&file->info, "depends");
		wanted.what = file->info.name;
		wanted.depends = depends ? depends : "";
	}
	err = kmod_deps_walk_wanted(lib, &wanted, steps);
	for (i = 0; i < steps->n; i++)
		if (steps->v[i].target)
			steps->v[i].file = file;
	return err;
}

int kmod_deps_plan_load(struct kmod_lib *lib, const char *what, const char *options,
			const struct modlist *live, struct plan *plan)
{
	struct kmod_steps steps = KMOD_STEPS_INIT;
	size_t i;
	int err;

	err = kmod_deps_walk(lib, what, options, live, &steps);
	for (i = 0; i < steps.n; i++)
		plan_push(plan, steps.v[i].verb, steps.v[i].name, steps.v[i].detail);
	kmod_deps_release(&steps);
	return err;
}

/* Users first, each once: what is unloaded last is what was asked for. */
static void unload_push(const struct modlist *live, const struct module *module,
			struct strv *seen, struct plan *plan)
{
	const struct module *user;
	size_t i;

	if (!first_visit(seen, module->name))
		return;
	for (i = 0; i < module->users.n; i++) {
		user = live_find(live, module->users.v[i]);
		if (user)
			unload_push(live, user, seen, plan);
	}
	plan_push(plan, PLAN_UNLOAD, module->name, NULL);
}

int kmod_deps_plan_unload(struct kmod_lib *lib, const char *name, bool users,
			  const struct modlist *live, struct plan *plan)
{
	struct strv seen = STRV_INIT, names = STRV_INIT;
	const struct module *module;
	int err;

	module = live_find(live, name);
	if (!module) {
		/* Not live: nothing to do, if there is such a module at all. */
		err = kmod_lib_names(lib, name, false, &names);
		if (!err)
			plan_push(plan, PLAN_KEEP, names.v[0], NULL);
		strv_release(&names);
		return err;
	}
	if (users)
		unload_push(live, module, &seen, plan);
	else
		plan_push(plan, PLAN_UNLOAD, module->name, NULL);
	strv_release(&seen);
	return 0;
}
