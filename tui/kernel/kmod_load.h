/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The two calls that change the kernel.  Used by tui/cli/ only (law L4). */
#ifndef KMT_KERNEL_KMOD_LOAD_H
#define KMT_KERNEL_KMOD_LOAD_H

struct kmod_lib;

/*
 * Loads @what (name, alias or file) with what it needs.  @options, "a=1 b=2" or NULL, go to @what itself, behind
 * those of modprobe.d.  Never runs an `install` line (-ENOTSUP); never passes force flags.  0, also when it is there already; -errno as
 * the kernel gave it; *failed (may be NULL) names the module that failed if it is another one, the caller frees.
 */
int kmod_load_insert(struct kmod_lib *lib, const char *what, const char *options, char **failed);
/* Unloads @name (one delete_module, O_NONBLOCK).  0; -ENOENT: not loaded; -errno. */
int kmod_load_remove(const char *name);

#endif
