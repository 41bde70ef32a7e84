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

/*
 * Of what the last call tells only "built in" is used, which it reads from the index of the module directory; all else it
 * says is about the machine it runs on.  (kmod_module_new_from_name_lookup() would be shorter, but its symbol has another
 * version in later kmods, and a program linked with the older one would not start with them.)
 */
bool kmod_named_is_module(const struct kmod_module *module)
{
	return kmod_module_get_path(module) || kmod_module_get_initstate(module) == KMOD_MODULE_BUILTIN;
}

int kmod_named_find(struct kmod_lib *lib, const char *name, struct kmod_module **out)
{
	struct kmod_module *module;
	int err;

	if (!util_name_valid(name))
		return -ENOENT;
	err = kmod_module_new_from_name(lib->ctx, name, &module);
	if (err < 0)
		return err;
	if (!kmod_named_is_module(module)) {
		kmod_module_unref(module);
		return -ENOENT;
	}
	*out = module;
	return 0;
}
