/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel log as the console holds it: the last LOGRING_MAX records, and what was lost. */
#ifndef KMT_MODEL_LOGRING_H
#define KMT_MODEL_LOGRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/splat.h"

struct strv;

#define LOGRING_MAX 10000
#define LOGREC_CPU 0x80000000u

struct logrec {
	uint64_t seq;		/* the kernel's number; of the first lost one for a lost mark */
	uint64_t usec;		/* since boot, the kernel's monotonic clock */
	unsigned level;		/* 0 emerg ... 7 debug */
	unsigned facility;	/* 0 kern; anything else was written by user space */
	uint64_t lost;		/* not 0: a mark, that many records were overwritten unread */
	char *module;		/* "name" of a kernel record that starts "name: " or "name device: ", normalised; NULL: none */
	bool driver;		/* it starts "name device: ": @module is the name of a driver, which its module may share */
	char *text;		/* decoded, raw: not yet safe for a terminal; NULL for a mark */
	bool has_caller;	/* the kernel told which task or processor wrote it */
	unsigned caller;	/* its number; of a processor: with LOGREC_CPU */
	struct splat *splat;	/* the report it is part of, NULL: none; set by splats_feed() */
	unsigned line;		/* of that report, 0 the first */
};

struct logring {
	struct logrec *v;	/* LOGRING_MAX slots, allocated on first push */
	size_t head, n;
	uint64_t pushed;	/* records ever pushed, marks included: a position that does not drift */
	uint64_t records;	/* the same without the marks */
	uint64_t lost;		/* sum of all marks */
	uint64_t dropped;	/* records that left at the old end */
	struct splats splats;	/* the reports among them */
};

void logrec_release(struct logrec *rec);
/* The report @rec is part of; NULL: it is a plain record. */
struct splat *logrec_splat(const struct logrec *rec);
/* @rec is the oldest one left of its report: it stands for the whole while that is folded. */
bool logrec_is_head(const struct logrec *rec);
/*
 * The kernel wrote @rec for that module: its name, or that of one of its @drivers (NULL: not known), stands in front.
 */
bool logrec_is_of(const struct logrec *rec, const char *module, const struct strv *drivers);
/* "emerg" "alert" "crit" "err" "warn" "notice" "info" "debug"; data, not translated. */
const char *logrec_level_name(unsigned level);
/* A level by name or digit: 0, -EINVAL. */
int logrec_level_parse(const char *s, unsigned *out);

void logring_release(struct logring *ring);
/* Takes the strings of @rec over.  The oldest goes when the ring is full. */
void logring_push(struct logring *ring, struct logrec *rec);
/* The @i-th held record, 0 the oldest; NULL behind the end. */
const struct logrec *logring_get(const struct logring *ring, size_t i);

#endif
