/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who uses a module: other modules in sysfs's order, devices, processes, mounts, interfaces. */
#ifndef KMT_KERNEL_HOLDERS_H
#define KMT_KERNEL_HOLDERS_H

struct holding;
struct module;
struct root;
struct strv;

/*
 * Puts @users, the names /proc/modules gives, into the order in which sysfs lists the holders of module
 * @name, which is the order lsmod prints them in.  Names sysfs does not have stay behind.
 */
void holders_sort(const struct root *root, const char *name, struct strv *users);

/*
 * Fills @holding with all that can be found to hold @module (holders_read.c).  @types: file-system
 * types it serves beside that of its name.  What may not be read is left out; unread counts it where that matters.
 */
void holders_read(const struct root *root, const struct module *module, const struct strv *types,
		  struct holding *holding);

#endif
