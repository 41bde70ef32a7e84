/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which modules serve an alias or a device. */
#ifndef KMT_KERNEL_KMOD_WHICH_H
#define KMT_KERNEL_KMOD_WHICH_H

struct devicelist;
struct kmod_lib;
struct root;
struct strv;

/*
 * Adds the names of all modules @alias stands for, blacklisted ones too; a module's own name stands for
 * itself.  0; -ENOENT: none; -errno.
 */
int kmod_which_read(struct kmod_lib *lib, const char *alias, struct strv *names);
/* Fills in the modules of each device, and sorts the list by whether there are some. */
void kmod_which_devices(struct kmod_lib *lib, struct devicelist *list);
/*
 * The alias a device asks for modules by.  @path: its directory below /sys, or its node below /dev; both as
 * a user writes them.  0 with a new string; -ENOENT: no such device; -ENODATA: it has no alias; -errno.
 */
int kmod_which_alias(const struct root *root, const char *path, char **alias);

#endif
