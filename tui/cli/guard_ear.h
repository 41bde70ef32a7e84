/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the guard of a roll-back hears: changes of the command, one line of JSON each, and an answer meanwhile. */
#ifndef KMT_CLI_GUARD_EAR_H
#define KMT_CLI_GUARD_EAR_H

#include <stdbool.h>

#include "kernel/pending.h"

struct json_object;

/* The key of the line that says that no change will follow. */
#define GUARD_END "end"

/* What is being heard. */
struct guard_ear {
	int changes;			/* the pipe; the end of the file is the command's end as well */
	int answers;			/* where somebody may answer meanwhile; -1: it was answered */
	struct json_object *action;	/* "id", "params", "did" so far */
	bool over;			/* there will be no more */
	char *rest;			/* of a line that is not whole yet */
};

void guard_ear_open(struct guard_ear *ear, int changes, int answers);
void guard_ear_release(struct guard_ear *ear);
/* Begins anew with no change. */
void guard_ear_forget(struct guard_ear *ear);
/* Hears changes until there are no more, or for @ms (-1: as long as it takes): PENDING_TIME_OUT; or the answer that came. */
enum pending_answer guard_ear_hear(struct guard_ear *ear, int ms);

#endif
