/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A command by another program's leave: sudo, doas or pkexec run this same program for one command.
 * The console itself never gets more than it was started with.
 */
#ifndef KMT_APP_ELEVATE_H
#define KMT_APP_ELEVATE_H

#include <stdbool.h>

struct root;
struct strv;

struct elevate {
	char *path;			/* of the program that elevates; NULL: none */
	const char *name;		/* its last part */
	char *program;			/* ours, as root finds it */
	char *obstacle;			/* why there is none although one was wanted: a sentence, or NULL */
};

/*
 * @wanted: NULL or "auto": the first of sudo, doas and pkexec that is installed; "none"; a name, or an
 * absolute path, which is taken as it is.
 */
void elevate_find(struct elevate *elevate, const struct root *root, const char *wanted);
void elevate_release(struct elevate *elevate);
/*
 * The arguments that run @command.  @batch: there is no terminal to ask on.  False: then it can not be done.
 */
bool elevate_arguments(const struct elevate *elevate, bool batch, const struct strv *command,
		       struct strv *arguments);
/* What one would type, "sudo modprobe loop" for "modprobe loop", in a new string. */
char *elevate_equivalent(const struct elevate *elevate, const char *command);

#endif
