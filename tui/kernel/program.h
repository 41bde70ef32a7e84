/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Program files: the one that runs, and those that may be trusted with root. */
#ifndef KMT_KERNEL_PROGRAM_H
#define KMT_KERNEL_PROGRAM_H

struct root;

/* The file this process runs, every link resolved, in a new string; -errno. */
int program_self(const struct root *root, char **path);
/*
 * Whether nobody but root can change what lies at @path, an absolute one: neither the file nor a
 * directory on the way.  0; -EPERM: somebody can; -ENOENT: there is no such file, or it can not be run.
 */
int program_check(const struct root *root, const char *path);
/* Program @name in the folders of the system, which need no PATH, in a new string; -ENOENT. */
int program_find(const struct root *root, const char *name, char **path);

#endif
