/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reports of the kernel in its log: an Oops, a WARNING, what lockdep or KASAN found.  Each is many
 * records, one after the other, often with those of other processors between them.  Records are fed
 * in their order; each that belongs to a report points to it.  Pure.
 */
#ifndef KMT_MODEL_SPLAT_H
#define KMT_MODEL_SPLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct logrec;

enum splat_kind {
	SPLAT_NONE,		/* it looked like one, but was none: its records are plain ones */
	SPLAT_WARNING, SPLAT_OOPS, SPLAT_BUG, SPLAT_PROTECTION, SPLAT_LOCKDEP, SPLAT_KASAN,
	SPLAT_KCSAN, SPLAT_UBSAN, SPLAT_MEMORY, SPLAT_RCU, SPLAT_SOFT, SPLAT_HARD, SPLAT_HUNG,
	SPLAT_SLEEP, SPLAT_ATOMIC, SPLAT_TRACE,
	SPLAT_KINDS
};

struct splat {
	unsigned refs;		/* its records, and the reader while it goes on */
	uint64_t id;		/* 1 for the first one */
	enum splat_kind kind;
	char *module;		/* the one the topmost frame of a module names; NULL: none */
	char *detail;		/* "function+0x12/0x30 [module]", or what the kernel says; NULL: nothing yet */
	unsigned level;		/* of its worst record */
	unsigned lines;		/* records it has */
	unsigned gone;		/* of these, those released already, the oldest first */
	bool unfolded;		/* show its records one by one */
	uint64_t seen_ms;	/* util_now_ms() when a person was told; 0: old news */
};

/* For JSON: "warning", "rcu-stall"; data.  NULL for SPLAT_NONE. */
const char *splat_kind_name(enum splat_kind kind);
/* For people, in the kernel's own terms: "WARNING", "RCU stall". */
const char *splat_kind_title(enum splat_kind kind);
struct splat *splat_get(struct splat *splat);
/* Frees it with its last user; NULL is fine. */
void splat_put(struct splat *splat);

/* A report without an end is one no longer after so many records, or so long without one. */
#define SPLAT_LINES_MAX 600
#define SPLAT_GAP_US 2000000
#define SPLATS_OPEN_MAX 16

/* A report that may go on. */
struct splat_open {
	struct splat *splat;
	enum { SPLAT_HEAD, SPLAT_BODY, SPLAT_FRAMES, SPLAT_TAIL } phase;
	enum splat_end { SPLAT_END_TRACE, SPLAT_END_RULE, SPLAT_END_FRAMES } end;
	char rule;		/* '-' or '=': the rule above its title; 0: none */
	bool has_caller;
	unsigned caller;
	uint64_t usec;		/* of its last record */
};

struct splats {
	struct splat_open open[SPLATS_OPEN_MAX];
	size_t n;
	uint64_t total;		/* ever begun: the last id */
	uint64_t reports;	/* of these, those that were one */
	struct splat *newest;	/* that has a kind; NULL: none yet */
};

void splats_release(struct splats *splats);
/* The next record of the log: sets its splat and line, which it owns from then on. */
void splats_feed(struct splats *splats, struct logrec *rec);

#endif
