/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which module needs which, and the trees that can be walked from one: what it needs, or who
 * needs it.  Pure.
 *
 * Add all pairs, then deptree_finish() once, then walk.
 */
#ifndef KMT_MODEL_DEPTREE_H
#define KMT_MODEL_DEPTREE_H

#include <stdbool.h>
#include <stddef.h>

enum deptree_kind {
	DEPTREE_HARD,		/* can not be loaded without it */
	DEPTREE_SOFT,		/* loaded with it, where it is there (softdep) */
	DEPTREE_WEAK,		/* may ask for it later (weakdep) */
	DEPTREE_KINDS
};

struct deptree_link {
	size_t node;
	enum deptree_kind kind;
	bool implied;		/* only while deptree_finish() runs */
};

struct deptree_links {
	struct deptree_link *v;
	size_t n, size;
};

struct deptree_node {
	char *name;		/* normalised */
	struct deptree_links needs, users;
};

struct deptree {
	struct deptree_node *v;
	size_t n, size;
	size_t *slots;		/* hash of names: index + 1, 0 free */
	size_t n_slots;		/* a power of two */
};

#define DEPTREE_INIT { NULL, 0, 0, NULL, 0 }
/* A chain that is longer than this is no work of depmod's; it is cut. */
#define DEPTREE_DEPTH_MAX 64

void deptree_release(struct deptree *tree);
/* @user needs @need.  Of several kinds for one pair the strongest counts; nobody needs itself. */
void deptree_add(struct deptree *tree, const char *user, const char *need, enum deptree_kind kind);
/*
 * Drops every hard need that another need of the same module has already (modules.dep lists all
 * of them, however far away), sorts, and fills in the users.
 */
void deptree_finish(struct deptree *tree);
/* "hard", "soft", "weak"; data, not translated. */
const char *deptree_kind_name(enum deptree_kind kind);

/* One line of a walk. */
struct deptree_row {
	const char *name;	/* the tree's */
	enum deptree_kind kind;
	unsigned depth;		/* 0: directly below the module asked for */
	bool repeated;		/* what is below it stands elsewhere in the walk, or is cut */
	char *guides;		/* the lines that lead to it, as they are printed */
};

struct deptree_rows {
	struct deptree_row *v;
	size_t n, size;
};

#define DEPTREE_ROWS_INIT { NULL, 0, 0 }

void deptree_rows_release(struct deptree_rows *rows);
/*
 * Everything below @name, depth first: what it needs, or with @users who needs it.  Below each
 * module is told once, so circles end.  Adds to @rows, which end with @tree; a name the tree does not have
 * has nothing below it.
 */
void deptree_walk(const struct deptree *tree, const char *name, bool users, struct deptree_rows *rows);

#endif
