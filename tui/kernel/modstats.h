/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel counts of a live module, and what the module says of itself in /proc. */
#ifndef KMT_KERNEL_MODSTATS_H
#define KMT_KERNEL_MODSTATS_H

struct info;
struct root;

/* A module's own file may be so large: that of kmt_timer has up to 78 lines for each CPU. */
#define MODSTATS_MAX (4u << 20)

/*
 * Adds a field for each file of /sys/module/NAME that counts something, one for the holders, and for a
 * module of this suite (kmt_...) one with the text of /proc/NAME.  0; -ENOENT: it is not live.
 */
int modstats_read(const struct root *root, const char *name, struct info *out);

#endif
