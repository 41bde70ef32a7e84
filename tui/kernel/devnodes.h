/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which device numbers belong to a module. */
#ifndef KMT_KERNEL_DEVNODES_H
#define KMT_KERNEL_DEVNODES_H

#include <stdbool.h>
#include <stddef.h>

struct root;
struct strv;

struct devnode {
	bool block;
	unsigned major, minor;
	bool any_minor;		/* the whole major number is the module's */
	char *name;		/* below /dev; NULL: not known */
};

struct devnodes {
	struct devnode *v;
	size_t n, size;
};

#define DEVNODES_INIT { NULL, 0, 0 }

void devnodes_release(struct devnodes *nodes);
/*
 * Those of module @name: by the names in /proc/devices and /proc/misc that are its own or one of
 * @drivers, by depmod's modules.devname, and by the driver that /sys/dev names for each number.  A char
 * device belongs to the nearest driver above it, a block device to all of them.
 */
void devnodes_read(const struct root *root, const char *name, const struct strv *drivers,
		   struct devnodes *nodes);
const struct devnode *devnodes_find(const struct devnodes *nodes, bool block, unsigned major, unsigned minor);
/* The same by the name below /dev. */
const struct devnode *devnodes_find_name(const struct devnodes *nodes, const char *name);

#endif
