/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who uses a module: other modules in sysfs's order, devices, processes, mounts, interfaces. */
#ifndef KMT_KERNEL_HOLDERS_H
#define KMT_KERNEL_HOLDERS_H

struct holding;
struct modlist;
struct module;
struct plan;
struct root;
struct strv;
struct uncounted;

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
/* Its part about interfaces (holders_interfaces.c); @drivers: names of drivers of module @name. */
void holders_interfaces(const struct root *root, const char *name, const struct strv *drivers,
			struct holding *holding);

/*
 * Who has something open of a module that @plan unloads and that would let itself be unloaded beneath them, as it counts
 * nobody (holders_uncounted.c).  Behind a module that will not go it is not looked any further.
 */
void holders_uncounted(const struct root *root, const struct modlist *live, const struct plan *plan,
		       struct uncounted *list);

#endif
