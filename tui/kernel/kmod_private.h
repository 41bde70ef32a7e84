/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kmod_*.c files share.  Nobody else includes this. */
#ifndef KMT_KERNEL_KMOD_PRIVATE_H
#define KMT_KERNEL_KMOD_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "kernel/kmod_file.h"
#include "model/plan.h"

struct info;
struct kmod_ctx;
struct kmod_module;
struct kmod_remote;
struct modlist;
struct root;
struct strv;

struct kmod_lib {
	struct kmod_ctx *ctx;	/* NULL: remote asks a child with limits that has one */
	const struct root *root;
	struct kmod_remote *remote;
	bool contained;		/* this is such a child */
	bool own_names;		/* kmod_lib_take_names() */
	struct kmod_files files;
	struct buf log;		/* what libkmod complained of */
	struct buf told;	/* what kmod_lib_complaint() last returned */
};

/*
 * libkmod on directory @module_dir and the configuration below @config, in this process.  -ENOMEM.
 * @lib is zeroed but for what the caller knows better.
 */
int kmod_lib_begin(struct kmod_lib *lib, const char *module_dir, const char *const *config);
void kmod_lib_end(struct kmod_lib *lib);
/* The directories of the configuration, as paths of the host. */
void kmod_lib_config_paths(const struct root *root, struct strv *paths);
/* @what is to be opened as a file: it has a '/', or it is a regular file ending .ko[.gz|.xz|.zst]. */
bool kmod_lib_is_path(const char *what);
/* The modules a name, alias or file stands for: each entry a reference of ours. */
struct kmod_found {
	struct kmod_module **v;
	size_t n, size;
};

#define KMOD_FOUND_INIT { NULL, 0, 0 }

/* @module is taken over. */
void kmod_lib_found_push(struct kmod_found *found, struct kmod_module *module);
void kmod_lib_found_release(struct kmod_found *found);
/* By name or alias, as modprobe looks it up; blacklisted ones too.  -ENOENT: none. */
int kmod_lib_find(struct kmod_lib *lib, const char *what, struct kmod_found *found);
/* The module of that very name, whatever aliases modprobe.d has for it; there need not be one. */
int kmod_lib_find_itself(struct kmod_lib *lib, const char *name, struct kmod_found *found);

/*
 * The module on disk or built in that has this very name ('-' is '_'), with a reference of the caller's.  -ENOENT: there is
 * none, however many lines of modprobe.d speak of it; -errno.
 */
int kmod_named_find(struct kmod_lib *lib, const char *name, struct kmod_module **out);
/* libkmod makes a module of any word that an alias or an install line has: is this one on disk or built in? */
bool kmod_named_is_module(const struct kmod_module *module);

/* The names of the modules a name or alias stands for; as kmod_lib_find(). */
int kmod_lib_names(struct kmod_lib *lib, const char *what, struct strv *names);

/* The fields of @module, read in this process if it may be. */
int kmod_info_fill(struct kmod_lib *lib, struct kmod_module *module, struct info *info);

/* One step of a load, with the module it is about. */
struct kmod_step {
	char *name, *path;		/* path NULL: built in, given as a file, or no module at all */
	enum plan_verb verb;
	char *detail;			/* options, or the install line */
	bool soft;			/* a soft dependency: its failure stops nothing */
	bool target;			/* what was asked for, not what it needs */
	const struct kmod_file *file;	/* what to load if it was given as one; @lib has it */
};

struct kmod_steps {
	struct kmod_step *v;
	size_t n, size;
};

#define KMOD_STEPS_INIT { NULL, 0, 0 }

/* A question to kmod_probe_module(). */
struct kmod_question {
	unsigned int flags;		/* KMOD_PROBE_APPLY_BLACKLIST ..., beside those of a dry run */
	bool soft, target;		/* the steps are of a soft dependency; its own one is the target's */
	const char *options;		/* of its own step; NULL: none */
	const struct modlist *live;	/* NULL: none is */
	struct kmod_steps *steps;	/* the answer is added here; each module has one step */
};

/* The steps modprobe would take about @module.  0; -EPERM: none, for it is blacklisted; -errno. */
int kmod_probe_module(const struct kmod_question *probe, struct kmod_module *module);

/* A new one at the end, zeroed. */
struct kmod_step *kmod_deps_push(struct kmod_steps *steps);
void kmod_deps_release(struct kmod_steps *steps);
/* Everything loading @what takes, in order; see kmod_deps_plan_load(). */
int kmod_deps_walk(struct kmod_lib *lib, const char *what, const char *options,
		   const struct modlist *live, struct kmod_steps *steps);

/* What is to be loaded. */
struct kmod_wanted {
	const char *what;		/* name or alias; of a file the module's name */
	const char *depends;		/* of a file what it says it needs, "a,b"; else NULL */
	const char *options;		/* NULL: none */
	const struct modlist *live;
	bool itself;			/* the module of that name, whether there is one or not */
	bool own;			/* the module of that very name, if there is one, comes before an alias */
};

/* The same of a name, or of a file that was read already. */
int kmod_deps_walk_wanted(struct kmod_lib *lib, const struct kmod_wanted *wanted, struct kmod_steps *steps);

#endif
