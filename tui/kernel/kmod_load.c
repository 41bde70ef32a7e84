/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_load.h"

#include <errno.h>
#include <libkmod.h>
#include <stdlib.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kmod_private.h"
#include "kernel/procmods.h"
#include "model/module.h"

/* What is there already counts as done, whoever loaded it in the meantime. */
static int step_insert(const struct kmod_step *step)
{
	int err;

	if (step->verb != PLAN_LOAD)
		return 0;
	err = kmod_module_insert_module(step->module, 0, step->detail ? step->detail : "");
	return err == -EEXIST ? 0 : err;
}

/* An install line is refused before anything is loaded: running it is a shell's work. */
static int steps_check(const struct kmod_steps *steps, size_t *bad)
{
	size_t i;

	for (i = 0; i < steps->n; i++) {
		if (steps->v[i].verb == PLAN_INSTALL_COMMAND) {
			*bad = i;
			return -ENOTSUP;
		}
	}
	return 0;
}

static int steps_insert(const struct kmod_steps *steps, size_t *bad)
{
	size_t i;
	int err;

	for (i = 0; i < steps->n; i++) {
		err = step_insert(&steps->v[i]);
		if (err < 0 && !steps->v[i].soft) {
			*bad = i;
			return err;
		}
	}
	return 0;
}

int kmod_load_insert(struct kmod_lib *lib, const char *what, const char *options, char **failed)
{
	struct kmod_steps steps = KMOD_STEPS_INIT;
	struct modlist live = MODLIST_INIT;
	size_t bad = 0;
	int err;

	if (failed)
		*failed = NULL;
	/* Without the list every step is tried, and the kernel says which are there. */
	procmods_read(lib->root, &live);
	err = kmod_deps_walk(lib, what, options, &live, &steps);
	if (!err)
		err = steps_check(&steps, &bad);
	if (!err)
		err = steps_insert(&steps, &bad);
	if (err && bad < steps.n && !steps.v[bad].target && failed)
		*failed = xstrdup(kmod_module_get_name(steps.v[bad].module));
	kmod_deps_release(&steps);
	modlist_release(&live);
	return err;
}

int kmod_load_remove(struct kmod_lib *lib, const char *name)
{
	struct kmod_module *module;
	int err;

	if (!util_name_valid(name))
		return -ENOENT;
	err = kmod_module_new_from_name(lib->ctx, name, &module);
	if (err < 0)
		return err;
	err = kmod_module_remove_module(module, KMOD_REMOVE_NOWAIT | KMOD_REMOVE_NOLOG);
	kmod_module_unref(module);
	return err;
}
