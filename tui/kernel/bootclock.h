/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When the kernel's own time began. */
#ifndef KMT_KERNEL_BOOTCLOCK_H
#define KMT_KERNEL_BOOTCLOCK_H

#include <stdint.h>

struct root;

/*
 * Microseconds to add to the time of a log record for the time of the day.  Of this machine: by its
 * clocks as they are now.  Of another root: by "btime" of its proc/stat, to the second.
 * 0; -ENOENT: nothing tells it; -errno.
 */
int bootclock_offset(const struct root *root, int64_t *usec);
/* Pure: the number behind "btime" in the text of proc/stat: 0, -ENOENT. */
int bootclock_parse(const char *text, int64_t *seconds);

#endif
