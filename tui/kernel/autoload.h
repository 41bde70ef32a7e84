/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who asks for a module without being told to: the start of the machine, and devices. */
#ifndef KMT_KERNEL_AUTOLOAD_H
#define KMT_KERNEL_AUTOLOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"

struct root;

/* One who asks. */
struct autoload_request {
	char *what;		/* name or alias, as it is asked for */
	char *by;		/* "/FILE:LINE", "/proc/cmdline modules_load=", "pci 0000:00:1f.2" */
	struct strv modules;	/* for the caller: what it stands for */
};

struct autoload {
	struct autoload_request *v;
	size_t n, size;
};

#define AUTOLOAD_INIT { NULL, 0, 0 }

void autoload_release(struct autoload *list);

/*
 * Pure: a file of modules-load.d, as systemd reads it: a line, without the blanks at its ends, is one name or alias;
 * "#" and ";" begin a comment only at its start.
 */
void autoload_parse(struct autoload *list, const char *file, const char *text, size_t len);
/* Pure: modules_load= and rd.modules_load= of the kernel command line, as systemd reads them. */
void autoload_parse_cmdline(struct autoload *list, const char *text, size_t len);
/* Pure: the line (1 the first) of a list of initramfs-tools, a name and its parameters a line, that has @name; 0: none. */
unsigned autoload_parse_initramfs(const char *text, size_t len, const char *name);

/* What the start of the machine asks for: modules-load.d, /etc/modules, the command line. */
void autoload_read_boot(const struct root *root, struct autoload *list);
/* The places "FILE:LINE" of the lists by which the next initramfs is told to hold the module. */
void autoload_read_initramfs(const struct root *root, const char *name, struct strv *places);
/* The devices present, "BUS DEVICE", and the alias each one asks by. */
void autoload_read_devices(const struct root *root, struct autoload *list);
/* Whether @alias is one by which devices ask; else it is one of those that the kernel asks by itself, "fs-ext4". */
bool autoload_is_device(const char *alias);
/* Pure: an alias that fits the pattern @alias, "dmi:*:[bs]vn?" for one, as short as can be; the caller frees. */
char *autoload_example(const char *alias);

#endif
