/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What came of trying a module in the throwaway machine.  Pure: made from the report of the guest
 * (tui/lab/try says what its lines mean) and from its kernel log.  The guest ran a module that may
 * do anything, so nothing it says is taken for more than text, and all of it is bounded.
 */
#ifndef KMT_MODEL_VERDICT_H
#define KMT_MODEL_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"

/* VERDICT_NONE: it could not be judged, which says nothing about the module. */
enum verdict_word {
	VERDICT_CLEAN, VERDICT_DIRTY, VERDICT_REFUSED, VERDICT_HUNG, VERDICT_CRASHED, VERDICT_NONE
};

/* How the machine ended.  Timed out: the host's time was over; silent: it ran, and nothing in it moved. */
enum verdict_end { VERDICT_ENDED, VERDICT_TIMED_OUT, VERDICT_SILENT, VERDICT_DIED };

struct verdict_item {
	char *kind, *text;
};

struct verdict_items {
	struct verdict_item *v;
	size_t n, size;
	bool more;			/* there were too many to keep */
};

struct verdict {
	char *module;
	char *kernel;			/* the release that ran; NULL: the guest never began */
	unsigned cycles;		/* begun */
	long long taint[2];		/* masks before and after; -1: not said */
	struct verdict_items findings;	/* what speaks against the module */
	struct verdict_items appeared;	/* what was there while it was loaded */
	struct strv log;		/* the kernel's lines meanwhile */
	struct strv stacks;		/* where what was not given back was got: a line of each call, under a title */
	bool refused;			/* the first load was */
	unsigned error;			/* its errno; 0: none, or not known */
	enum verdict_word word;		/* the worst so far; final after verdict_close() */
	char step[8];			/* "load" or "unload" of the cycle that hung or died */
	bool ended;
};

/* So many cycles tell a page that each load loses from those that come and go; fewer do not. */
#define VERDICT_PAGES_CYCLES 20
/* Cycles that tell a large block a load from what comes and goes: report_pages() in lab/try. */
#define VERDICT_BLOCKS_CYCLES 5

void verdict_init(struct verdict *verdict, const char *module);
void verdict_release(struct verdict *verdict);
/* One line of the report; what is no such line is passed over. */
void verdict_report(struct verdict *verdict, const char *line, size_t len);
/* All of the serial console; what stands behind the mark of the guest counts. */
void verdict_console(struct verdict *verdict, const char *text, size_t len);
/* Such a log reaches from the guest's first mark to its last one. */
bool verdict_has_end(const char *text);
/* One more thing that speaks against the module; the same one is kept once.  For the files of the verdict. */
void verdict_find(struct verdict *verdict, enum verdict_word word, const char *kind, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* Nothing more comes. */
void verdict_close(struct verdict *verdict, enum verdict_end end);

/* "clean", "dirty" ...; NULL for VERDICT_NONE. */
const char *verdict_name(enum verdict_word word);
/* The verdict as a translated sentence; the caller frees. */
char *verdict_sentence(const struct verdict *verdict);

#endif
