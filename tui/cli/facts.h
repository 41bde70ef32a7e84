/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Everything known of one module, from its file, the kernel and the configuration. */
#ifndef KMT_CLI_FACTS_H
#define KMT_CLI_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "kernel/modprobed.h"
#include "model/info.h"
#include "model/module.h"
#include "model/param.h"
#include "model/why.h"

struct holding;
struct kmod_lib;
struct root;

struct facts {
	char *name;			/* the kernel's, normalised */
	char *file_name;		/* modprobe's, which modprobe.d goes by: of a renamed file another one */
	struct kmod_lib *lib;		/* NULL: libkmod did not start */
	struct info *infos;		/* one; several for an alias */
	size_t n_infos;
	int info_error;			/* why there are none: -ENOENT ...; 0 */
	struct modlist live;
	int live_error;			/* why /proc/modules could not be read; 0 */
	const struct module *module;	/* its row in live, or NULL */
	bool builtin;
	struct paramlist params;
	bool silent;			/* some values did not come within FACTS_WAIT_MS */
	struct modprobed conf;
};

#define FACTS_WAIT_MS 2000
#define FACTS_INIT { .module = NULL }

/*
 * @what: file or name; an alias only when there is no module of that name, loaded, on disk or built in.  STATUS_DONE; else
 * *sentence (translated, the caller frees) says why nothing is known of it.  Release in both cases.
 */
enum status facts_read(struct facts *facts, const struct root *root, const char *what,
		       char **sentence);
/* The same of what modprobe would load for @what: an alias of modprobe.d comes first. */
enum status facts_probe(struct facts *facts, const struct root *root, const char *what, char **sentence);
void facts_release(struct facts *facts);

/*
 * It has no row among the live modules: STATUS_DONE if that means that it is not loaded; else *sentence says why this is not
 * known.
 */
enum status facts_not_loaded(const struct facts *facts, const struct root *root, char **sentence);
/* Whether a load of @name by @lib brings the module that the kernel knows by @name. */
bool facts_comes_back(struct kmod_lib *lib, const char *name);

/* What kmod_info_read() failing with @err means; *sentence as above. */
enum status facts_info_failure(int err, char **sentence);

/* Who holds @module, the types of file systems it says it serves included. */
void facts_holders(const struct root *root, const struct module *module, struct holding *holding);

/* The row called @name, or NULL. */
const struct module *facts_find_live(const struct modlist *live, const char *name);
/* The names of all parameters, joined by ", "; the caller frees. */
char *facts_param_names(const struct facts *facts);
/*
 * Splits "PARAM=VALUE" of @word: *param, or NULL when the module has none of that name, and
 * *value within @word.  STATUS_DONE, or STATUS_USAGE with *sentence.
 */
enum status facts_split(struct facts *facts, const char *word, struct param **param,
			const char **value, char **sentence);

#endif
