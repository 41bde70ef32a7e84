/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What else a load or an unload touches, in order. */
#ifndef KMT_KERNEL_KMOD_DEPS_H
#define KMT_KERNEL_KMOD_DEPS_H

#include <stdbool.h>

struct kmod_lib;
struct modlist;
struct plan;
struct strv;

/*
 * The steps to load @what (name, alias or file) with @options (NULL: none), as modprobe would take them: what it
 * needs first, soft dependencies around it; modules of @live that are there already are PLAN_KEEP.
 * 0; -ENOENT: no such module; -EPERM: an alias, and all modules it stands for are blacklisted; -errno.
 */
int kmod_deps_plan_load(struct kmod_lib *lib, const char *what, const char *options,
			const struct modlist *live, struct plan *plan);
/* The same of the module of that very name, whatever aliases and blacklists there are: what happens when its turn comes. */
int kmod_deps_plan_itself(struct kmod_lib *lib, const char *name, const struct modlist *live, struct plan *plan);
/*
 * The steps to unload @name: it alone, or with @users everything that uses it first.  -ENOENT: no such module.
 */
int kmod_deps_plan_unload(struct kmod_lib *lib, const char *name, bool users,
			  const struct modlist *live, struct plan *plan);
/*
 * Adds the names of the modules that modprobe loads before or after @name because a soft dependency says so.
 * 0; -ENOENT: none; -errno.
 */
int kmod_deps_soft(struct kmod_lib *lib, const char *name, struct strv *names);

#endif
