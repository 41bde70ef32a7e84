/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What else a load or an unload touches, in order. */
#ifndef KMT_KERNEL_KMOD_DEPS_H
#define KMT_KERNEL_KMOD_DEPS_H

#include <stdbool.h>

struct kmod_lib;
struct modlist;
struct plan;

/*
 * The steps to load @what (name, alias or file) with @options (NULL: none): what it needs first, soft
 * dependencies around it; modules of @live that are there already are PLAN_KEEP.  -ENOENT ...
 */
int kmod_deps_plan_load(struct kmod_lib *lib, const char *what, const char *options,
			const struct modlist *live, struct plan *plan);
/*
 * The steps to unload @name: it alone, or with @users everything that uses it first.  -ENOENT: no such module.
 */
int kmod_deps_plan_unload(struct kmod_lib *lib, const char *name, bool users,
			  const struct modlist *live, struct plan *plan);

#endif
