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

/* A soft need is often an alias that several modules serve, and modprobe loads all of them. */
static void add_word(struct reader *reader, const char *user, const char *word, enum deptree_kind kind)
{
	struct strv names = STRV_INIT;
	size_t i;

	if (!util_name_valid(word))
		return;
	if (modtable_find(reader->table, word) || kmod_lib_names(reader->lib, word, false, &names))
		deptree_add(reader->tree, user, word, kind);
	else
		for (i = 0; i < names.n; i++)
			deptree_add(reader->tree, user, names.v[i], kind);
	strv_release(&names);
}

/* "pre: a b post: c"; modprobe does not look at what stands before either word. */
static void add_words(struct reader *reader, const char *user, const struct modprobed_line *line)
{
	const char *pos = line->rest, *end = pos + strlen(pos), *token;
	bool soft = line->kind == MODPROBED_SOFTDEP, counts = !soft;
	size_t len;
	char *word;

	while (parse_token(&pos, end, " \t", &token, &len)) {
		word = xstrndup(token, len);
		if (soft && (!strcmp(word, "pre:") || !strcmp(word, "post:")))
			counts = true;
		else if (counts)
			add_word(reader, user, word, soft ? DEPTREE_SOFT : DEPTREE_WEAK);
		free(word);
	}
}

/* Of several lines of one kind that fit a module modprobe takes the first. */
static bool is_first(const struct modprobed *conf, const struct modprobed_line *line, const char *name)
{
	size_t i;

	for (i = 0; i < conf->n; i++)
		if (conf->v[i].kind == line->kind && !fnmatch(conf->v[i].name, name, 0))
			return &conf->v[i] == line;
	return false;
}

static void add_line(struct reader *reader, const struct modprobed_line *line)
{
	const char *name;
	size_t i;

	if (util_name_valid(line->name)) {
		if (is_first(reader->conf, line, line->name))
			add_words(reader, line->name, line);
		return;
	}
	for (i = 0; i < reader->table->n; i++) {
		name = reader->table->rows[i]->name;
		if (!fnmatch(line->name, name, 0) && is_first(reader->conf, line, name))
			add_words(reader, name, line);
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
