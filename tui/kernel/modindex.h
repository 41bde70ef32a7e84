/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The modules that could be loaded (modules.dep) or are part of the kernel image (modules.builtin, sysfs). */
#ifndef KMT_KERNEL_MODINDEX_H
#define KMT_KERNEL_MODINDEX_H

#include <stddef.h>

struct buf;
struct moddir;
struct modlist;
struct root;

/* Pure: rows (name, path, index_state) from the text of modules.dep or modules.builtin; returns bad lines. */
size_t modindex_parse_dep(const char *text, size_t len, struct modlist *out);
size_t modindex_parse_builtin(const char *text, size_t len, struct modlist *out);

/*
 * Pure: "kernel/fs/ext4/ext4.ko.xz" has the name "ext4", which begins at *name.  Its length; 0 when this
 * is no module's path.
 */
size_t modindex_path_name(const char *path, size_t len, const char **name);

/*
 * The text of modules.dep, or the same made of modules.dep.bin when only that is there, as it is enough for modprobe.  0;
 * -ENOENT: neither; -EBADMSG: a damaged index; -errno.
 */
int modindex_read_dep(const struct root *root, struct buf *text);

/* What of the module directory is there; release @moddir. */
void modindex_look(const struct root *root, struct moddir *moddir);

/*
 * Both files of the root's kernel.  A missing one is no error (a container, an image
 * without modules): its rows are just not there.  Behind them come
 * the built-in modules that only sysfs tells of; a name may stand in both.  -ENOENT when there is no module
 * directory at all (what sysfs tells is there all the same).
 */
int modindex_read(const struct root *root, struct modlist *out);

/* A number that changes when depmod ran (time stamp, size and inode of its files); 0 when there are none. */
unsigned long long modindex_stamp(const struct root *root);

#endif
