/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_tree.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kmod_deps.h"
#include "kernel/kmod_lib.h"
#include "kernel/kmod_private.h"
#include "kernel/modindex.h"
#include "kernel/modneeds.h"
#include "kernel/modprobed.h"
#include "kernel/root.h"
#include "model/deptree.h"
#include "model/module.h"

struct reader {
	struct kmod_lib *lib;
	const struct modprobed *conf;
	const struct modtable *table;
	struct deptree *tree;
};

static int read_index(const struct root *root, struct deptree *tree)
{
	struct buf text = BUF_INIT;
	int err;

	if (!root->module_dir)
		return 0;
	err = modindex_read_dep(root, &text);
	modneeds_parse(buf_str(&text), text.len, tree);
	buf_release(&text);
	return err == -ENOENT ? 0 : err;
}

static void add_live(const struct modtable *table, struct deptree *tree)
{
	const struct module *module;
	size_t i, j;

	for (i = 0; i < table->n; i++) {
		module = table->rows[i];
		for (j = 0; module->loaded && j < module->users.n; j++)
			deptree_add(tree, module->users.v[j], module->name, DEPTREE_HARD);
	}
}

/* A soft or weak need is often an alias that several modules serve, and then all of them are meant. */
static void add_word(struct reader *reader, const char *user, const char *word)
{
	struct strv names = STRV_INIT;
	size_t i;

	if (kmod_lib_names(reader->lib, word, &names) && util_name_valid(word))
		strv_push(&names, word);
	for (i = 0; i < names.n; i++)
		deptree_add(reader->tree, user, names.v[i], DEPTREE_WEAK);
	strv_release(&names);
}

/* Only newer ones of libkmod know weak dependencies, so they are read here. */
static void add_weak(struct reader *reader, const char *user, const struct modprobed_line *line)
{
	const char *pos = line->rest, *end = pos + strlen(pos), *token;
	size_t len;
	char *word;

	while (parse_token(&pos, end, " \t", &token, &len)) {
		word = xstrndup(token, len);
		add_word(reader, user, word);
		free(word);
	}
}

/* "pre: a b post: c"; modprobe does not look at what stands before either word. */
static void push_words(const struct reader *reader, const struct modprobed_line *line, struct strv *names)
{
	const char *pos = line->rest, *end = pos + strlen(pos), *token;
	bool counts = false;
	size_t len;
	char *word;

	while (parse_token(&pos, end, " \t", &token, &len)) {
		word = xstrndup(token, len);
		if (!strcmp(word, "pre:") || !strcmp(word, "post:"))
			counts = true;
		else if (counts && util_name_valid(word) && modtable_find(reader->table, word))
			strv_push(names, word);
		free(word);
	}
}

/*
 * Which of several lines counts, and what an alias in one stands for, is libkmod's to say; without depmod's binary index
 * it finds no module, and then the names in the line have to do.
 */
static void add_soft(struct reader *reader, const char *user, const struct modprobed_line *line)
{
	struct strv names = STRV_INIT;
	size_t i;

	if (kmod_deps_soft(reader->lib, user, &names))
		push_words(reader, line, &names);
	for (i = 0; i < names.n; i++)
		deptree_add(reader->tree, user, names.v[i], DEPTREE_SOFT);
	strv_release(&names);
}

/* Of several weak lines that fit a module the first one counts; one question for all soft ones will do. */
static bool is_first(const struct modprobed *conf, const struct modprobed_line *line, const char *name)
{
	size_t i;

	for (i = 0; i < conf->n; i++)
		if (conf->v[i].kind == line->kind && !fnmatch(conf->v[i].name, name, 0))
			return &conf->v[i] == line;
	return false;
}

static void add_line_of(struct reader *reader, const struct modprobed_line *line, const char *name)
{
	if (!is_first(reader->conf, line, name))
		return;
	if (line->kind == MODPROBED_SOFTDEP)
		add_soft(reader, name, line);
	else
		add_weak(reader, name, line);
}

static void add_line(struct reader *reader, const struct modprobed_line *line)
{
	const char *name;
	size_t i;

	if (util_name_valid(line->name)) {
		add_line_of(reader, line, line->name);
		return;
	}
	for (i = 0; i < reader->table->n; i++) {
		name = reader->table->rows[i]->name;
		if (!fnmatch(line->name, name, 0))
			add_line_of(reader, line, name);
	}
}

int kmod_tree_read(struct kmod_lib *lib, const struct modprobed *conf, const struct modtable *table,
		   struct deptree *tree)
{
	struct reader reader = { lib, conf, table, tree };
	size_t i;
	int err;

	err = read_index(lib->root, tree);
	add_live(table, tree);
	for (i = 0; i < conf->n; i++)
		if (conf->v[i].kind == MODPROBED_SOFTDEP || conf->v[i].kind == MODPROBED_WEAKDEP)
			add_line(&reader, &conf->v[i]);
	deptree_finish(tree);
	return err;
}
