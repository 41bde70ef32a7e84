/* SPDX-License-Identifier: GPL-2.0-or-later */
/* modinfo's fields of a module, by name, alias or file. */
#ifndef KMT_KERNEL_KMOD_INFO_H
#define KMT_KERNEL_KMOD_INFO_H

#include <stddef.h>

struct info;
struct kmod_lib;

/*
 * @what: a path (it has a '/' or is a file ending .ko[.gz|.xz|.zst]), a module name or an alias,
 * which may stand for several modules.  *infos is an array of *n, each to be released, then
 * freed.  -ENOENT: no such module or file; -ENOEXEC: not a module; -errno.
 */
int kmod_info_read(struct kmod_lib *lib, const char *what, struct info **infos, size_t *n);
/* The description alone, "" if it has none, for the list; NULL: can not be read.  The caller frees. */
char *kmod_info_description(struct kmod_lib *lib, const char *name);

#endif
