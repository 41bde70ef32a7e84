/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /proc/modules: every live module's name, size, references, users, state and taint in one read. */
#ifndef KMT_KERNEL_PROCMODS_H
#define KMT_KERNEL_PROCMODS_H

#include <stddef.h>

struct modlist;
struct root;

/*
 * Pure.  Adds one row a line to @out and returns the number of lines that were not understood (NULs, missing or
 * further fields, impossible numbers, names that are none), also added to @out->unread.  One that begins as a module's, with a
 * name and three more fields, has its row all the same, with what was understood.
 */
size_t procmods_parse(const char *text, size_t len, struct modlist *out);

/* Reads it in one go; no row when the root is not live.  0; -ENOENT: a kernel without loadable modules; -errno. */
int procmods_read(const struct root *root, struct modlist *out);

/*
 * The same for one who reads again and again: rows only when the text is another than the last
 * time.  @stamp stands for that text, 0 for none yet, and is updated.  1: read; 0: nothing new; -errno.
 */
int procmods_read_changed(const struct root *root, unsigned long long *stamp, struct modlist *out);

#endif
