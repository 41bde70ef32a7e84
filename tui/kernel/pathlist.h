/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which paths a half-typed one may become: directories and files of modules. */
#ifndef KMT_KERNEL_PATHLIST_H
#define KMT_KERNEL_PATHLIST_H

struct strv;

/*
 * Adds the paths that begin with @path, as this process sees files: directories with a '/' at the end, and names that
 * end .ko, .ko.gz, .ko.xz or .ko.zst.  Sorted.  Hidden ones only when the dot is typed; those with blanks or quotes in
 * them are left out.  0; -errno: the directory can not be read.
 */
int pathlist_read(const char *path, struct strv *out);

#endif
