/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/step.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/act.h"
#include "cli/care.h"
#include "cli/cli.h"
#include "cli/facts.h"
#include "cli/patience.h"
#include "cli/record.h"
#include "cli/say.h"
#include "kernel/kmod_info.h"
#include "kernel/kmod_load.h"
#include "kernel/modindex.h"
#include "kernel/paramread.h"
#include "kernel/procmods.h"
#include "kernel/sysmod.h"
#include "model/holding.h"
#include "model/info.h"
#include "model/param.h"

enum status step_report(struct act *act, const char *name, const char *result, enum status status,
			char *sentence)
{
	struct act_result row = { name, result, status, 0, sentence };

	act_result(act, &row);
	return status;
}

/* vermagic of the kernel, as one of its own modules says it; NULL: not known.  The caller frees. */
static char *kernel_vermagic(struct act *act, struct kmod_lib *lib)
{
	struct modlist index = MODLIST_INIT;
	struct info *infos = NULL;
	char *vermagic = NULL;
	size_t i = 0, n = 0;

	modindex_read(&act->cli->root, &index);
	while (i < index.n && index.v[i].index_state != MODULE_DISK)
		i++;
	if (i < index.n && kmod_info_read(lib, index.v[i].name, &infos, &n) == 0)
		vermagic = xstrdup(info_find(&infos[0], "vermagic"));
	for (i = 0; i < n; i++)
		info_release(&infos[i]);
	free(infos);
	modlist_release(&index);
	return vermagic;
}

enum status step_load_failed(struct act *act, const struct step *step, int err, const char *failed)
{
	struct why_case why = { .action = WHY_LOAD, .error = -err, .late = act->late };
	struct act_result row = { step->name, "failed", STATUS_FAILED, -err, NULL };
	char *vermagic = kernel_vermagic(act, step->lib), *sentence;

	why.kernel_vermagic = vermagic;
	if (!failed)
		why.vermagic = step->vermagic;
	row.sentence = act_why(act, failed ? failed : step->name, &why, &row.status);
	if (failed) {
		sentence = row.sentence;
		row.sentence = say(_("It needs %s, which did not load: %s"), failed, sentence);
		free(sentence);
	}
	act_result(act, &row);
	free(vermagic);
	return row.status;
}

/* What the kernel says now is the truth, not what the call returned. */
static bool is_live(struct act *act, const char *name, bool *known)
{
	struct modlist live = MODLIST_INIT;
	bool there;

	*known = procmods_read(&act->cli->root, &live) == 0;
	there = facts_find_live(&live, name) != NULL;
	modlist_release(&live);
	return there;
}

static int call_insert(void *arg, char **failed)
{
	const struct step *step = arg;

	return kmod_load_insert(step->lib, step->what, step->options, failed);
}

static int call_remove(void *arg, char **failed)
{
	const struct step *step = arg;

	(void)failed;
	return kmod_load_remove(step->name);
}

int step_try_load(struct act *act, const struct step *step, enum status *status, char **failed)
{
	struct step copy = *step;
	bool known = false, live;
	int err;

	*status = STATUS_DONE;
	err = patience_run(act->cli->options, call_insert, &copy, failed, &act->late);
	act_listen(act);
	/* One that hangs is in the list, but not there yet. */
	live = act->late != WHY_HANGS && is_live(act, step->name, &known);
	if (err && !live)
		return err;
	if (err) {
		step_report(act, step->name, "already", STATUS_DONE,
			    xstrdup(_("Something else loaded it meanwhile.")));
	} else if (known && !live) {
		*status = step_report(act, step->name, "failed", STATUS_FAILED,
				      xstrdup(_("The kernel took it, but it is not among the loaded modules now.")));
	} else {
		step_report(act, step->name, "loaded", STATUS_DONE, NULL);
		record_step(act->cli, true, step->name, step->options);
	}
	return 0;
}

enum status step_load(struct act *act, const struct step *step)
{
	char *failed = NULL;
	enum status status;
	int err;

	err = step_try_load(act, step, &status, &failed);
	if (err)
		status = step_load_failed(act, step, err, failed);
	free(failed);
	return status;
}

struct write_call {
	const struct root *root;
	const char *module, *param, *value;
};

static int call_write(void *arg, char **failed)
{
	const struct write_call *call = arg;

	(void)failed;
	return sysmod_write_param(call->root, call->module, call->param, call->value);
}

int step_write(struct act *act, const char *module, const char *param, const char *value)
{
	struct write_call call = { &act->cli->root, module, param, value };
	int err;

	err = patience_run(act->cli->options, call_write, &call, NULL, &act->late);
	act_listen(act);
	return err;
}

/* The errno only tells that it is in use: who that is replaces the @sentence, where it can be seen. */
static void name_holders(struct act *act, const struct module *module, char **sentence)
{
	struct holding holding = HOLDING_INIT;
	char *words;

	facts_holders(&act->cli->root, module, &holding);
	words = holding_words(&holding);
	if (words) {
		free(*sentence);
		*sentence = say(_("It is in use by %s: end that first, and try again."), words);
	}
	free(words);
	holding_release(&holding);
}

/* After the call the kernel is asked again: what it says counts. */
static enum status unload_failed(struct act *act, const char *name, int err)
{
	struct why_case why = { .action = WHY_UNLOAD, .error = -err, .late = act->late };
	struct act_result row = { name, "failed", STATUS_FAILED, -err, NULL };
	struct modlist live = MODLIST_INIT;
	const struct module *module;
	char *users = NULL;
	bool known;

	known = procmods_read(&act->cli->root, &live) == 0;
	module = facts_find_live(&live, name);
	if (known && !module) {
		modlist_release(&live);
		return step_report(act, name, "already", STATUS_DONE,
				   xstrdup(_("It is gone already.")));
	}
	if (module && module->users.n)
		users = strv_join(&module->users, ", ");
	why.users = users;
	row.sentence = act_why(act, name, &why, &row.status);
	if (module && !module->users.n && row.status == STATUS_BUSY && err != -ETIMEDOUT)
		name_holders(act, module, &row.sentence);
	act_result(act, &row);
	free(users);
	modlist_release(&live);
	return row.status;
}

enum status step_unload(struct act *act, const struct step *step)
{
	enum status status = care_open_step(act, step->name);
	struct step copy = *step;
	bool known, live;
	char *options;
	int err;

	if (status)
		return status;
	options = step_live_options(&act->cli->root, step->name, NULL, NULL);
	err = patience_run(act->cli->options, call_remove, &copy, NULL, &act->late);
	act_listen(act);
	live = !err && is_live(act, step->name, &known);
	if (err) {
		status = unload_failed(act, step->name, err);
	} else {
		record_step(act->cli, false, step->name, options);
		status = live ? step_report(act, step->name, "failed", STATUS_FAILED,
					    xstrdup(_("The kernel took it out, but it is there again: something loaded it meanwhile."))) :
				step_report(act, step->name, "unloaded", STATUS_DONE, NULL);
	}
	free(options);
	return status;
}

/* The kernel shows a charp that points nowhere as "(null)". */
static bool can_be_given(const struct param *param)
{
	return param->value && strcmp(param->value, "(null)") && !strpbrk(param->value, "\"\n\v\f\r");
}

static bool names_have(const struct strv *names, const char *name)
{
	size_t i, len;
	char *other;
	bool same = false;

	for (i = 0; names && i < names->n && !same; i++) {
		len = strcspn(names->v[i], "=");
		other = xstrndup(names->v[i], len);
		same = util_name_equal(other, name);
		free(other);
	}
	return same;
}

char *step_spell(const char *name, const char *value)
{
	const char *quote = value[strcspn(value, " \t")] ? "\"" : "";

	return say("%s=%s%s%s", name, quote, value, quote);
}

/* It has a value that could be read, if the module would answer. */
static bool is_silent(const struct param *param)
{
	return param->wait == PARAM_SILENT && !param->value && (param->mode & 0444);
}

char *step_live_options(const struct root *root, const char *name, const struct strv *without,
			struct strv *silent)
{
	struct paramlist params = PARAMLIST_INIT;
	struct buf out = BUF_INIT;
	char *spelled;
	size_t i;

	paramread_values(root, name, &params, FACTS_WAIT_MS);
	for (i = 0; i < params.n; i++) {
		if (names_have(without, params.v[i].name))
			continue;
		if (silent && is_silent(&params.v[i]))
			strv_push(silent, params.v[i].name);
		if (!can_be_given(&params.v[i]))
			continue;
		spelled = step_spell(params.v[i].name, params.v[i].value);
		buf_printf(&out, "%s%s", out.len ? " " : "", spelled);
		free(spelled);
	}
	paramlist_release(&params);
	return buf_detach(&out);
}
