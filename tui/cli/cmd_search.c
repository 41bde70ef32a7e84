/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui search: the modules that say what is looked for, on disk, built in and live. */
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/missing.h"
#include "cli/out.h"
#include "kernel/indexcache.h"
#include "kernel/indexer.h"
#include "kernel/modindex.h"
#include "kernel/procmods.h"
#include "model/fulltext.h"
#include "model/match.h"
#include "model/module.h"

struct hit {
	const char *name, *field, *value;	/* into the index, or of a live module */
};

struct search {
	struct fulltext text;
	struct modtable live;		/* the modules the kernel has, be there a file or not */
	struct match *words;
	int n_words;
	struct hit *hits;
	size_t n, size;
};

static void hit_push(struct search *search, struct hit hit)
{
	const struct hit *last = search->n ? &search->hits[search->n - 1] : NULL;

	/* Two words that one line has. */
	if (last && !strcmp(last->name, hit.name) && last->field == hit.field && last->value == hit.value)
		return;
	if (search->n == search->size) {
		search->size = search->size ? 2 * search->size : 64;
		search->hits = xrealloc(search->hits, search->size, sizeof(*search->hits));
	}
	search->hits[search->n++] = hit;
}

/* The best line for one word comes first. */
static const char *find_line(const struct search *search, size_t entry, const struct match *word)
{
	const char *line = fulltext_first(&search->text, entry);

	while (line && !match_text(word, fulltext_value(line)))
		line = fulltext_next(line);
	return line;
}

/* All words have to be found, each somewhere. */
static void search_entry(struct search *search, size_t entry)
{
	const char *name = fulltext_value(fulltext_first(&search->text, entry)), *line;
	size_t before = search->n;
	int i;

	for (i = 0; i < search->n_words; i++) {
		line = find_line(search, entry, &search->words[i]);
		if (!line) {
			search->n = before;
			return;
		}
		hit_push(search, (struct hit){ name, fulltext_field(line), fulltext_value(line) });
	}
}

/* A live module that the index does not know has a name only. */
static void search_live(struct search *search, const struct module *module)
{
	int i;

	for (i = 0; i < search->n_words; i++)
		if (!match_text(&search->words[i], module->name))
			return;
	hit_push(search, (struct hit){ module->name, fulltext_fields[0], module->name });
}

static int hit_compare(const void *a, const void *b)
{
	const struct hit *left = a, *right = b;
	int order = strcmp(left->name, right->name);

	return order ? order : strcmp(left->field, right->field);
}

static void search_all(struct search *search)
{
	size_t i;

	for (i = 0; i < search->text.n; i++)
		search_entry(search, i);
	for (i = 0; i < search->live.n; i++)
		if (!search->live.rows[i]->entry)
			search_live(search, search->live.rows[i]);
	if (search->n)
		qsort(search->hits, search->n, sizeof(*search->hits), hit_compare);
}

/* Last time's index, if depmod did not run since, or a new one. */
static int read_index(struct search *search, const struct cli *cli)
{
	unsigned long long stamp = modindex_stamp(&cli->root);
	int err;

	if (!stamp || !indexcache_read(&cli->root, stamp, &search->text))
		return 0;
	err = indexer_run(&cli->root, stamp, &search->text);
	if (!err && !cli->options->readonly)
		indexcache_write(&cli->root, &search->text);
	return err;
}

static void read_live(struct search *search, const struct cli *cli)
{
	struct modlist list = MODLIST_INIT;

	if (cli->root.live && !procmods_read(&cli->root, &list))
		modtable_update(&search->live, MODTABLE_LIVE, &list, util_now_ms(), NULL);
	modlist_release(&list);
	fulltext_attach(&search->text, &search->live);
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
	json_object_object_add(object, "unread", json_object_new_int64((int64_t)search->text.unread));
	out_json(object);
}

static void search_release(struct search *search)
{
	int i;

	free(search->hits);
	for (i = 0; i < search->n_words; i++)
		match_release(&search->words[i]);
	free(search->words);
	modtable_release(&search->live);
	fulltext_release(&search->text);
}

static void set_words(struct search *search, char **argv)
{
	int i;

	search->words = xcalloc((size_t)search->n_words, sizeof(*search->words));
	for (i = 0; i < search->n_words; i++) {
		match_set(&search->words[i], argv[i]);
		if (search->words[i].complaint)
			out_error(STATUS_DONE, argv[i],
				  _("This is no regular expression and is taken as plain text: %s."),
				  search->words[i].complaint);
	}
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct search search = { .text = FULLTEXT_INIT, .n_words = argc };
	enum status status = STATUS_DONE;
	int err = read_index(&search, cli);

	if (err)
		status = out_error(STATUS_FAILED, "search", _("The modules on disk could not be read: %s."),
				   strerror(-err));
	read_live(&search, cli);
	set_words(&search, argv);
	search_all(&search);
	if (cli->options->json)
		print_json(&search);
	else
		print_text(&search);
	if (search.text.unread)
		out_error(STATUS_FAILED, NULL, _("%zu files of modules could not be read."),
			  search.text.unread);
	missing_remark(&cli->root);
	if (!search.n && !status)
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
