/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kmod_*.c files share.  Nobody else includes this. */
#ifndef KMT_KERNEL_KMOD_PRIVATE_H
#define KMT_KERNEL_KMOD_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "model/plan.h"

struct kmod_ctx;
struct kmod_module;
struct modlist;
struct root;

struct kmod_lib {
	struct kmod_ctx *ctx;
	const struct root *root;
	struct buf log;		/* what libkmod complained of */
	struct buf told;	/* what kmod_lib_complaint() last returned */
};

/* @what is to be opened as a file: it has a '/', or it is a regular file ending .ko[.gz|.xz|.zst]. */
bool kmod_lib_is_path(const char *what);
/* The modules a name, alias or file stands for: each entry a reference of ours. */
struct kmod_found {
	struct kmod_module **v;
	size_t n, size;
};

#define KMOD_FOUND_INIT { NULL, 0, 0 }

void kmod_lib_found_release(struct kmod_found *found);
/*
 * -ENOENT: none.  With @obey_blacklist an alias does not stand for blacklisted modules; a name
 * always stands for its module.
 */
int kmod_lib_find(struct kmod_lib *lib, const char *what, bool obey_blacklist,
		  struct kmod_found *found);

/* One step of a load, with the module it is about. */
struct kmod_step {
	struct kmod_module *module;
	enum plan_verb verb;
	char *detail;		/* options, or the install line */
	bool soft;		/* a soft dependency: its failure stops nothing */
	bool target;		/* what was asked for, not what it needs */
};

struct kmod_steps {
	struct kmod_step *v;
	size_t n, size;
};

#define KMOD_STEPS_INIT { NULL, 0, 0 }

void kmod_deps_release(struct kmod_steps *steps);
/* Everything loading @what takes, in order; see kmod_deps_plan_load(). */
int kmod_deps_walk(struct kmod_lib *lib, const char *what, const char *options,
		   const struct modlist *live, struct kmod_steps *steps);

#endif
