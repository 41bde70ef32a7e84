/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What programs that were built once rely on, of 64 bits or of 32: no number and no place in
 * kmt/chardev.h, which is included before this, may ever change.
 */
#ifndef CHARDEV_LAYOUT_H
#define CHARDEV_LAYOUT_H

#include <stddef.h>

_Static_assert(KMT_CHARDEV_STAT == 0xc700, "the number of STAT");
_Static_assert(KMT_CHARDEV_CLEAR == 0xc701, "the number of CLEAR");
_Static_assert(KMT_CHARDEV_STAT_SIZE0 == 64, "the first version of STAT");
_Static_assert(KMT_CHARDEV_CLEAR_SIZE0 == 16, "the first version of CLEAR");

_Static_assert(sizeof(struct kmt_chardev_head) == 8, "head");
_Static_assert(offsetof(struct kmt_chardev_head, size) == 0, "head.size");
_Static_assert(offsetof(struct kmt_chardev_head, flags) == 4, "head.flags");

_Static_assert(sizeof(struct kmt_chardev_stat) == 72, "stat");
_Static_assert(offsetof(struct kmt_chardev_stat, size) == 0, "stat.size");
_Static_assert(offsetof(struct kmt_chardev_stat, flags) == 4, "stat.flags");
_Static_assert(offsetof(struct kmt_chardev_stat, ring_size) == 8, "stat.ring_size");
_Static_assert(offsetof(struct kmt_chardev_stat, start) == 12, "stat.start");
_Static_assert(offsetof(struct kmt_chardev_stat, used) == 16, "stat.used");
_Static_assert(offsetof(struct kmt_chardev_stat, mapped) == 20, "stat.mapped");
_Static_assert(offsetof(struct kmt_chardev_stat, read) == 24, "stat.read");
_Static_assert(offsetof(struct kmt_chardev_stat, written) == 32, "stat.written");
_Static_assert(offsetof(struct kmt_chardev_stat, cleared) == 40, "stat.cleared");
_Static_assert(offsetof(struct kmt_chardev_stat, open_read) == 48, "stat.open_read");
_Static_assert(offsetof(struct kmt_chardev_stat, open_written) == 56, "stat.open_written");
_Static_assert(offsetof(struct kmt_chardev_stat, peak) == KMT_CHARDEV_STAT_SIZE0, "stat.peak");

_Static_assert(sizeof(struct kmt_chardev_clear) == 16, "clear");
_Static_assert(offsetof(struct kmt_chardev_clear, size) == 0, "clear.size");
_Static_assert(offsetof(struct kmt_chardev_clear, flags) == 4, "clear.flags");
_Static_assert(offsetof(struct kmt_chardev_clear, dropped) == 8, "clear.dropped");

#endif
