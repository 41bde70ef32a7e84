/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One trial of a module in the throwaway machine: from the file to the verdict. */
#ifndef KMT_CLI_TRIAL_H
#define KMT_CLI_TRIAL_H

#include <stdbool.h>

#include "cli/facts.h"
#include "cli/lab.h"
#include "model/verdict.h"
#include "model/why.h"

struct cli;

/* Modules that the one on trial needs, a row each. */
struct trial_with {
	struct strv files, names, depends;	/* absolute path; normalised; as modinfo's field, "" none */
};

struct trial {
	struct cli *cli;
	struct facts facts;
	const char *given;		/* the file, as it was given */
	char *file;			/* the same as an absolute path without links */
	char *built;			/* what --source made of it for the debug kernel; NULL: as it is */
	struct trial_with with;		/* to be loaded first */
	char **params;			/* "name=value", n_params of them; of the caller */
	int n_params;
	unsigned cycles;
	bool debug;
	const char *source;		/* to build it from, for the debug kernel; NULL: as it is */
	char *self, *lab;		/* programs */
	char *dir;			/* ours for the time of the trial */
	char *kernel;			/* to run */
	char *remark;			/* why that kernel, if there is something to say; NULL none */
	struct verdict verdict;
};

/* Each one: STATUS_DONE, or another one after a line on stderr. */
/* The kernel it is for, and that it is in the lab's cache. */
enum status trial_choose_kernel(struct trial *trial);
/* With --source: builds it for the debug kernel, which trial->file is then for. */
enum status trial_build(struct trial *trial);
/* Files of the trial's directory: the log as the kernel's console said it, and as the guest read it at its end. */
#define TRIAL_CONSOLE "console"
#define TRIAL_SAVED "saved"
/* Judges the log; the guest's own counts when the console stood still before the end. */
void trial_read_log(struct trial *trial);
/* The files of --with. */
enum status trial_with_given(struct trial *trial);
/* What they and the module depend on and has its file beside them; what was given comes first. */
enum status trial_with_beside(struct trial *trial);
/* Adds to the lab's arguments that they are to be there, and loaded first.  0 or -errno. */
int trial_with_arguments(const struct trial *trial, struct strv *arguments);
void trial_with_release(struct trial_with *with);
/* Boots, tries, judges. */
enum status trial_run(struct trial *trial);

#endif
