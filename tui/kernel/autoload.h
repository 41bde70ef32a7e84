/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who asks for a module without being told to: the start of the machine, and devices. */
#ifndef KMT_KERNEL_AUTOLOAD_H
#define KMT_KERNEL_AUTOLOAD_H

#include <stdbool.h>
#include <stddef.h>

struct root;
struct strv;

/* Pure: the line (1 the first) of a list of modules, as modules-load.d has them, that names @name; 0: none. */
unsigned autoload_parse(const char *text, size_t len, const char *name);
/*
 * Pure: whether a parameter of the kernel command line called @param, "a,b,c", names @name.  It may stand
 * there more than once.
 */
bool autoload_parse_cmdline(const char *text, size_t len, const char *param, const char *name);

/* The places "FILE:LINE" in modules-load.d (and /etc/modules) that name @name. */
void autoload_read_boot(const struct root *root, const char *name, struct strv *places);
/* The same of the lists by which the next initramfs is told to hold the module. */
void autoload_read_initramfs(const struct root *root, const char *name, struct strv *places);
/* autoload_parse_cmdline() of the root's command line; false also when that is not known. */
bool autoload_read_cmdline(const struct root *root, const char *param, const char *name);
/* The devices present, "BUS DEVICE", whose alias one of the patterns fits. */
void autoload_read_devices(const struct root *root, const struct strv *patterns, struct strv *devices);

#endif
