/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/missing.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/out.h"
#include "cli/say.h"
#include "kernel/modindex.h"
#include "kernel/modprobed.h"
#include "kernel/root.h"
#include "model/moddir.h"
#include "model/module.h"

#define PLACES_MAX 5

static const char *const words[] = {
	[MODPROBED_OPTIONS] = "options", [MODPROBED_INSTALL] = "install", [MODPROBED_REMOVE] = "remove",
	[MODPROBED_BLACKLIST] = "blacklist", [MODPROBED_ALIAS] = "alias", [MODPROBED_SOFTDEP] = "softdep",
	[MODPROBED_WEAKDEP] = "weakdep",
};

/* Lines of these kinds have names of modules behind their own. */
static bool names_others(const struct modprobed_line *line)
{
	return line->kind == MODPROBED_ALIAS || line->kind == MODPROBED_SOFTDEP || line->kind == MODPROBED_WEAKDEP;
}

static bool speaks_of(const struct modprobed_line *line, const char *what)
{
	const char *pos = line->rest, *end = pos + strlen(pos), *token;
	bool found = util_name_equal(line->name, what);
	size_t len;
	char *word;

	while (!found && names_others(line) && parse_token(&pos, end, " \t", &token, &len)) {
		word = xstrndup(token, len);
		found = util_name_equal(word, what);
		free(word);
	}
	return found;
}

/* "/etc/modprobe.d/x.conf, line 3 (install); ..."; an alias with what it stands for. */
static void add_places(const struct modprobed *conf, const char *what, struct buf *out)
{
	const struct modprobed_line *line;
	size_t i, n = 0;

	for (i = 0; i < conf->n && n <= PLACES_MAX; i++) {
		line = &conf->v[i];
		if (!speaks_of(line, what))
			continue;
		buf_addstr(out, n++ ? "; " : "");
		if (n > PLACES_MAX)
			buf_addstr(out, "...");
		else if (line->kind == MODPROBED_ALIAS && util_name_equal(line->name, what))
			buf_printf(out, _("/%s, line %u (alias of %s)"), line->file, line->line, line->rest);
		else
			buf_printf(out, _("/%s, line %u (%s)"), line->file, line->line, words[line->kind]);
	}
}

/* The file that an index has for it although libkmod did not find one. */
static void add_file(const struct root *root, const char *what, struct buf *out)
{
	struct modlist list = MODLIST_INIT;
	size_t i;

	modindex_read(root, &list);
	for (i = 0; i < list.n; i++) {
		if (list.v[i].index_state != MODULE_DISK || !util_name_equal(list.v[i].name, what))
			continue;
		buf_printf(out, _(" The index has the file %s for it, which could not be found."), list.v[i].path);
		break;
	}
	modlist_release(&list);
}

static void add_moddir(const struct root *root, const char *what, struct buf *out)
{
	struct moddir moddir;
	char *sentence;

	modindex_look(root, &moddir);
	sentence = moddir_sentence(&moddir);
	if (sentence)
		buf_printf(out, " %s", sentence);
	else
		add_file(root, what, out);
	free(sentence);
	moddir_release(&moddir);
}

char *missing_sentence(const struct root *root, const struct modprobed *conf, const char *what)
{
	struct buf out = BUF_INIT, places = BUF_INIT;

	if (!strchr(what, '/'))
		add_places(conf, what, &places);
	if (places.len)
		buf_printf(&out, _("There is no such module; only lines of the configuration speak of it: %s."),
			   buf_str(&places));
	else
		buf_addstr(&out, _("There is no such module or file."));
	if (root && !strchr(what, '/'))
		add_moddir(root, what, &out);
	buf_release(&places);
	return buf_detach(&out);
}

bool missing_remark(const struct root *root)
{
	struct moddir moddir;
	char *sentence;
	bool bad;

	modindex_look(root, &moddir);
	sentence = root->live ? moddir_sentence(&moddir) : NULL;
	if (sentence)
		out_error(STATUS_DONE, NULL, "%s", sentence);
	bad = sentence;
	free(sentence);
	moddir_release(&moddir);
	return bad;
}
