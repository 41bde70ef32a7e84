/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The binary indexes of depmod (modules.dep.bin, modules.builtin.bin), which modprobe reads, for a machine that lost the texts
 * beside them.  Our own reader, with bounds: libkmod's follows offsets wherever they lead.
 */
#ifndef KMT_KERNEL_MODBIN_H
#define KMT_KERNEL_MODBIN_H

#include <stddef.h>

struct buf;

enum modbin_what { MODBIN_KEYS, MODBIN_VALUES };

/*
 * Pure.  Adds a line to @out for each key, or each value, in the order of the index: the values of modules.dep.bin are the lines of
 * modules.dep.  0; -EBADMSG: this is no index, or a damaged one; what was found before is in @out.
 */
int modbin_parse(const char *bytes, size_t len, enum modbin_what what, struct buf *out);

#endif
