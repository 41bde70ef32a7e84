/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The devices of a machine that ask for a module and have no driver. */
#ifndef KMT_KERNEL_DEVICES_H
#define KMT_KERNEL_DEVICES_H

struct devicelist;
struct root;

/*
 * Adds them, with what they are; kmod_which_devices() says which modules would serve them.  0; -errno: there are no
 * buses in this sysfs.
 */
int devices_read(const struct root *root, struct devicelist *list);

#endif
