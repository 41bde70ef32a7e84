/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a command changed, for the journal and for undo.  Commands that change tell each change as it
 * happened; secrets are masked here.  Every call does nothing when @cli has no record: below a
 * --root, in a dry run.
 */
#ifndef KMT_CLI_RECORD_H
#define KMT_CLI_RECORD_H

#include <stdbool.h>

#include "model/why.h"

struct cli;
struct command;
struct json_object;
struct strv;

struct record {
	struct json_object *params, *files, *did;
	int guard;			/* where each change is told as it happens, unmasked; -1: nowhere */
	int seconds;			/* until the guard rolls back; 0: there is none */
	long long undoes;		/* the id of the action that was taken back; 0 none */
};

/* Begins one if @command is to be kept. */
void record_begin(struct record *record, struct cli *cli, const struct command *command);
/* A parameter of a live module; @old and @new may be NULL: not known. */
void record_param(struct cli *cli, const char *module, const char *const names[3]);
/* Lines of a file of ours: those that went, those that came. */
void record_file(struct cli *cli, const char *path, const struct strv *old, const struct strv *new);
/* A module was loaded, or unloaded; @options: what it was given, or would need to be as it was; NULL none. */
void record_step(struct cli *cli, bool load, const char *name, const char *options);
/* The same with what a module needs to be there again as it was. */
struct record_change {
	bool load;
	const char *name, *options;	/* as above */
	const char *instance;		/* sysmod_instance(); NULL: not known */
	const char *file;		/* it came from that file; NULL: by name */
	const char *build;		/* sysmod_build(); NULL: it has none */
	const struct strv *lost;	/* parameters whose value is not known; may be NULL */
};

void record_change(struct cli *cli, const struct record_change *change);
/* Forgets it: the command did not begin. */
void record_drop(struct cli *cli);
/* Something was changed. */
bool record_has_changes(const struct record *record);
/* Tells the guard that no change will follow, and lets go of it. */
void record_over(struct record *record);
/* Writes it; a journal that can not be written is a warning. */
void record_end(struct cli *cli, const struct command *command, char **words, int n,
		enum status status);

#endif
