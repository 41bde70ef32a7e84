/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading what all modules on disk and in the kernel image say of themselves. */
#ifndef KMT_KERNEL_KMOD_INDEX_H
#define KMT_KERNEL_KMOD_INDEX_H

struct fulltext_maker;
struct root;

/*
 * Every module of the root's kernel into @maker, which is empty.  A file that can not be read is counted and its
 * module has a name and no more; when the index is full the rest is left out.
 */
void kmod_index_read(const struct root *root, struct fulltext_maker *maker);

#endif
