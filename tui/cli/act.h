/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What set, load and unload share: the kernel log meanwhile, a sentence for each failure,
 * and the report of plan, results and log as text or JSON.
 */
#ifndef KMT_CLI_ACT_H
#define KMT_CLI_ACT_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/heard.h"
#include "model/policy.h"
#include "model/why.h"

struct cli;
struct json_object;
struct plan;
struct strv;

struct act {
	struct cli *cli;
	struct policy policy;
	struct heard heard;		/* the kernel log since act_begin() */
	bool silent;			/* nothing is printed: the caller tells the result in its own words */
	struct json_object *plan, *results, *carries, *opens;	/* NULL without --json */
	enum status status;		/* the highest so far */
	const char *result;		/* of that status: "loaded", "failed" ... */
	char *sentence;			/* of that status; NULL: none needed */
	int error;			/* its errno, positive; 0 none */
	enum why_late late;		/* how the last call into the kernel went, by --timeout */
};

/* How one module fared. */
struct act_result {
	const char *name;
	const char *result;		/* "loaded", "unloaded", "already", "planned", "failed" */
	enum status status;
	int error;			/* positive errno, 0 none */
	char *sentence;			/* why it failed, or a remark; taken over; may be NULL */
};

/* From here on the log is kept. */
void act_begin(struct act *act, struct cli *cli);
/* A call into the kernel is about to be made: what came before is no reason for how it ends. */
void act_mark(struct act *act);
/* Takes what the kernel wrote, waiting a moment for it. */
void act_listen(struct act *act);
/* The sentence and status of a failure; fills in log and policy. */
char *act_why(struct act *act, const char *name, struct why_case *why, enum status *status);
/* Shows @plan, or keeps it for the JSON. */
void act_plan(struct act *act, const struct plan *plan);
void act_result(struct act *act, struct act_result *result);
/* The same; the remark is about these parameters, which a module did not get back.  NULL: about none. */
void act_result_lost(struct act *act, struct act_result *result, const struct strv *lost);
/* Text: the log lines.  JSON: the whole report, "plan" and "results" under their names.  Returns the highest status. */
enum status act_end(struct act *act);
/* The records as a JSON array. */
struct json_object *act_log_json(const struct act *act);

#endif
