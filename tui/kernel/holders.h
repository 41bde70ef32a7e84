/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who uses a module, in sysfs's order. */
#ifndef KMT_KERNEL_HOLDERS_H
#define KMT_KERNEL_HOLDERS_H

struct root;
struct strv;

/*
 * Puts @users, the names /proc/modules gives, into the order in which sysfs lists the holders of module
 * @name, which is the order lsmod prints them in.  Names sysfs does not have stay behind.
 */
void holders_sort(const struct root *root, const char *name, struct strv *users);

#endif
