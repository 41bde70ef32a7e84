/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who has something of a module open although the module counts nobody.  The kernel would unload it all the same,
 * and crash when that is closed.
 */
#ifndef KMT_MODEL_UNCOUNTED_H
#define KMT_MODEL_UNCOUNTED_H

#include <stddef.h>

struct holding_entry;

struct uncounted_entry {
	char *module;
	char *name;		/* command of the process, or mount point */
	char *what;		/* device node, or type and source of the mount */
	long pid;		/* 0: it is a mount */
};

struct uncounted {
	struct uncounted_entry *v;
	size_t n, size;
};

#define UNCOUNTED_INIT { NULL, 0, 0 }

void uncounted_release(struct uncounted *list);
/* Copies what is in @entry, a process or a mount. */
void uncounted_add(struct uncounted *list, const char *module, const struct holding_entry *entry);
/* "sleep 182 has /dev/x open and x does not count it: unloading would crash the kernel."; the caller frees. */
char *uncounted_sentence(const struct uncounted_entry *entry);

#endif
