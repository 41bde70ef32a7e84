/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who holds a module: why it can not be unloaded, or what would lose its driver. */
#ifndef KMT_MODEL_HOLDING_H
#define KMT_MODEL_HOLDING_H

#include <stdbool.h>
#include <stddef.h>

enum holding_kind {
	HOLDING_MODULE,		/* a module that uses it */
	HOLDING_DEVICE,		/* bound to one of its drivers; goes without it, and does not keep it */
	HOLDING_PROCESS,	/* has one of its device nodes open */
	HOLDING_PERHAPS,	/* a process or a mount of a node whose module is not known, while references are not explained */
	HOLDING_MOUNT,		/* of its file system, or of one of its block devices */
	HOLDING_INTERFACE,	/* of the network; goes without it, and does not keep it */
	HOLDING_KINDS
};

struct holding_entry {
	enum holding_kind kind;
	char *name;		/* module, device, command of the process, mount point, interface */
	char *detail;		/* driver with its bus, device node, type and source; NULL: nothing */
	long pid;		/* of a process, else 0 */
	bool own;		/* of a node or file system that is the module's own: it has to count who has that open */
};

struct holding {
	struct holding_entry *v;	/* by kind */
	size_t n, size;
	size_t unread;		/* processes whose open files may not be seen */
	bool looked;		/* it was read at all */
};

#define HOLDING_INIT { NULL, 0, 0, 0, false }

void holding_release(struct holding *holding);
/*
 * Adds an entry behind those of its kind and the kinds before it; copies both strings.  Returns it, valid until the
 * next call.
 */
struct holding_entry *holding_add(struct holding *holding, enum holding_kind kind, const char *name,
				  const char *detail, long pid);
/* "module", "device", "process", "perhaps", "mount", "interface"; data, not translated. */
const char *holding_kind_name(enum holding_kind kind);
/*
 * Those that keep it loaded, modules aside, as words for a sentence: "cat (pid 7), the mount
 * /mnt".  NULL: none is known.  The caller frees.
 */
char *holding_words(const struct holding *holding);

#endif
