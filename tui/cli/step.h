/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One step of a plan: a module loaded or unloaded, looked at afterwards, reported and recorded. */
#ifndef KMT_CLI_STEP_H
#define KMT_CLI_STEP_H

#include <stdbool.h>

#include "model/why.h"

struct act;
struct kmod_lib;
struct plan;
struct root;
struct strv;

struct step {
	struct kmod_lib *lib;
	const char *name;		/* of the module */
	const char *what;		/* name or file to load */
	const char *options;		/* of a load, as the kernel reads them; may be NULL */
	const char *vermagic;		/* of the module; NULL unknown */
};

/*
 * A load that may be tried again: 0, with *status, or what the call answered, which is not reported yet.
 * *failed is the module that failed if it is another one; the caller frees.
 */
int step_try_load(struct act *act, const struct step *step, enum status *status, char **failed);
/* Reports that. */
enum status step_load_failed(struct act *act, const struct step *step, int err, const char *failed);
/* STATUS_DONE also when it is there, or gone, already. */
enum status step_load(struct act *act, const struct step *step);
enum status step_unload(struct act *act, const struct step *step);
/* One write of a parameter: 0 or -errno; act->late tells whether it came back. */
int step_write(struct act *act, const char *module, const char *param, const char *value);
/* A line of the report; @sentence is taken over, NULL: none.  Returns @status. */
enum status step_report(struct act *act, const char *name, const char *result, enum status status,
			char *sentence);
/*
 * The parameters a live module has now as options for a load, "a=1 b=2", but for those @without ("name", or
 * "name=value"; NULL: all).  What can not be read, or not be given, is left out; @silent (may be NULL) gets the names of those
 * that did not come within FACTS_WAIT_MS.  The caller frees.
 */
char *step_live_options(const struct root *root, const char *name, const struct strv *without,
			struct strv *silent);
/* Adds "name=value" to options, between quotes if it has blanks. */
char *step_spell(const char *name, const char *value);

#endif
