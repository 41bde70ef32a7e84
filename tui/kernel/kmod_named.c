/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The module of a name, as modinfo looks it up: what modprobe.d makes of the name does not count. */
#include <errno.h>
#include <libkmod.h>

#include "base/util.h"
#include "kernel/kmod_lib.h"
#include "kernel/kmod_private.h"

void kmod_lib_take_names(struct kmod_lib *lib)
{
	if (lib)
		lib->own_names = true;
}

int kmod_named_find(struct kmod_lib *lib, const char *name, struct kmod_module **out)
{
	struct kmod_module *module = NULL;
	int err;

	if (!util_name_valid(name))
		return -ENOENT;
	err = kmod_module_new_from_name_lookup(lib->ctx, name, &module);
	if (err < 0)
		return err;
	if (!module)
		return -ENOENT;
	/* An alias of built-in code is looked for, too. */
	if (!util_name_equal(kmod_module_get_name(module), name)) {
		kmod_module_unref(module);
		return -ENOENT;
	}
	*out = module;
	return 0;
}

bool kmod_named_is_module(struct kmod_lib *lib, struct kmod_module *module)
{
	struct kmod_module *own;

	if (kmod_module_get_path(module))
		return true;
	if (kmod_named_find(lib, kmod_module_get_name(module), &own))
		return false;
	kmod_module_unref(own);
	return true;
}
