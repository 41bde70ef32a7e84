/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which records of the kernel log are shown.  Pure. */
#ifndef KMT_MODEL_LOGFILTER_H
#define KMT_MODEL_LOGFILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct logrec;
struct logring;
struct strv;

struct logfilter {
	unsigned level;			/* that and worse */
	bool kernel_only;		/* nothing that user space wrote */
	char *module;			/* NULL: all */
	const struct strv *drivers;	/* of that module, whose records count as its own; NULL: not known */
	uint64_t since;			/* and no record before that number */
};

/* A report is taken as a whole: by its worst record, and by the module it names. */
bool logfilter_takes(const struct logfilter *filter, const struct logrec *rec);
/* It has a row of its own: taken, and not inside a folded report. */
bool logfilter_shows(const struct logfilter *filter, const struct logrec *rec);
/* How many records of the ring it takes, those inside folded reports among them. */
size_t logfilter_count(const struct logfilter *filter, const struct logring *ring);
/* Why none is shown, when none is: a sentence that names the module, not yet safe; the caller frees. */
char *logfilter_nothing(const struct logfilter *filter, const struct logring *ring);

#endif
