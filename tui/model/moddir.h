/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the module directory of a kernel is there and can be searched. */
#ifndef KMT_MODEL_MODDIR_H
#define KMT_MODEL_MODDIR_H

#include <stdbool.h>

#include "base/strv.h"

enum moddir_state {
	MODDIR_UNKNOWN,		/* no kernel is known, or it has no loadable modules */
	MODDIR_WHOLE,
	MODDIR_GONE,		/* there is no such directory */
	MODDIR_EMPTY,		/* there is one, without modules and without an index */
	MODDIR_HALF,		/* an index that modprobe looks names up in is missing */
};

struct moddir {
	enum moddir_state state;
	char *kernel;		/* release */
	char *missing;		/* the file's name; with MODDIR_HALF only */
	struct strv kernels;	/* others whose directory is there and has an index; only when this one is gone or empty */
};

void moddir_release(struct moddir *moddir);
bool moddir_is_bad(const struct moddir *moddir);
/* What is missing and what to do, translated, in a new string; NULL: nothing is. */
char *moddir_sentence(const struct moddir *moddir);

#endif
