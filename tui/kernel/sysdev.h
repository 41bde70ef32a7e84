/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Devices of sysfs: where one is, and whose drivers stand behind it. */
#ifndef KMT_KERNEL_SYSDEV_H
#define KMT_KERNEL_SYSDEV_H

struct root;
struct strv;

/* Where the link at @path leads, below the root: "sys/devices/..."; NULL: nowhere.  The caller frees. */
char *sysdev_follow(const struct root *root, const char *path);
/* The last part of what the link at @path says; NULL: it is none.  The caller frees. */
char *sysdev_link_name(const struct root *root, const char *path);
/* Adds the modules of the drivers of @device ("sys/devices/...") and of all devices above it, nearest first. */
void sysdev_modules(const struct root *root, const char *device, struct strv *modules);
/* The value of "KEY=VALUE" in the uevent file of @device; NULL: it has none.  The caller frees. */
char *sysdev_uevent(const struct root *root, const char *device, const char *key);

#endif
