/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel counts of a live module, and what the module says of itself in /proc. */
#ifndef KMT_KERNEL_MODSTATS_H
#define KMT_KERNEL_MODSTATS_H

struct info;
struct root;

/* So much of a module's own file is read. */
#define MODSTATS_MAX (64u << 10)

/*
 * Adds a field for each file of /sys/module/NAME that counts something, one for the holders, and for a
 * module of this suite (kmt_...) one with the text of /proc/NAME.  0; -ENOENT: it is not live.
 */
int modstats_read(const struct root *root, const char *name, struct info *out);

#endif
