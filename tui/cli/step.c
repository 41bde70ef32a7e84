/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/step.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/act.h"
#include "cli/blame.h"
#include "cli/care.h"
#include "cli/cli.h"
#include "cli/facts.h"
#include "cli/kept.h"
#include "cli/patience.h"
#include "cli/record.h"
#include "cli/say.h"
#include "kernel/kmod_info.h"
#include "kernel/kmod_load.h"
#include "kernel/modindex.h"
#include "kernel/procmods.h"
#include "kernel/sysmod.h"
#include "model/holding.h"
#include "model/info.h"

#define TRIES_MAX 16	/* of a load, with fewer parameters each time */

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

static enum status load_failed(struct act *act, const struct step *step, int err, const char *failed)
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

/* Where it came from, and which load that was: when it goes, its parameters that are not shown are known by that. */
static void record_load(struct act *act, const struct step *step)
{
	char *instance, *build, *file = strchr(step->what, '/') || strchr(step->what, '.') ? realpath(step->what, NULL) : NULL;

	sysmod_instance(&act->cli->root, step->name, &instance);
	sysmod_build(&act->cli->root, step->name, &build);
	record_change(act->cli, &(const struct record_change){
		.load = true, .name = step->name, .options = step->options, .instance = instance, .build = build,
		.file = file, .lost = step->lost,
	});
	free(instance);
	free(build);
	free(file);
}

static int try_load(struct act *act, const struct step *step, enum status *status, char **failed)
{
	struct step copy = *step;
	bool known = false, live;
	int err;

	*status = STATUS_DONE;
	act_mark(act);
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
		record_load(act, step);
	}
	return 0;
}

/* What it has not got back, and a build that is another one: lines of their own behind "loaded". */
static void tell_difference(struct act *act, const struct step *step, struct strv *left)
{
	char *sentence = kept_sentence(step->lost), *names = strv_join(left, ", "), *build = NULL;
	struct act_result row = { step->name, "loaded", STATUS_DONE, 0, sentence };

	if (sentence)
		act_result_lost(act, &row, step->lost);
	row.sentence = say(_("These parameters have the value of a fresh load, as it did not take theirs back: %s."), names);
	if (left->n)
		act_result_lost(act, &row, left);
	free(row.sentence);
	free(names);
	sysmod_build(&act->cli->root, step->name, &build);
	if (step->build && build && strcmp(build, step->build))
		step_report(act, step->name, "loaded", STATUS_DONE,
			    say(_("It is another build than the one that was unloaded: %s has changed since, or was not where that one came from."),
				strchr(step->what, '/') ? step->what : _("the module directory")));
	free(build);
}

enum status step_load(struct act *act, const struct step *step)
{
	char *failed = NULL, *options = xstrdup(step->options ? step->options : "");
	struct step copy = *step;
	struct strv left = STRV_INIT;
	enum status status;
	int err, tries = 0;

	do {
		free(failed);
		failed = NULL;
		copy.options = options;
		err = try_load(act, &copy, &status, &failed);
	} while (err && step->carried && ++tries < TRIES_MAX && blame_leave(act, step->given, &options, &left));
	if (err)
		status = load_failed(act, &copy, err, failed);
	else if (!status)
		tell_difference(act, &copy, &left);
	strv_release(&left);
	free(options);
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

	act_mark(act);
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

static void record_unload(struct act *act, const char *name, struct kept *kept)
{
	size_t i;

	for (i = 0; i < kept->silent.n; i++)
		strv_push(&kept->lost, kept->silent.v[i]);
	record_change(act->cli, &(const struct record_change){
		.name = name, .options = kept->options, .file = kept->file, .build = kept->build, .lost = &kept->lost,
	});
}

enum status step_unload(struct act *act, const struct step *step)
{
	enum status status = care_open_step(act, step->name);
	struct step copy = *step;
	struct kept kept;
	bool known, live;
	int err;

	if (status)
		return status;
	kept_read(&kept, act->cli, step->lib, step->name, NULL);
	act_mark(act);
	err = patience_run(act->cli->options, call_remove, &copy, NULL, &act->late);
	act_listen(act);
	live = !err && is_live(act, step->name, &known);
	if (err) {
		status = unload_failed(act, step->name, err);
	} else {
		record_unload(act, step->name, &kept);
		status = live ? step_report(act, step->name, "failed", STATUS_FAILED,
					    xstrdup(_("The kernel took it out, but it is there again: something loaded it meanwhile."))) :
				step_report(act, step->name, "unloaded", STATUS_DONE, NULL);
	}
	kept_release(&kept);
	return status;
}

char *step_spell(const char *name, const char *value)
{
	const char *quote = value[strcspn(value, " \t")] ? "\"" : "";

	return say("%s=%s%s%s", name, quote, value, quote);
}

size_t step_word(const char *options)
{
	bool quoted = false;
	size_t len;

	for (len = 0; options[len] && (quoted || options[len] != ' '); len++)
		if (options[len] == '"')
			quoted = !quoted;
	return len;
}
