/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The full-text index between two runs: $XDG_CACHE_HOME/kmodtui/index-KERNEL-NUMBER, where the number tells module
 * directories of one kernel version apart.  Who has no such directory, or can not write there, works
 * without; a file or directory of another user is not trusted.
 */
#ifndef KMT_KERNEL_INDEXCACHE_H
#define KMT_KERNEL_INDEXCACHE_H

struct fulltext;
struct root;

/* *text is empty before.  -ESTALE: it is of another @stamp; -EPERM: not ours alone; -EBADMSG: damaged; -ENOENT; -errno. */
int indexcache_read(const struct root *root, unsigned long long stamp, struct fulltext *text);
/* Puts it in place of the old one as a whole, and removes the oldest ones beyond a handful.  -errno. */
int indexcache_write(const struct root *root, const struct fulltext *text);

#endif
