/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The modules of a machine: one row each, however many sources speak of it.
 *
 * A source (the kernel's list of live modules; the index of modules on disk and built
 * in) delivers a struct modlist; modtable_update() merges it and says what changed.
 * Pure memory, no I/O.
 */
#ifndef KMT_MODEL_MODULE_H
#define KMT_MODEL_MODULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strv.h"

enum module_state {
	MODULE_LIVE,
	MODULE_COMING,		/* its init function runs */
	MODULE_GOING,		/* its exit function runs */
	MODULE_DISK,		/* a file, not loaded */
	MODULE_BUILTIN,		/* part of the kernel image */
	MODULE_STATES
};

struct module {
	char *name;		/* always with '_', never '-' */
	bool loaded;		/* the live source has it; state is live, coming or going */
	bool indexed;		/* the index has it */
	enum module_state state;	/* what to show: the live state, else disk or built in */
	enum module_state index_state;	/* MODULE_DISK or MODULE_BUILTIN; valid if indexed */
	bool masked;		/* modprobe.d keeps it from loading */
	bool at_boot;		/* the start of the machine loads it by its name */
	bool optioned;		/* modprobe.d or the kernel command line gives it options */
	long long size;		/* bytes of memory, -1 unknown or not loaded */
	int refs;		/* -1 unknown (not loaded, or no CONFIG_MODULE_UNLOAD) */
	bool permanent;		/* the kernel says it can not be unloaded */
	struct strv users;	/* names of the modules that use it */
	char *taint;		/* letters such as "OE"; NULL: none */
	char *path;		/* below the kernel's module directory, as modules.dep has it; NULL unknown */
	char *description;	/* NULL: not read yet; "": has none */
	size_t entry;		/* its entry in the full-text index + 1; 0: has none */
	uint64_t changed_ms;	/* util_now_ms() when it came or changed state; 0: was there at the start */
};

/* What a source saw, in its order; owns everything below. */
struct modlist {
	struct module *v;
	size_t n, size;
	size_t unread;		/* lines of the source that were not understood, or not wholly */
};

#define MODLIST_INIT { NULL, 0, 0, 0 }

void module_release(struct module *module);
/* The word for a state ("live", "coming", "going", "disk", "builtin"); not translated, it is data. */
const char *module_state_name(enum module_state state);
/* The state of that name: 0, or -EINVAL. */
int module_state_parse(const char *name, enum module_state *out);

void modlist_release(struct modlist *list);
/* A new row, zeroed but for name (a normalised copy), size -1, refs -1; valid until the next push. */
struct module *modlist_push(struct modlist *list, const char *name, size_t len);

enum modtable_source { MODTABLE_LIVE, MODTABLE_INDEX };

struct modchange {
	char *name;
	enum { MODCHANGE_ADDED, MODCHANGE_REMOVED, MODCHANGE_STATE } what;
	uint64_t ms;
};

/* Rows sorted by name, and a history of what came and went. */
struct modtable {
	struct module **rows;	/* stable addresses while a row exists */
	size_t n, size;
	struct modchange *history;	/* oldest first, at most MODTABLE_HISTORY */
	size_t n_history;
	size_t count[MODULE_STATES];	/* rows of each state; a masked one on disk is counted in n_masked alone */
	size_t n_masked;
	long long live_bytes;	/* sum of the known sizes */
	bool delivered[2];	/* by enum modtable_source: has spoken once */
};

#define MODTABLE_HISTORY 256

struct modtable_delta {
	/*
	 * Rows that came alive, rows that are alive no more, rows with another state or other
	 * figures, or that the index has now or has no more.  All 0: nothing to draw.
	 */
	size_t added, removed, changed;
};

void modtable_release(struct modtable *table);
/*
 * Makes the rows agree with @list, which @source just delivered; its strings move into
 * the table and @list is left empty.  A row that no source has any more is freed.  The
 * first delivery of a source is no news: nothing goes to the history, which is about live
 * modules only.  Of two rows of one name in @list the first counts.  @now_ms is
 * util_now_ms(); @delta may be NULL.
 */
void modtable_update(struct modtable *table, enum modtable_source source,
		     struct modlist *list, uint64_t now_ms, struct modtable_delta *delta);
/* The row of that name ('-' is '_'), or NULL. */
struct module *modtable_find(const struct modtable *table, const char *name);
/* Sets masked of every row: true for the names in @masked, else false. */
void modtable_mask(struct modtable *table, const struct strv *masked);
/* The same of at_boot and of optioned; a name that no row has is left out. */
void modtable_settle(struct modtable *table, const struct strv *at_boot, const struct strv *optioned);

#endif
