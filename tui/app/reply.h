/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a command of ours wrote, read back from its JSON. */
#ifndef KMT_APP_REPLY_H
#define KMT_APP_REPLY_H

#include "base/strv.h"
#include "model/plan.h"

/* So much of what a command writes is kept; no command writes more. */
#define REPLY_MAX (1u << 20)

struct reply {
	char *sentence;			/* NULL: none */
	char *failed;			/* the module of "modules" it is about, when that failed; NULL: none */
	char *old_value, *new_value;	/* first of "results"; NULL unknown */
	struct strv remarks;		/* sentences of "remarks"; lines of "findings", "appeared" and "roads" */
	struct plan plan;		/* steps of "plan" */
	struct strv log;		/* "level text" of each record of "log" */
};

/*
 * @json: its standard output; @errors: its standard error, whose last line is the sentence when
 * the JSON has none (usage errors).  JSON of REPLY_MAX bytes that is not whole was cut, and the sentence says so.  Never fails: what is not there is NULL.
 */
void reply_parse(struct reply *reply, const char *json, const char *errors);
void reply_release(struct reply *reply);

#endif
