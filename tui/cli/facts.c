/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/facts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/say.h"
#include "kernel/holders.h"
#include "kernel/kmod_info.h"
#include "kernel/kmod_lib.h"
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

/* The kernel goes by the name inside a file, whatever the file is called. */
static const char *name_of(const struct facts *facts, const char *what)
{
	const char *inside;

	if (!facts->n_infos)
		return what;
	inside = strchr(what, '/') ? info_find(&facts->infos[0], "name") : NULL;
	return inside && util_name_valid(inside) ? inside : facts->infos[0].name;
}

static void read_info(struct facts *facts, const struct root *root, const char *what)
{
	int err;

	err = kmod_lib_open(&facts->lib, root);
	if (!err || err == -ENOENT)
		err = kmod_info_read(facts->lib, what, &facts->infos, &facts->n_infos);
	facts->info_error = err;
	facts->name = xstrdup(name_of(facts, what));
	util_name_normalize(facts->name);
	facts->builtin = facts->n_infos && !facts->infos[0].path;
}

/* The declared parameters first, in the module's order; then what the kernel shows. */
static bool read_params(struct facts *facts, const struct root *root)
{
	int err = -ENOENT;
	size_t i;

	for (i = 0; i < facts->n_infos && i < 1; i++)
		paramlist_declare(&facts->params, &facts->infos[i]);
	if (root->live && util_name_valid(facts->name))
		err = paramread_values(root, facts->name, &facts->params, FACTS_WAIT_MS);
	facts->silent = err == -ETIMEDOUT;
	modprobed_read(&facts->conf, root);
	modprobed_apply(&facts->conf, facts->name, &facts->params);
	return !err || facts->silent;
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

enum status facts_read(struct facts *facts, const struct root *root, const char *what,
		       char **sentence)
{
	bool shown;

	read_info(facts, root, what);
	if (root->live)
		procmods_read(root, &facts->live);
	facts->module = facts_find_live(&facts->live, facts->name);
	shown = read_params(facts, root);
	/* Built-in code without a record of its own still shows its parameters. */
	if (!facts->module && !facts->n_infos && (shown || sysmod_is_builtin(root, facts->name)))
		facts->builtin = true;
	if (!facts->info_error || facts->module || facts->builtin)
		return STATUS_DONE;
	return facts_info_failure(facts->info_error, sentence);
}

void facts_release(struct facts *facts)
{
	size_t i;

	for (i = 0; i < facts->n_infos; i++)
		info_release(&facts->infos[i]);
	free(facts->infos);
	kmod_lib_close(facts->lib);
	modlist_release(&facts->live);
	paramlist_release(&facts->params);
	modprobed_release(&facts->conf);
	free(facts->name);
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
