/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an action will do, in order. */
#ifndef KMT_MODEL_PLAN_H
#define KMT_MODEL_PLAN_H

#include <stdbool.h>
#include <stddef.h>

struct modlist;
struct strv;

enum plan_verb { PLAN_LOAD, PLAN_UNLOAD, PLAN_KEEP, PLAN_INSTALL_COMMAND, PLAN_MISSING };

struct plan_step {
	/* KEEP: already there, nothing to do; INSTALL_COMMAND: modprobe.d says run this; MISSING: no module has the name */
	enum plan_verb verb;
	char *name;		/* module */
	char *detail;		/* options of a load, or the command line of an install line; NULL: none */
	bool soft;		/* a soft dependency: its failure stops nothing */
};

struct plan {
	struct plan_step *v;
	size_t n, size;
};

#define PLAN_INIT { NULL, 0, 0 }

void plan_release(struct plan *plan);
void plan_push(struct plan *plan, enum plan_verb verb, const char *name, const char *detail);
/* The first step about @name ('-' is '_'), or NULL. */
const struct plan_step *plan_find(const struct plan *plan, const char *name);
/*
 * Adds the steps of @more about modules that @plan has nothing about yet.  When each of both plans has what a step
 * needs in front of it, so has the sum.
 */
void plan_merge(struct plan *plan, const struct plan *more);
/* Whether both have a step about the same module. */
bool plan_overlaps(const struct plan *a, const struct plan *b);
/*
 * Adds the names of the @live modules whose users @plan unloads one and all, and that nothing else holds, each behind
 * those that use it.
 */
void plan_unneeded(const struct plan *plan, const struct modlist *live, struct strv *names);
/* Adds the steps up again behind those down, the last first, that of @name with @options (NULL: none). */
void plan_return(struct plan *plan, const char *name, const char *options);
/* "load", "unload", "keep", "install"; data, not translated. */
const char *plan_verb_name(enum plan_verb verb);
/* The verb of that name: 0, -EINVAL. */
int plan_verb_parse(const char *name, enum plan_verb *out);

#endif
