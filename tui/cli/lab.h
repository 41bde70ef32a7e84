/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The throwaway machine (tui/lab/lab) as a program to run: where it is, and what it says. */
#ifndef KMT_CLI_LAB_H
#define KMT_CLI_LAB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/strv.h"

struct root;

/*
 * @self: this program's file.  The lab is beside it in a build tree (tui/lab/lab), owned by whoever owns the
 * program or by root; else where it was installed.  A new string, or NULL: there is none.
 */
char *lab_find(const char *self);
/* This program's own file, in a new string; NULL: not known. */
char *lab_self(const struct root *root);

struct lab_run {
	struct strv arguments;		/* of the program, its path first */
	/* Called with each line of its standard output, without the end of the line; may be NULL. */
	void (*line)(void *data, const char *line, size_t len);
	void *data;
	bool *ended;			/* set by line(): it has said everything and gets a moment to end; may be NULL */
	bool show_errors;		/* its standard error is shown as it comes */
	struct buf errors;		/* its standard error, the first part of it */
};

/*
 * Its exit status; 128 and the signal when one ended it or us; -errno: it could not be started.  Ended by a
 * signal, this program ends it in turn, and waits until it has cleaned up.
 */
int lab_run(struct lab_run *run);
void lab_run_release(struct lab_run *run);
/* The last line of the errors, without the program's name, in a new string. */
char *lab_run_complaint(const struct lab_run *run);

#endif
