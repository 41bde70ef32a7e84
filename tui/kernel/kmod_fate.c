/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_fate.h"

#include "base/strv.h"
#include "kernel/kmod_lib.h"
#include "kernel/kmod_private.h"
#include "kernel/modprobed.h"
#include "model/module.h"

static enum kmod_fate fate_of(const struct kmod_step *step)
{
	switch (step->verb) {
	case PLAN_LOAD:
		return KMOD_FATE_LOAD;
	case PLAN_INSTALL_COMMAND:
		return KMOD_FATE_COMMAND;
	case PLAN_KEEP:
		return KMOD_FATE_BUILTIN;
	default:
		return KMOD_FATE_MISSING;
	}
}

enum kmod_fate kmod_fate_read(struct kmod_lib *lib, const char *name)
{
	const struct modlist none = MODLIST_INIT;
	const struct kmod_wanted wanted = { .what = name, .live = &none, .itself = true };
	struct kmod_steps steps = KMOD_STEPS_INIT;
	enum kmod_fate fate = KMOD_FATE_UNKNOWN;
	size_t i;

	if (lib && !kmod_deps_walk_wanted(lib, &wanted, &steps))
		for (i = 0; i < steps.n; i++)
			if (steps.v[i].target)
				fate = fate_of(&steps.v[i]);
	kmod_deps_release(&steps);
	return fate;
}

/* Most modules have no install line, and of them libkmod need not be asked. */
bool kmod_fate_is_masked(struct kmod_lib *lib, const struct modprobed *conf, const char *name)
{
	enum kmod_fate fate;

	if (!modprobed_install_masks(conf, name))
		return false;
	/* Started by root, the child that has the libkmod of a tree may read less of the configuration than modprobe there. */
	fate = conf->hidden && lib && lib->remote ? KMOD_FATE_UNKNOWN : kmod_fate_read(lib, name);
	return fate == KMOD_FATE_UNKNOWN ? modprobed_is_masked(conf, name) : fate == KMOD_FATE_COMMAND;
}

void kmod_fate_masked(struct kmod_lib *lib, const struct modprobed *conf, const struct modtable *table,
		      struct strv *names)
{
	size_t i;

	for (i = 0; i < table->n; i++)
		if (kmod_fate_is_masked(lib, conf, table->rows[i]->name))
			strv_push(names, table->rows[i]->name);
}
