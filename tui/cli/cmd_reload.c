/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui reload: unloads a module with its users and brings all of them back as they were. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/act.h"
#include "cli/assign.h"
#include "cli/care.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/facts.h"
#include "cli/patience.h"
#include "cli/say.h"
#include "cli/step.h"
#include "kernel/kmod_deps.h"
#include "model/logring.h"
#include "model/plan.h"

#define TRIES_MAX 16	/* of a load, with fewer parameters each time */

struct reload {
	struct act act;
	struct facts facts;
	struct strv words;		/* "name=value" as given and checked */
	struct plan down, up;		/* what is unloaded, then what is loaded; both in order */
	struct buf silent;		/* "module.parameter, ...": live values that did not come */
	struct strv left;		/* parameters of the module being loaded that were left out */
};

static enum status report(struct reload *reload, const char *result, enum status status, char *sentence)
{
	return step_report(&reload->act, reload->facts.name, result, status, sentence);
}

static enum status check_words(struct reload *reload, int argc, char **argv)
{
	struct assign assign;
	enum status status = STATUS_DONE;
	char *sentence, *spelled;
	int i;

	for (i = 0; i < argc && !status; i++) {
		status = assign_parse(&reload->facts, argv[i], &assign, &sentence);
		if (status)
			return report(reload, "failed", status, sentence);
		spelled = step_spell(assign.name, assign.value);
		strv_push(&reload->words, spelled);
		free(spelled);
	}
	return STATUS_DONE;
}

static void note_silent(struct reload *reload, const char *name, const struct strv *silent)
{
	size_t i;

	for (i = 0; i < silent->n; i++)
		buf_printf(&reload->silent, "%s%s.%s", reload->silent.len ? ", " : "", name, silent->v[i]);
}

/* What it has now, but for @without and what was given, and then that. */
static char *options_of(struct reload *reload, const char *name, const struct strv *without)
{
	bool target = util_name_equal(name, reload->facts.name);
	struct strv left = STRV_INIT, silent = STRV_INIT;
	char *live, *given, *all;
	size_t i;

	for (i = 0; target && i < reload->words.n; i++)
		strv_push(&left, reload->words.v[i]);
	for (i = 0; without && i < without->n; i++)
		strv_push(&left, without->v[i]);
	live = step_live_options(&reload->act.cli->root, name, &left, &silent);
	note_silent(reload, name, &silent);
	given = target ? strv_join(&reload->words, " ") : xstrdup("");
	all = say("%s%s%s", live, *live && *given ? " " : "", given);
	free(live);
	free(given);
	strv_release(&left);
	strv_release(&silent);
	return all;
}

/* That it can come back is known before it goes: it has a file, and no install line stands before it. */
static enum status check_return(struct reload *reload, const char *name)
{
	struct modlist none = MODLIST_INIT;
	struct plan plan = PLAN_INIT;
	enum status status = STATUS_DONE;
	size_t i;
	int err;

	err = kmod_deps_plan_load(reload->facts.lib, name, NULL, &none, &plan);
	if (err)
		status = report(reload, "failed", STATUS_NOT_FOUND,
				say(_("%s could not be loaded again: there is no file of it below the module directory. Nothing was unloaded."),
				    name));
	for (i = 0; i < plan.n && !status; i++)
		if (plan.v[i].verb == PLAN_INSTALL_COMMAND)
			status = report(reload, "failed", STATUS_FAILED,
					say(_("%s could not be loaded again: modprobe.d has \"%s\" run instead. Nothing was unloaded."),
					    plan.v[i].name, plan.v[i].detail));
	plan_release(&plan);
	return status;
}

static enum status make_plan(struct reload *reload)
{
	enum status status = STATUS_DONE;
	char *options;
	size_t i;
	int err;

	err = kmod_deps_plan_unload(reload->facts.lib, reload->facts.name, true, &reload->facts.live,
				    &reload->down);
	if (err)
		return report(reload, "failed", STATUS_FAILED,
			      say(_("The plan can not be made: %s."), strerror(-err)));
	for (i = reload->down.n; i-- > 0 && !status;) {
		if (reload->down.v[i].verb != PLAN_UNLOAD)
			continue;
		status = check_return(reload, reload->down.v[i].name);
		options = options_of(reload, reload->down.v[i].name, NULL);
		plan_push(&reload->up, PLAN_LOAD, reload->down.v[i].name, *options ? options : NULL);
		free(options);
	}
	return status;
}

static struct step step_for(struct reload *reload, const struct plan_step *from)
{
	return (struct step){
		.lib = reload->facts.lib, .name = from->name, .what = from->name,
		.options = from->detail ? from->detail : "",
	};
}

/* The parameter that "`X' invalid for parameter `NAME'" blames; NULL: none.  The caller frees. */
static char *blamed(const struct logrec *rec)
{
	static const char mark[] = "for parameter `";
	const char *start = rec->text ? strstr(rec->text, mark) : NULL;
	size_t len;

	if (!start)
		return NULL;
	start += strlen(mark);
	len = strcspn(start, "'");
	return start[len] ? xstrndup(start, len) : NULL;
}

/* "a=1 b=2" without b; quotes are whole words here because step_spell() made them. */
static char *without_param(const char *options, const char *param)
{
	struct buf out = BUF_INIT;
	const char *s = options;
	size_t len, name;
	bool quoted;

	while (*s) {
		for (len = 0, quoted = false; s[len] && (quoted || s[len] != ' '); len++)
			if (s[len] == '"')
				quoted = !quoted;
		name = strcspn(s, "=");
		if (name != strlen(param) || strncmp(s, param, name)) {
			buf_addstr(&out, out.len ? " " : "");
			buf_add(&out, s, len);
		}
		s += len + (s[len] == ' ');
	}
	return buf_detach(&out);
}

static bool was_given(const struct reload *reload, const char *param)
{
	size_t i;

	for (i = 0; i < reload->words.n; i++)
		if (!strncmp(reload->words.v[i], param, strlen(param)) &&
		    reload->words.v[i][strlen(param)] == '=')
			return true;
	return false;
}

/* True when @param was carried over and is left out now. */
static bool leave_out(struct reload *reload, struct plan_step *step, const char *param)
{
	char *less = without_param(step->detail ? step->detail : "", param);
	bool carried = step->detail && strcmp(less, step->detail) && !was_given(reload, param);

	if (!carried) {
		free(less);
		return false;
	}
	free(step->detail);
	step->detail = less;
	strv_push(&reload->left, param);
	return true;
}

/*
 * Some parameters can be read and not be given at load.  Those that the kernel blames, and that nobody asked
 * for, are taken out of the plan's step: true when the load is worth another try.
 */
static bool leave_blamed(struct reload *reload, struct plan_step *step, size_t since)
{
	bool again = false;
	char *param;
	size_t i;

	for (i = since; i < reload->act.n_log; i++) {
		param = blamed(&reload->act.log[i]);
		if (param && leave_out(reload, step, param))
			again = true;
		free(param);
	}
	return again;
}

static void tell_left(struct reload *reload, const char *name)
{
	char *names = strv_join(&reload->left, ", ");

	if (reload->left.n)
		step_report(&reload->act, name, "loaded", STATUS_DONE,
			    say(_("These parameters have the value of a fresh load, as it did not take theirs back: %s."),
				names));
	free(names);
	strv_release(&reload->left);
	reload->left = (struct strv)STRV_INIT;
}

static enum status load_back(struct reload *reload, struct plan_step *to)
{
	struct step step = step_for(reload, to);
	enum status status;
	char *failed = NULL;
	size_t since;
	int err, tries = 0;

	do {
		free(failed);
		since = reload->act.n_log;
		step.options = to->detail ? to->detail : "";
		err = step_try_load(&reload->act, &step, &status, &failed);
	} while (err && ++tries < TRIES_MAX && leave_blamed(reload, to, since));
	if (err)
		status = step_load_failed(&reload->act, &step, err, failed);
	else
		tell_left(reload, to->name);
	free(failed);
	return status;
}

/* From step @from of the way up on; goes on behind a failure, for what else can come back. */
static enum status bring_back(struct reload *reload, size_t from)
{
	enum status status, worst = STATUS_DONE;
	struct buf missing = BUF_INIT;
	size_t i;

	for (i = from; i < reload->up.n; i++) {
		status = load_back(reload, &reload->up.v[i]);
		if (!status)
			continue;
		buf_printf(&missing, "%s%s", missing.len ? ", " : "", reload->up.v[i].name);
		worst = status > worst ? status : worst;
	}
	if (worst)
		report(reload, "failed", worst,
		       say(_("It was unloaded, and not everything came back. Not loaded now: %s."),
			   buf_str(&missing)));
	buf_release(&missing);
	return worst;
}

/* When one can not go, those that went before it are brought back. */
static void run_plan(struct reload *reload)
{
	struct step step;
	enum status status;
	size_t i, gone = 0;

	for (i = 0; i < reload->down.n; i++) {
		if (reload->down.v[i].verb != PLAN_UNLOAD)
			continue;
		step = step_for(reload, &reload->down.v[i]);
		status = step_unload(&reload->act, &step);
		if (!status) {
			gone++;
			continue;
		}
		if (!bring_back(reload, reload->up.n - gone))
			report(reload, "failed", status,
			       say(_("%s could not be unloaded; everything is loaded as before."), step.name));
		return;
	}
	if (!bring_back(reload, 0))
		report(reload, "reloaded", STATUS_DONE, NULL);
}

static void tell_silent(struct reload *reload)
{
	if (reload->silent.len)
		report(reload, "planned", STATUS_DONE,
		       say(_("These values did not come within %d seconds and are not kept: %s."),
			   FACTS_WAIT_MS / 1000, buf_str(&reload->silent)));
}

static void reload_module(struct reload *reload, int argc, char **argv)
{
	if (!reload->facts.module) {
		report(reload, "failed", reload->facts.builtin ? STATUS_FAILED : STATUS_NOT_FOUND,
		       xstrdup(reload->facts.builtin ?
			       _("It is built into the kernel and can not be reloaded.") :
			       _("It is not loaded, so it can not be reloaded; load loads it.")));
		return;
	}
	if (check_words(reload, argc, argv) || make_plan(reload))
		return;
	act_plan(&reload->act, &reload->down);
	act_plan(&reload->act, &reload->up);
	tell_silent(reload);
	if (care_check(&reload->act, reload->facts.name, &reload->facts.live, &reload->down))
		return;
	if (reload->act.cli->options->dry_run)
		report(reload, "planned", STATUS_DONE,
		       xstrdup(_("Nothing was reloaded: this was only the plan.")));
	else
		run_plan(reload);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct reload reload = { .facts = FACTS_INIT };
	char *sentence = NULL;
	enum status status;

	act_begin(&reload.act, cli);
	if (!util_name_valid(argv[0])) {
		step_report(&reload.act, argv[0], "failed", STATUS_NOT_FOUND,
			    xstrdup(_("This is not the name of a module.")));
	} else {
		status = patience_probe(cli, argv[0], &sentence);
		if (!status)
			status = facts_read(&reload.facts, &cli->root, argv[0], &sentence);
		if (status)
			step_report(&reload.act, argv[0], "failed", status, sentence);
		else
			reload_module(&reload, argc - 1, argv + 1);
	}
	status = act_end(&reload.act);
	plan_release(&reload.down);
	plan_release(&reload.up);
	strv_release(&reload.words);
	buf_release(&reload.silent);
	facts_release(&reload.facts);
	return status;
}

const struct command cmd_reload = {
	.name = "reload",
	.arguments = "NAME [PARAM=VALUE...]",
	.summary = N_("Unloads a module and its users and loads them again."),
	.options = "even-if-carrying rollback dry-run timeout",
	.min_args = 1,
	.max_args = -1,
	.flags = COMMAND_CHANGES | COMMAND_LIVE,
	.run = run,
};
