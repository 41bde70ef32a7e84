/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_index.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kmod_info.h"
#include "kernel/kmod_lib.h"
#include "kernel/modindex.h"
#include "kernel/root.h"
#include "model/fulltext.h"
#include "model/info.h"
#include "model/module.h"

#define BUILTIN_MAX (64u << 20)

/* What a built-in module says: "key=value" with a NUL each. */
struct builtin {
	char name[MODULE_NAME_MAX + 1];
	struct buf strings;
};

struct reader {
	const struct root *root;
	struct fulltext_maker *maker;
	struct kmod_lib *lib;		/* NULL: not needed yet */
	struct buf strings;
	struct builtin *builtin;	/* sorted by name once all are there */
	size_t n_builtin;
};

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
	return util_name_valid(name);
}

static struct builtin *push_builtin(struct reader *reader, const char *name)
{
	struct builtin *builtin;

	if (!(reader->n_builtin & (reader->n_builtin - 1)))
		reader->builtin = xrealloc(reader->builtin, reader->n_builtin ? 2 * reader->n_builtin : 1,
					   sizeof(*reader->builtin));
	builtin = &reader->builtin[reader->n_builtin++];
	*builtin = (struct builtin){ .strings = BUF_INIT };
	strcpy(builtin->name, name);
	return builtin;
}

static int compare_builtin(const void *a, const void *b)
{
	return strcmp(((const struct builtin *)a)->name, ((const struct builtin *)b)->name);
}

/* The fields of the built-in modules stand in one file, those of a module together. */
static void read_builtin(struct reader *reader)
{
	char path[PATH_MAX], name[MODULE_NAME_MAX + 1];
	struct builtin *last = NULL;
	struct buf text = BUF_INIT;
	const char *pos, *end, *rest;

	snprintf(path, sizeof(path), "lib/modules/%s/modules.builtin.modinfo", reader->root->kernel);
	root_read(reader->root, path, &text, BUILTIN_MAX);
	pos = buf_str(&text);
	for (end = pos + text.len; pos < end; pos += strlen(pos) + 1) {
		if (!split_builtin(pos, name, &rest))
			continue;
		if (!last || strcmp(name, last->name))
			last = push_builtin(reader, name);
		buf_add(&last->strings, rest, strlen(rest) + 1);
	}
	buf_release(&text);
	if (reader->n_builtin)
		qsort(reader->builtin, reader->n_builtin, sizeof(*reader->builtin), compare_builtin);
}

/* What is compressed is libkmod's work. */
static int read_with_libkmod(struct reader *reader, const char *name)
{
	struct info *infos = NULL;
	size_t n = 0, i, j;
	int err;

	err = kmod_info_read(reader->lib, name, &infos, &n);
	for (i = 0; i < n; i++) {
		for (j = 0; j < infos[i].n && i == 0; j++) {
			buf_printf(&reader->strings, "%s=%s", infos[i].fields[j].key,
				   infos[i].fields[j].value);
			buf_addch(&reader->strings, '\0');
		}
		info_release(&infos[i]);
	}
	free(infos);
	return err;
}

static void read_file(struct reader *reader, const struct module *module)
{
	char path[PATH_MAX];
	int err;

	if (module->path[0] == '/')
		snprintf(path, sizeof(path), "%s", module->path + 1);
	else
		snprintf(path, sizeof(path), "lib/modules/%s/%s", reader->root->kernel, module->path);
	err = reader->lib ? kmod_info_strings(reader->lib, path, &reader->strings) : -EIO;
	if (err == -ENOTSUP)
		err = read_with_libkmod(reader, module->name);
	if (err)
		reader->maker->unread++;
}

/* Names beside the files of their modules: built-in ones that only their fields tell of. */
static void list_modules(struct reader *reader, struct modtable *table)
{
	struct modlist list = MODLIST_INIT;
	struct module *row;
	size_t i;

	modindex_read(reader->root, &list);
	for (i = 0; i < reader->n_builtin; i++) {
		row = modlist_push(&list, reader->builtin[i].name, strlen(reader->builtin[i].name));
		row->indexed = true;
		row->state = row->index_state = MODULE_BUILTIN;
	}
	modtable_update(table, MODTABLE_INDEX, &list, 0, NULL);
	modlist_release(&list);
}

static int add_module(struct reader *reader, const struct module *module)
{
	struct builtin key, *builtin = NULL;

	buf_reset(&reader->strings);
	if (module->index_state == MODULE_DISK && module->path)
		read_file(reader, module);
	else if (reader->n_builtin) {
		strcpy(key.name, module->name);
		builtin = bsearch(&key, reader->builtin, reader->n_builtin, sizeof(key), compare_builtin);
	}
	if (builtin)
		return fulltext_add(reader->maker, module->name, buf_str(&builtin->strings),
				    builtin->strings.len);
	return fulltext_add(reader->maker, module->name, buf_str(&reader->strings), reader->strings.len);
}

void kmod_index_read(const struct root *root, struct fulltext_maker *maker)
{
	struct reader reader = { .root = root, .maker = maker };
	struct modtable table = { 0 };
	size_t i;

	kmod_lib_open(&reader.lib, root);
	read_builtin(&reader);
	list_modules(&reader, &table);
	for (i = 0; i < table.n; i++)
		if (add_module(&reader, table.rows[i]))
			break;
	modtable_release(&table);
	for (i = 0; i < reader.n_builtin; i++)
		buf_release(&reader.builtin[i].strings);
	free(reader.builtin);
	buf_release(&reader.strings);
	kmod_lib_close(reader.lib);
}
