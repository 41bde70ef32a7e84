/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui search: the modules that say what is looked for, on disk, built in and live. */
#include <errno.h>
#include <json.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/out.h"
#include "kernel/kmod_info.h"
#include "kernel/kmod_lib.h"
#include "kernel/kofile.h"
#include "kernel/modindex.h"
#include "kernel/procmods.h"
#include "model/info.h"
#include "model/match.h"
#include "model/module.h"

#define BUILTIN_MAX (64u << 20)

/* What is looked at.  When several fields match, the first of these is shown. */
static const char *const fields[] = {
	"name", "description", "parm", "firmware", "depends", "alias", "author",
};

struct hit {
	char *name, *value;
	const char *field;
};

/* The best line for one word: its place in fields[], which grows worse, and its text. */
struct best {
	size_t rank;
	const char *value;
};

struct search {
	const struct root *root;
	struct kmod_lib *lib;
	struct match *words;
	struct best *best;		/* of each word, in the module looked at */
	int n_words;
	struct hit *hits;
	size_t n, size;
	size_t unread;			/* files that could not be read */
	struct strv builtin;		/* built-in modules that were looked at */
};

static void hit_push(struct search *search, const char *name, const struct best *best)
{
	struct hit *last = search->n ? &search->hits[search->n - 1] : NULL;

	/* Two words that one line has. */
	if (last && !strcmp(last->name, name) && last->field == fields[best->rank] &&
	    !strcmp(last->value, best->value))
		return;
	if (search->n == search->size) {
		search->size = search->size ? 2 * search->size : 64;
		search->hits = xrealloc(search->hits, search->size, sizeof(*search->hits));
	}
	search->hits[search->n++] = (struct hit){ xstrdup(name), xstrdup(best->value), fields[best->rank] };
}

/* The place of the key of "key=value" in fields[]; their number: not looked at. */
static size_t rank_of(const char *string, const char **value)
{
	size_t i, len = strcspn(string, "=");

	*value = string + len + (string[len] == '=');
	for (i = 1; i < ARRAY_SIZE(fields); i++)
		if (!strncmp(fields[i], string, len) && !fields[i][len])
			break;
	return i;
}

/* @strings: "key=value" with a NUL each. */
static bool find_word(const struct match *word, const char *name, const struct buf *strings,
		      struct best *best)
{
	const char *pos = buf_str(strings), *end = pos + strings->len, *value;
	size_t rank;

	*best = (struct best){ ARRAY_SIZE(fields), NULL };
	if (match_text(word, name)) {
		*best = (struct best){ 0, name };
		return true;
	}
	for (; pos < end; pos += strlen(pos) + 1) {
		rank = rank_of(pos, &value);
		if (rank < best->rank && match_text(word, value))
			*best = (struct best){ rank, value };
	}
	return best->value;
}

/* All words have to be found, each somewhere. */
static void look_at(struct search *search, const char *name, const struct buf *strings)
{
	int i;

	for (i = 0; i < search->n_words; i++)
		if (!find_word(&search->words[i], name, strings, &search->best[i]))
			return;
	for (i = 0; i < search->n_words; i++)
		hit_push(search, name, &search->best[i]);
}

/* What is compressed is libkmod's work. */
static void read_with_libkmod(struct search *search, const char *name, struct buf *strings)
{
	struct info *infos = NULL;
	size_t n = 0, i, j;

	if (kmod_info_read(search->lib, name, &infos, &n)) {
		search->unread++;
		return;
	}
	for (i = 0; i < n; i++) {
		for (j = 0; j < infos[i].n; j++) {
			buf_printf(strings, "%s=%s", infos[i].fields[j].key, infos[i].fields[j].value);
			buf_addch(strings, '\0');
		}
		info_release(&infos[i]);
	}
	free(infos);
}

static void search_file(struct search *search, const struct module *module, struct buf *strings)
{
	char path[PATH_MAX];
	int err;

	if (module->path[0] == '/')
		snprintf(path, sizeof(path), "%s", module->path + 1);
	else
		snprintf(path, sizeof(path), "lib/modules/%s/%s", search->root->kernel, module->path);
	buf_reset(strings);
	err = kofile_read_modinfo(search->root, path, strings);
	if (err == -ENOTSUP)
		read_with_libkmod(search, module->name, strings);
	else if (err)
		search->unread++;
	look_at(search, module->name, strings);
}

/* "name.key=value": the name, or false. */
static bool split_builtin(const char *string, char name[MODULE_NAME_MAX + 1], const char **rest)
{
	size_t len = strcspn(string, ".=");

	if (string[len] != '.' || len > MODULE_NAME_MAX)
		return false;
	memcpy(name, string, len);
	name[len] = '\0';
	util_name_normalize(name);
	*rest = string + len + 1;
	return true;
}

/* The fields of the built-in modules stand in one file, those of a module together. */
static void search_builtin(struct search *search)
{
	char path[PATH_MAX], name[MODULE_NAME_MAX + 1], last[MODULE_NAME_MAX + 1] = "";
	struct buf text = BUF_INIT, strings = BUF_INIT;
	const char *pos, *end, *rest;

	snprintf(path, sizeof(path), "lib/modules/%s/modules.builtin.modinfo", search->root->kernel);
	root_read(search->root, path, &text, BUILTIN_MAX);
	pos = buf_str(&text);
	for (end = pos + text.len; pos < end; pos += strlen(pos) + 1) {
		if (!split_builtin(pos, name, &rest))
			continue;
		if (strcmp(name, last)) {
			if (*last)
				look_at(search, last, &strings);
			buf_reset(&strings);
			strcpy(last, name);
			strv_push(&search->builtin, name);
		}
		buf_add(&strings, rest, strlen(rest) + 1);
	}
	if (*last)
		look_at(search, last, &strings);
	buf_release(&text);
	buf_release(&strings);
}

static bool is_told(const struct search *search, const char *name)
{
	size_t i;

	for (i = 0; i < search->builtin.n; i++)
		if (!strcmp(search->builtin.v[i], name))
			return true;
	return false;
}

/* Rows of one name were merged: a live module with a file is read from that. */
static void search_table(struct search *search, const struct modtable *table)
{
	struct buf strings = BUF_INIT, none = BUF_INIT;
	const struct module *module;
	size_t i;

	for (i = 0; i < table->n; i++) {
		module = table->rows[i];
		if (module->path && module->index_state == MODULE_DISK)
			search_file(search, module, &strings);
		else if (!is_told(search, module->name))
			look_at(search, module->name, &none);
	}
	buf_release(&strings);
}

static int hit_compare(const void *a, const void *b)
{
	const struct hit *left = a, *right = b;
	int order = strcmp(left->name, right->name);

	return order ? order : strcmp(left->field, right->field);
}

static void search_all(struct search *search)
{
	struct modtable table = { 0 };
	struct modlist list = MODLIST_INIT;

	if (search->root->live && !procmods_read(search->root, &list))
		modtable_update(&table, MODTABLE_LIVE, &list, util_now_ms(), NULL);
	modlist_release(&list);
	modindex_read(search->root, &list);
	modtable_update(&table, MODTABLE_INDEX, &list, util_now_ms(), NULL);
	modlist_release(&list);
	search_builtin(search);
	search_table(search, &table);
	modtable_release(&table);
	if (search->n)
		qsort(search->hits, search->n, sizeof(*search->hits), hit_compare);
}

static void print_text(const struct search *search)
{
	size_t i;

	for (i = 0; i < search->n; i++) {
		out_text(search->hits[i].name, 4);
		out_printf(": %s: ", search->hits[i].field);
		out_text(search->hits[i].value, 4);
		out_printf("\n");
	}
}

static void print_json(const struct search *search)
{
	struct json_object *object = out_json_new(), *array = json_object_new_array(), *row;
	size_t i;

	for (i = 0; i < search->n; i++) {
		row = json_object_new_object();
		json_object_object_add(row, "name", out_json_string(search->hits[i].name));
		json_object_object_add(row, "field", out_json_string(search->hits[i].field));
		json_object_object_add(row, "value", out_json_string(search->hits[i].value));
		json_object_array_add(array, row);
	}
	json_object_object_add(object, "hits", array);
	json_object_object_add(object, "unread", json_object_new_int64((int64_t)search->unread));
	out_json(object);
}

static void search_release(struct search *search)
{
	size_t i;
	int word;

	for (i = 0; i < search->n; i++) {
		free(search->hits[i].name);
		free(search->hits[i].value);
	}
	free(search->hits);
	strv_release(&search->builtin);
	for (word = 0; word < search->n_words; word++)
		match_release(&search->words[word]);
	free(search->words);
	free(search->best);
	kmod_lib_close(search->lib);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct search search = { .root = &cli->root, .n_words = argc };
	enum status status = STATUS_DONE;
	int err, i;

	err = kmod_lib_open(&search.lib, &cli->root);
	if (err && err != -ENOENT)
		return out_error(STATUS_FAILED, "search", _("libkmod does not start: %s."), strerror(-err));
	search.words = xcalloc((size_t)argc, sizeof(*search.words));
	search.best = xcalloc((size_t)argc, sizeof(*search.best));
	for (i = 0; i < argc; i++)
		match_set(&search.words[i], argv[i]);
	search_all(&search);
	if (cli->options->json)
		print_json(&search);
	else
		print_text(&search);
	if (search.unread)
		out_error(STATUS_FAILED, NULL, _("%zu files of modules could not be read."), search.unread);
	if (!search.n)
		status = out_error(STATUS_NOT_FOUND, argv[0], _("No module says that."));
	search_release(&search);
	return status;
}

const struct command cmd_search = {
	.name = "search",
	.arguments = "WORD|REGEX...",
	.summary = N_("Searches what all modules say of themselves."),
	.min_args = 1,
	.max_args = -1,
	.run = run,
};
