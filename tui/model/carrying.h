/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Modules that carry what one stands on: the root file system, the console in use, one's own way in. */
#ifndef KMT_MODEL_CARRYING_H
#define KMT_MODEL_CARRYING_H

#include <stdbool.h>
#include <stddef.h>

struct modlist;
struct plan;

enum carrying_kind {
	CARRYING_ROOT,		/* the root file system */
	CARRYING_CONSOLE,	/* the terminal, its keyboard and its screen */
	CARRYING_NETWORK,	/* the network path of the ssh session */
	CARRYING_KINDS
};

struct carrying_entry {
	enum carrying_kind kind;
	char *module;
	char *what;		/* "/dev/vda1 (ext4)", "tty1", "eth0" */
	char *user;		/* the module that carries it and needs this one; NULL: it does so itself */
};

struct carrying {
	struct carrying_entry *v;
	size_t n, size;
};

#define CARRYING_INIT { NULL, 0, 0 }

void carrying_release(struct carrying *list);
/* One entry for a module and a kind: true if it is new.  Copies the strings; @user may be NULL. */
bool carrying_add(struct carrying *list, enum carrying_kind kind, const char *const names[3]);
/* Adds the live modules that those in the list need, however far away. */
void carrying_spread(struct carrying *list, const struct modlist *live);
/* What @module carries, the worst first; NULL: nothing. */
const struct carrying_entry *carrying_find(const struct carrying *list, const char *module);
/* The same of the first module that @plan unloads and that carries something. */
const struct carrying_entry *carrying_in_plan(const struct carrying *list, const struct plan *plan);
/* "root", "console", "network"; data, not translated. */
const char *carrying_kind_name(enum carrying_kind kind);
/* "virtio_blk carries the root file system, /dev/vda1 (ext4)."; the caller frees. */
char *carrying_sentence(const struct carrying_entry *entry);

#endif
