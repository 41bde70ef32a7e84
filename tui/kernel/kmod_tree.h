/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which module needs which, from everything that tells. */
#ifndef KMT_KERNEL_KMOD_TREE_H
#define KMT_KERNEL_KMOD_TREE_H

struct deptree;
struct kmod_lib;
struct modprobed;
struct modtable;

/*
 * Fills and finishes @tree: hard needs from modules.dep and from the users of the live modules
 * of @table, soft and weak ones from @conf with their aliases looked up.  An alias no module has stands
 * for itself.  0; -errno of modules.dep, and @tree has the rest all the same.
 */
int kmod_tree_read(struct kmod_lib *lib, const struct modprobed *conf, const struct modtable *table,
		   struct deptree *tree);

#endif
