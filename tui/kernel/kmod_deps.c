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

/* The steps of each of @found; a blacklisted one has none. */
static int probe_found(const struct kmod_question *probe, const struct kmod_found *found)
{
	int err = 0, now;
	size_t i, refused = 0;

	for (i = 0; i < found->n && !err; i++) {
		now = kmod_probe_module(probe, found->v[i]);
		if (now == -EPERM)
			refused++;
		else
			err = now;
	}
	return !err && refused && refused == found->n ? -EPERM : err;
}

static void probe_list(const struct kmod_question *probe, struct kmod_list *list)
{
	struct kmod_module *module;
	struct kmod_list *entry;

	kmod_list_foreach(entry, list) {
		module = kmod_module_get_module(entry);
		kmod_probe_module(probe, module);
		kmod_module_unref(module);
	}
}

/* A file has no line in modules.dep, or that of another one: its own field tells. */
static void probe_depends_field(struct kmod_lib *lib, const struct kmod_wanted *wanted,
				const struct kmod_question *probe)
{
	const char *pos = wanted->depends, *end = pos + strlen(pos), *token;
	struct kmod_found found = KMOD_FOUND_INIT;
	char *name;
	size_t len;

	while (parse_token(&pos, end, ",", &token, &len)) {
		name = xstrndup(token, len);
		if (kmod_lib_find(lib, name, &found) == 0)
			probe_found(probe, &found);
		kmod_lib_found_release(&found);
		free(name);
	}
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

/* As libkmod does it: soft dependencies that resolve to something switch the install line off. */
static void push_file(const struct kmod_wanted *wanted, struct kmod_module *module, bool soft_dependencies,
		      struct kmod_steps *steps)
{
	const char *install = soft_dependencies ? NULL : kmod_module_get_install_commands(module);
	struct kmod_step *step = kmod_deps_push(steps);

	step->name = xstrdup(kmod_module_get_name(module));
	step->target = true;
	step->verb = live_find(wanted->live, step->name) ? PLAN_KEEP : install ? PLAN_INSTALL_COMMAND : PLAN_LOAD;
	if (step->verb != PLAN_KEEP)
		step->detail = install ? xstrdup(install) : options_of(module, wanted->options);
}

static int walk_file(struct kmod_lib *lib, const struct kmod_wanted *wanted, struct kmod_steps *steps)
{
	struct kmod_question probe = { .live = wanted->live, .steps = steps };
	struct kmod_list *pre = NULL, *post = NULL;
	struct kmod_module *module;
	int err;

	err = kmod_module_new_from_name(lib->ctx, wanted->what, &module);
	if (err)
		return err;
	probe_depends_field(lib, wanted, &probe);
	kmod_module_get_softdeps(module, &pre, &post);
	probe.soft = true;
	probe_list(&probe, pre);
	push_file(wanted, module, pre || post, steps);
	probe_list(&probe, post);
	kmod_module_unref_list(pre);
	kmod_module_unref_list(post);
	kmod_module_unref(module);
	return 0;
}

static int find_wanted(struct kmod_lib *lib, const struct kmod_wanted *wanted, struct kmod_found *found)
{
	struct kmod_module *module;

	if (wanted->itself)
		return kmod_lib_find_itself(lib, wanted->what, found);
	if (!wanted->own || kmod_named_find(lib, wanted->what, &module))
		return kmod_lib_find(lib, wanted->what, found);
	kmod_lib_found_push(found, module);
	return 0;
}

static int walk_name(struct kmod_lib *lib, const struct kmod_wanted *wanted, struct kmod_steps *steps)
{
	const struct kmod_question probe = {
		.flags = KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY,
		.target = true, .options = wanted->options, .live = wanted->live, .steps = steps,
	};
	struct kmod_found found = KMOD_FOUND_INIT;
	int err;

	err = find_wanted(lib, wanted, &found);
	if (!err)
		err = probe_found(&probe, &found);
	kmod_lib_found_release(&found);
	return err;
}

int kmod_deps_walk_wanted(struct kmod_lib *lib, const struct kmod_wanted *wanted, struct kmod_steps *steps)
{
	if (lib->remote)
		return kmod_remote_walk(lib->remote, wanted, steps);
	return wanted->depends ? walk_file(lib, wanted, steps) : walk_name(lib, wanted, steps);
}

int kmod_deps_walk(struct kmod_lib *lib, const char *what, const char *options,
		   const struct modlist *live, struct kmod_steps *steps)
{
	struct kmod_wanted wanted = { .what = what, .options = options, .live = live, .own = lib->own_names };
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

static void push_steps(const struct kmod_steps *steps, struct plan *plan)
{
	size_t i;

	for (i = 0; i < steps->n; i++) {
		plan_push(plan, steps->v[i].verb, steps->v[i].name, steps->v[i].detail);
		plan->v[plan->n - 1].soft = steps->v[i].soft;
	}
}

int kmod_deps_plan_load(struct kmod_lib *lib, const char *what, const char *options,
			const struct modlist *live, struct plan *plan)
{
	struct kmod_steps steps = KMOD_STEPS_INIT;
	int err;

	err = kmod_deps_walk(lib, what, options, live, &steps);
	push_steps(&steps, plan);
	kmod_deps_release(&steps);
	return err;
}

int kmod_deps_plan_itself(struct kmod_lib *lib, const char *name, const struct modlist *live, struct plan *plan)
{
	const struct kmod_wanted wanted = { .what = name, .live = live, .itself = true };
	struct kmod_steps steps = KMOD_STEPS_INIT;
	int err;

	err = kmod_deps_walk_wanted(lib, &wanted, &steps);
	push_steps(&steps, plan);
	kmod_deps_release(&steps);
	return err;
}

static void push_names(struct kmod_list *list, struct strv *names)
{
	struct kmod_module *module;
	struct kmod_list *entry;

	kmod_list_foreach(entry, list) {
		module = kmod_module_get_module(entry);
		strv_push(names, kmod_module_get_name(module));
		kmod_module_unref(module);
	}
	kmod_module_unref_list(list);
}

int kmod_deps_soft(struct kmod_lib *lib, const char *name, struct strv *names)
{
	struct kmod_list *pre = NULL, *post = NULL;
	struct kmod_module *module;
	int err;

	if (lib->remote)
		return kmod_remote_names(lib->remote, "softdeps", name, names);
	err = kmod_module_new_from_name(lib->ctx, name, &module);
	if (err)
		return err;
	kmod_module_get_softdeps(module, &pre, &post);
	push_names(pre, names);
	push_names(post, names);
	kmod_module_unref(module);
	return names->n ? 0 : -ENOENT;
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
		err = kmod_lib_names(lib, name, &names);
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
