/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A library to preload: libkmod as it is, or as it may become.  KMT_KMOD_KIND says which:
 *
 *	first	(also when it is not set) the first softdep line of a module counts, and a module with soft
 *		dependencies has its install line ignored: kmod 30 to 34
 *	merged	all softdep lines of a module count together; the rest is as it is
 *	install	the install line of a module with soft dependencies is run
 *	again	as first, but by the walk of this file: a test of it
 *	without	there are no soft dependencies: a fault, to see what finds it
 *
 * Only what would be done is changed (KMOD_PROBE_DRY_RUN), never what is done.  The walk is that of libkmod's
 * kmod_module_probe_insert_module(), which cannot be changed from outside.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fnmatch.h>
#include <libkmod.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MODULES_MAX 1024

typedef int softdeps_fn(const struct kmod_module *mod, struct kmod_list **pre, struct kmod_list **post);
typedef void print_fn(struct kmod_module *m, bool install, const char *options);
typedef int run_fn(struct kmod_module *m, const char *cmd, void *data);
typedef int probe_fn(struct kmod_module *mod, unsigned int flags, const char *extra, run_fn *run, const void *data,
		     print_fn *print);
typedef struct kmod_ctx *new_fn(const char *dirname, const char *const *config_paths);

/* The last one made: a module does not tell its own. */
static struct kmod_ctx *last_ctx;

/* One load: the modules in order; each holds a reference. */
struct walk {
	struct {
		struct kmod_module *module;
		bool ignore_install;
	} v[MODULES_MAX];
	size_t n;
	char *seen[MODULES_MAX];
	size_t n_seen;
};

static bool is_kind(const char *kind)
{
	const char *set = getenv("KMT_KMOD_KIND");

	return !strcmp(set && *set ? set : "first", kind);
}

struct kmod_ctx *kmod_new(const char *dirname, const char *const *config_paths)
{
	new_fn *next = (new_fn *)dlsym(RTLD_NEXT, "kmod_new");

	last_ctx = next(dirname, config_paths);
	return last_ctx;
}

/* The start of libkmod's struct kmod_list, a ring; libkmod offers no way to join two of them. */
struct node {
	struct node *next, *prev;
};

/* @more goes behind @list. */
static void join(struct kmod_list **list, struct kmod_list *more)
{
	struct node *first = (struct node *)*list, *second = (struct node *)more, *last, *end;

	if (!first || !second) {
		*list = first ? *list : more;
		return;
	}
	last = first->prev;
	end = second->prev;
	last->next = second;
	second->prev = last;
	end->next = first;
	first->prev = end;
}

static void add_module(const char *name, struct kmod_list **to)
{
	struct kmod_list *found = NULL;

	if (!kmod_module_new_from_lookup(last_ctx, name, &found))
		join(to, found);
}

/* Adds the modules of "pre: a b post: c". */
static void add_softdeps(const char *text, struct kmod_list **pre, struct kmod_list **post)
{
	char *copy = strdup(text), *save, *word;
	struct kmod_list **to = NULL;

	for (word = copy ? strtok_r(copy, " ", &save) : NULL; word; word = strtok_r(NULL, " ", &save)) {
		if (!strcmp(word, "pre:"))
			to = pre;
		else if (!strcmp(word, "post:"))
			to = post;
		else if (to)
			add_module(word, to);
	}
	free(copy);
}

static void merge_softdeps(const char *name, struct kmod_list **pre, struct kmod_list **post)
{
	struct kmod_config_iter *iter = kmod_config_get_softdeps(last_ctx);

	while (iter && kmod_config_iter_next(iter))
		if (!fnmatch(kmod_config_iter_get_key(iter), name, 0))
			add_softdeps(kmod_config_iter_get_value(iter), pre, post);
	kmod_config_iter_free_iter(iter);
}

int kmod_module_get_softdeps(const struct kmod_module *mod, struct kmod_list **pre, struct kmod_list **post)
{
	softdeps_fn *next = (softdeps_fn *)dlsym(RTLD_NEXT, "kmod_module_get_softdeps");

	if (!mod || !last_ctx || !(is_kind("merged") || is_kind("without")))
		return next(mod, pre, post);
	*pre = *post = NULL;
	if (is_kind("merged"))
		merge_softdeps(kmod_module_get_name(mod), pre, post);
	return 0;
}

static bool first_visit(struct walk *walk, struct kmod_module *mod)
{
	const char *name = kmod_module_get_name(mod);
	size_t i;

	for (i = 0; i < walk->n_seen; i++)
		if (!strcmp(walk->seen[i], name))
			return false;
	if (walk->n_seen == MODULES_MAX)
		return false;
	walk->seen[walk->n_seen++] = strdup(name);
	return true;
}

/* libkmod lets a module be in its list twice, too: the second time finds it loaded, or in a dry run does not. */
static void push(struct walk *walk, struct kmod_module *mod, bool ignore_install)
{
	if (walk->n == MODULES_MAX)
		return;
	walk->v[walk->n].module = kmod_module_ref(mod);
	walk->v[walk->n++].ignore_install = ignore_install && !is_kind("install");
}

static void visit(struct walk *walk, struct kmod_module *mod, bool ignore_command);

static void visit_list(struct walk *walk, struct kmod_list *list)
{
	struct kmod_list *entry;
	struct kmod_module *mod;

	kmod_list_foreach(entry, list) {
		mod = kmod_module_get_module(entry);
		visit(walk, mod, false);
		kmod_module_unref(mod);
	}
}

static void with_softdeps(struct walk *walk, struct kmod_module *mod)
{
	struct kmod_list *pre = NULL, *post = NULL;

	kmod_module_get_softdeps(mod, &pre, &post);
	visit_list(walk, pre);
	push(walk, mod, pre || post);
	visit_list(walk, post);
	kmod_module_unref_list(pre);
	kmod_module_unref_list(post);
}

static void visit(struct walk *walk, struct kmod_module *mod, bool ignore_command)
{
	struct kmod_list *needed, *entry;
	struct kmod_module *each;

	if (!first_visit(walk, mod))
		return;
	needed = kmod_module_get_dependencies(mod);
	kmod_list_foreach(entry, needed) {
		each = kmod_module_get_module(entry);
		with_softdeps(walk, each);
		kmod_module_unref(each);
	}
	kmod_module_unref_list(needed);
	if (ignore_command)
		push(walk, mod, true);
	else
		with_softdeps(walk, mod);
}

static bool is_there(const struct kmod_module *mod)
{
	int state = kmod_module_get_initstate(mod);

	return state == KMOD_MODULE_LIVE || state == KMOD_MODULE_BUILTIN;
}

/* The options of modprobe.d, then @extra. */
static char *options_of(const struct kmod_module *mod, const char *extra)
{
	const char *own = kmod_module_get_options(mod);
	char *all;

	if (asprintf(&all, "%s%s%s", own ? own : "", own && extra ? " " : "", extra ? extra : "") < 0)
		abort();
	return all;
}

static void print_walk(struct walk *walk, const struct kmod_module *target, unsigned int flags, const char *extra,
		       print_fn *print)
{
	bool install;
	char *options;
	size_t i;

	for (i = 0; i < walk->n; i++) {
		if (!(flags & KMOD_PROBE_IGNORE_LOADED) && is_there(walk->v[i].module))
			continue;
		install = kmod_module_get_install_commands(walk->v[i].module) && !walk->v[i].ignore_install;
		options = options_of(walk->v[i].module, walk->v[i].module == target ? extra : NULL);
		if (print)
			print(walk->v[i].module, install, options);
		free(options);
	}
}

static void walk_release(struct walk *walk)
{
	size_t i;

	for (i = 0; i < walk->n; i++)
		kmod_module_unref(walk->v[i].module);
	for (i = 0; i < walk->n_seen; i++)
		free(walk->seen[i]);
	free(walk);
}

int kmod_module_probe_insert_module(struct kmod_module *mod, unsigned int flags, const char *extra, run_fn *run,
				    const void *data, print_fn *print)
{
	probe_fn *next = (probe_fn *)dlsym(RTLD_NEXT, "kmod_module_probe_insert_module");
	struct walk *walk;
	int err;

	if (!mod || !(flags & KMOD_PROBE_DRY_RUN) || is_kind("first"))
		return next(mod, flags, extra, run, data, print);
	/* What the real one says before it walks: loaded already, or blacklisted. */
	err = next(mod, flags, extra, run, data, NULL);
	if (err || (!(flags & KMOD_PROBE_IGNORE_LOADED) && is_there(mod)))
		return err;
	walk = calloc(1, sizeof(*walk));
	if (!walk)
		return -ENOMEM;
	visit(walk, mod, flags & KMOD_PROBE_IGNORE_COMMAND);
	print_walk(walk, mod, flags, extra, print);
	walk_release(walk);
	return 0;
}
