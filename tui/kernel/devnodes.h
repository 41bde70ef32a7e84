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
	unsigned more;		/* so many minors follow that are the module's too; their names are NAME and a number */
	bool own;		/* the module serves the node itself, and has to count who has it open */
};

struct devnodes {
	struct devnode *v;
	size_t n, size;
};

#define DEVNODES_INIT { NULL, 0, 0 }

void devnodes_release(struct devnodes *nodes);
/*
 * Those of module @name: by the names in /proc/devices, /proc/misc and /proc/tty/drivers that are its own or one of
 * @drivers, by depmod's modules.devname, and by the driver that /sys/dev names for each number.  A char
 * device belongs to the nearest driver above it, a block device to all of them.
 */
void devnodes_read(const struct root *root, const char *name, const struct strv *drivers,
		   struct devnodes *nodes);
const struct devnode *devnodes_find(const struct devnodes *nodes, bool block, unsigned major, unsigned minor);
/* The same by the name below /dev. */
const struct devnode *devnodes_find_name(const struct devnodes *nodes, const char *name);
/* The module behind @name in /proc/devices where it is called otherwise ("ramdisk" is brd's); else @name. */
const char *devnodes_module(const char *name);
/*
 * Whether it is known who serves the node, be it another module or the kernel itself (devnodes_known.c): by its
 * number, its driver, and the names above.
 */
bool devnodes_known(const struct root *root, bool block, unsigned major, unsigned minor);

#endif
