/* SPDX-License-Identifier: GPL-2.0-or-later */
/* modinfo's fields of a module, by name, alias or file. */
#ifndef KMT_KERNEL_KMOD_INFO_H
#define KMT_KERNEL_KMOD_INFO_H

#include <stddef.h>

struct buf;
struct info;
struct kmod_lib;

/*
 * @what: a path (it has a '/' or is a file ending .ko[.gz|.xz|.zst]), a module name, or else an alias,
 * which may stand for several modules.  A module on disk or built in comes before an alias of modprobe.d that has its
 * name; what only modprobe.d has a line for is no module.  *infos is an array of *n, each to be released, then
 * freed.  -ENOENT: no such module or file; -ENOEXEC: not a module; -errno;
 * of files of strangers what kmod_file.h says as well.  A file is opened once: what is planned and loaded later with the same @lib
 * is what was read here.
 */
int kmod_info_read(struct kmod_lib *lib, const char *what, struct info **infos, size_t *n);
/* The same for what modprobe would load for @what: an alias of modprobe.d comes before the module of that name. */
int kmod_info_probe(struct kmod_lib *lib, const char *what, struct info **infos, size_t *n);
/* The description alone, "" if it has none, for the list; NULL: can not be read.  The caller frees. */
char *kmod_info_description(struct kmod_lib *lib, const char *name);
/*
 * The strings "key=value" of the module's file at @path below the root, as kofile_read_modinfo(); -ENOTSUP also
 * when kmod_info_read() has to do it.
 */
int kmod_info_strings(struct kmod_lib *lib, const char *path, struct buf *out);
/*
 * The name of the init function in the module's file at @path below the module directory; *name is the caller's.
 * -ENODATA: it has none; as kmod_file_get().
 */
int kmod_info_init(struct kmod_lib *lib, const char *path, char **name);
/* Files are opened anew when they are asked for again. */
void kmod_info_forget(struct kmod_lib *lib);

#endif
