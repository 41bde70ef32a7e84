/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One step of a plan: a module loaded or unloaded, looked at afterwards, reported and recorded. */
#ifndef KMT_CLI_STEP_H
#define KMT_CLI_STEP_H

#include <stdbool.h>
#include <stddef.h>

#include "model/why.h"

struct act;
struct kmod_lib;
struct plan;
struct strv;

struct step {
	struct kmod_lib *lib;
	const char *name;		/* of the module */
	const char *what;		/* name or file to load */
	const char *options;		/* of a load, as the kernel reads them; may be NULL */
	const char *vermagic;		/* of the module; NULL unknown */
	/* Of a load that brings a module back: */
	bool carried;			/* options are what it had; what the kernel does not take of them is left out */
	const struct strv *given;	/* but for these "name=value", which somebody asked for; may be NULL */
	const struct strv *lost;	/* parameters whose value is not known: told; may be NULL */
	const char *build;		/* the build that was there: another one is told; NULL: not known */
};

/* STATUS_DONE also when it is there, or gone, already. */
enum status step_load(struct act *act, const struct step *step);
enum status step_unload(struct act *act, const struct step *step);
/* One write of a parameter: 0 or -errno; act->late tells whether it came back. */
int step_write(struct act *act, const char *module, const char *param, const char *value);
/* A line of the report; @sentence is taken over, NULL: none.  Returns @status. */
enum status step_report(struct act *act, const char *name, const char *result, enum status status,
			char *sentence);
/* Adds "name=value" to options, between quotes if it has blanks. */
char *step_spell(const char *name, const char *value);
/* Bytes of the first word of @options: up to a blank that is not between quotes. */
size_t step_word(const char *options);

#endif
