/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/facts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/missing.h"
#include "cli/say.h"
#include "kernel/holders.h"
#include "kernel/kmod_info.h"
#include "kernel/kmod_lib.h"
#include "kernel/modindex.h"
#include "kernel/paramread.h"
#include "kernel/procmods.h"
#include "kernel/root.h"
#include "kernel/sysmod.h"

const struct module *facts_find_live(const struct modlist *live, const char *name)
{
	size_t i;

	for (i = 0; i < live->n; i++)
		if (util_name_equal(live->v[i].name, name))
			return &live->v[i];
	return NULL;
}

/* The name inside a module's file, by which the kernel goes whatever the file is called. */
static const char *inside_name(const struct info *info)
{
	const char *inside = info_find(info, "name");

	return inside && util_name_valid(inside) ? inside : info->name;
}

static bool is_of(const struct info *info, const char *name)
{
	return util_name_equal(info->name, name) || util_name_equal(inside_name(info), name);
}

static void drop_infos(struct facts *facts)
{
	size_t i;

	for (i = 0; i < facts->n_infos; i++)
		info_release(&facts->infos[i]);
	free(facts->infos);
	facts->infos = NULL;
	facts->n_infos = 0;
}

/* What is loaded by that name is meant, and an alias of it tells only of that module's own file. */
static void take_live(struct facts *facts, const char *what)
{
	if (!facts_find_live(&facts->live, what) || !facts->n_infos || is_of(&facts->infos[0], what))
		return;
	drop_infos(facts);
	facts->info_error = -ENOENT;
}

static void set_names(struct facts *facts, const char *what, bool probe)
{
	bool live = !probe && facts_find_live(&facts->live, what);
	const struct info *info = facts->n_infos ? &facts->infos[0] : NULL;

	facts->name = xstrdup(live || !info ? what : inside_name(info));
	facts->file_name = xstrdup(info ? info->name : what);
	util_name_normalize(facts->name);
	util_name_normalize(facts->file_name);
}

static void read_info(struct facts *facts, const struct root *root, const char *what, bool probe)
{
	int err;

	err = kmod_lib_open(&facts->lib, root);
	if (!probe)
		kmod_lib_take_names(facts->lib);
	if (!err || err == -ENOENT)
		err = probe ? kmod_info_probe(facts->lib, what, &facts->infos, &facts->n_infos) :
			      kmod_info_read(facts->lib, what, &facts->infos, &facts->n_infos);
	facts->info_error = err;
	if (!probe)
		take_live(facts, what);
	set_names(facts, what, probe);
	facts->builtin = facts->n_infos && !facts->infos[0].path;
}

/* The declared parameters first, in the module's order; then what the kernel shows. */
static void read_params(struct facts *facts, const struct root *root)
{
	int err = -ENOENT;

	if (facts->n_infos)
		paramlist_declare(&facts->params, &facts->infos[0]);
	if (root->live && util_name_live(facts->name))
		err = paramread_values(root, facts->name, &facts->params, FACTS_WAIT_MS);
	facts->silent = err == -ETIMEDOUT;
	modprobed_read(&facts->conf, root);
	/* Options of the alias count as well as those of the file's name. */
	if (!util_name_equal(facts->name, facts->file_name))
		modprobed_apply(&facts->conf, facts->name, &facts->params);
	modprobed_apply(&facts->conf, facts->file_name, &facts->params);
}

enum status facts_info_failure(int err, char **sentence)
{
	struct why_case why = { .action = WHY_READ, .error = EBADMSG };
	const struct policy policy = { 0 };

	switch (err) {
	case -ENOENT:
	case -ENOTDIR:
	case -EISDIR:
		*sentence = xstrdup(_("There is no such module or file."));
		return STATUS_NOT_FOUND;
	case -EACCES:
	case -EPERM:
		*sentence = say(_("The file can not be read: %s."), strerror(-err));
		return STATUS_DENIED;
	case -ENOEXEC:
	case -EINVAL:
		*sentence = xstrdup(_("The file is not a kernel module."));
		return STATUS_REFUSED;
	case -EFBIG:
		why.error = EFBIG;
		/* fall through */
	case -EBADMSG:
	case -ENOMEM:
	case -ETIMEDOUT:
		/* Whichever limit its reader ran into. */
		*sentence = why_sentence(&why, &policy);
		return why_status(&why, &policy);
	default:
		*sentence = say(_("The module can not be read: %s."), strerror(-err));
		return STATUS_FAILED;
	}
}

/* modules.builtin may be there as a text only; sysfs tells of built-in code that has parameters. */
static bool is_builtin(const struct root *root, const char *name)
{
	struct modlist list = MODLIST_INIT;
	bool found = sysmod_is_builtin(root, name);
	size_t i;

	if (!found)
		modindex_read(root, &list);
	for (i = 0; i < list.n && !found; i++)
		found = list.v[i].index_state == MODULE_BUILTIN && util_name_equal(list.v[i].name, name);
	modlist_release(&list);
	return found;
}

/* modprobe goes by the alias, whether there is a module of that name or not. */
static char *not_found(const struct facts *facts, const struct root *root, const char *what, bool probe)
{
	const struct modprobed_line *line = probe ? modprobed_find(&facts->conf, MODPROBED_ALIAS, what) : NULL;

	if (!line)
		return missing_sentence(root, &facts->conf, what);
	return say(_("/%s, line %u, has %s stand for %s, and there is no such module."),
		   line->file, line->line, what, line->rest);
}

static enum status read_facts(struct facts *facts, const struct root *root, const char *what, bool probe, char **sentence)
{
	if (root->live)
		facts->live_error = procmods_read(root, &facts->live);
	read_info(facts, root, what, probe);
	facts->module = facts_find_live(&facts->live, facts->name);
	read_params(facts, root);
	if (!facts->module && !facts->n_infos)
		facts->builtin = is_builtin(root, facts->name);
	if (!facts->info_error || facts->module || facts->builtin)
		return STATUS_DONE;
	if (facts->info_error != -ENOENT)
		return facts_info_failure(facts->info_error, sentence);
	*sentence = not_found(facts, root, what, probe);
	return STATUS_NOT_FOUND;
}

enum status facts_read(struct facts *facts, const struct root *root, const char *what,
		       char **sentence)
{
	return read_facts(facts, root, what, false, sentence);
}

enum status facts_probe(struct facts *facts, const struct root *root, const char *what, char **sentence)
{
	return read_facts(facts, root, what, true, sentence);
}

enum status facts_not_loaded(const struct facts *facts, const struct root *root, char **sentence)
{
	if (facts->live_error && facts->live_error != -ENOENT) {
		*sentence = say(_("/proc/modules can not be read (%s), so it is not known whether this is loaded."),
				strerror(-facts->live_error));
		return facts->live_error == -EACCES ? STATUS_DENIED : STATUS_FAILED;
	}
	if (!sysmod_is_loaded(root, facts->name))
		return STATUS_DONE;
	*sentence = say(_("/sys/module/%s says that this is loaded, and no line of /proc/modules that could be understood does."),
			facts->name);
	return STATUS_FAILED;
}

bool facts_comes_back(struct kmod_lib *lib, const char *name)
{
	struct info *infos = NULL;
	size_t n = 0, i;
	bool same;

	same = !kmod_info_read(lib, name, &infos, &n) && n && is_of(&infos[0], name);
	for (i = 0; i < n; i++)
		info_release(&infos[i]);
	free(infos);
	return same;
}

void facts_release(struct facts *facts)
{
	drop_infos(facts);
	kmod_lib_close(facts->lib);
	modlist_release(&facts->live);
	paramlist_release(&facts->params);
	modprobed_release(&facts->conf);
	free(facts->name);
	free(facts->file_name);
	memset(facts, 0, sizeof(*facts));
}

void facts_holders(const struct root *root, const struct module *module, struct holding *holding)
{
	struct strv types = STRV_INIT;
	struct info *infos = NULL;
	struct kmod_lib *lib = NULL;
	size_t n = 0, i;
	int err;

	err = kmod_lib_open(&lib, root);
	if (!err && !kmod_info_read(lib, module->name, &infos, &n))
		for (i = 0; i < n; i++)
			if (is_of(&infos[i], module->name))
				info_types(&infos[i], &types);
	holders_read(root, module, &types, holding);
	for (i = 0; i < n; i++)
		info_release(&infos[i]);
	free(infos);
	strv_release(&types);
	kmod_lib_close(lib);
}

char *facts_param_names(const struct facts *facts)
{
	struct buf names = BUF_INIT;
	size_t i;

	for (i = 0; i < facts->params.n; i++) {
		buf_addstr(&names, i ? ", " : "");
		buf_addstr(&names, facts->params.v[i].name);
	}
	return buf_detach(&names);
}

enum status facts_split(struct facts *facts, const char *word, struct param **param,
			const char **value, char **sentence)
{
	size_t len = strcspn(word, "=");
	char *name;

	*sentence = NULL;
	if (!len || !word[len]) {
		*sentence = say(_("\"%s\" is not of the form PARAM=VALUE."), word);
		return STATUS_USAGE;
	}
	name = xstrndup(word, len);
	*param = paramlist_find(&facts->params, name);
	*value = word + len + 1;
	free(name);
	return STATUS_DONE;
}
