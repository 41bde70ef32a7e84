/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What persist, mask and unmask share: an edit of a file of our own, shown as a difference, then written. */
#ifndef KMT_CLI_CONFCHANGE_H
#define KMT_CLI_CONFCHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/why.h"

struct cli;
struct json_object;

struct confchange {
	struct cli *cli;
	struct json_object *changes, *remarks;	/* NULL without --json */
	const char *result;		/* "written", "unchanged", "planned", "failed" */
	enum status status;		/* the highest so far */
	int error;			/* its errno, positive; 0 none */
	char *sentence;			/* of that status; NULL: fine */
	bool changed;			/* something was, or with --dry-run would be, written */
};

/* One edit, of the text of a file (see model/confedit.h). */
struct confchange_edit {
	const char *path;		/* below the root */
	/* A new text; the caller frees.  NULL: the edit does not go with this text. */
	char *(*edit)(const char *text, const void *arg);
	const void *arg;
	/*
	 * Looks at what the file has become, before anybody is told; not called for a plan.  Not 0: it will not do, and
	 * why was said by confchange_fail(); the old text is put back.  NULL: nothing to look at.
	 */
	int (*check)(struct confchange *change, const void *arg);
};

void confchange_begin(struct confchange *change, struct cli *cli);
/* Shows and writes it.  The file is locked from reading to writing. */
enum status confchange_run(struct confchange *change, const struct confchange_edit *edit);
/* Something to know about a success, said on standard error or in the JSON; @sentence is taken over. */
void confchange_remark(struct confchange *change, const char *subject, char *sentence);
/* A failure; @sentence is taken over. */
enum status confchange_fail(struct confchange *change, const char *subject, enum status status,
			    char *sentence);
/* Says whether the start-up image of this kernel holds these modules, or settings of them. */
void confchange_warn_image(struct confchange *change, char *const *names, size_t n);
/* JSON: the report.  Returns the highest status. */
enum status confchange_end(struct confchange *change);

#endif
