/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui reload: unloads modules with their users and brings all of them back as they were. */
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
#include "cli/kept.h"
#include "cli/patience.h"
#include "cli/say.h"
#include "cli/step.h"
#include "kernel/kmod_deps.h"
#include "model/plan.h"

struct reload {
	struct act act;
	struct facts *v;		/* of the modules asked for */
	size_t n;
	struct strv words;		/* "name=value" as given and checked, of the only one */
	struct plan down, up;		/* what is unloaded, then what is loaded; both in order */
	struct kept *kept;		/* what each step of up gives back */
	struct kept before;		/* with words: all that the only one has now */
	bool as_before;			/* the only one did not take the words and was loaded without them */
	struct buf silent;		/* "module.parameter, ...": live values that did not come */
};

/* The module all is done by, where it matters little which: the first. */
static struct facts *first(const struct reload *reload)
{
	return &reload->v[0];
}

static enum status report(struct reload *reload, const char *result, enum status status, char *sentence)
{
	return step_report(&reload->act, first(reload)->name, result, status, sentence);
}

/* How all of them fared, as they go and come back together; @sentence, taken over, may be NULL. */
static void report_all(struct reload *reload, const char *result, enum status status, char *sentence)
{
	size_t i;

	for (i = 0; i < reload->n; i++)
		step_report(&reload->act, reload->v[i].name, result, status, xstrdup(sentence));
	free(sentence);
}

static enum status check_word(struct reload *reload, const char *word)
{
	struct assign assign;
	enum status status;
	char *sentence, *spelled;

	if (reload->n > 1)
		return report(reload, "failed", STATUS_USAGE,
			      xstrdup(_("Parameters are given to one module at a time: reload it alone. Nothing was unloaded.")));
	status = assign_parse(first(reload), word, &assign, &sentence);
	if (status)
		return report(reload, "failed", status, sentence);
	spelled = step_spell(assign.name, assign.value);
	strv_push(&reload->words, spelled);
	free(spelled);
	return STATUS_DONE;
}

static enum status check_words(struct reload *reload, int argc, char **argv)
{
	enum status status = STATUS_DONE;
	int i;

	for (i = 0; i < argc && !status; i++)
		if (strchr(argv[i], '='))
			status = check_word(reload, argv[i]);
	return status;
}

static void note_silent(struct reload *reload, const char *name, const struct strv *silent)
{
	size_t i;

	for (i = 0; i < silent->n; i++)
		buf_printf(&reload->silent, "%s%s.%s", reload->silent.len ? ", " : "", name, silent->v[i]);
}

static bool is_target(const struct reload *reload, const char *name)
{
	return util_name_equal(name, reload->v[0].name);
}

/* What it has now, but for what was given, and then that. */
static char *options_of(struct reload *reload, const char *name, struct kept *kept)
{
	bool target = is_target(reload, name);
	char *given = target ? strv_join(&reload->words, " ") : xstrdup(""), *all;
	size_t i;

	kept_read(kept, reload->act.cli, first(reload)->lib, name, target ? &reload->words : NULL);
	note_silent(reload, name, &kept->silent);
	for (i = 0; i < kept->silent.n; i++)
		strv_push(&kept->lost, kept->silent.v[i]);
	all = say("%s%s%s", kept->options, *kept->options && *given ? " " : "", given);
	free(given);
	return all;
}

/* The users of several go with the first of them. */
static enum status plan_down(struct reload *reload)
{
	struct plan one = PLAN_INIT;
	int err = 0;
	size_t i;

	for (i = 0; i < reload->n && !err; i++) {
		err = kmod_deps_plan_unload(first(reload)->lib, reload->v[i].name, true, &first(reload)->live,
					    &one);
		plan_merge(&reload->down, &one);
		plan_release(&one);
	}
	return err ? report(reload, "failed", STATUS_FAILED,
			    say(_("The plan can not be made: %s."), strerror(-err))) : STATUS_DONE;
}

static enum status make_plan(struct reload *reload)
{
	enum status status = plan_down(reload);
	char *options, *sentence;
	struct kept *kept;
	size_t i;

	if (!status && reload->words.n)
		kept_read(&reload->before, reload->act.cli, first(reload)->lib, first(reload)->name, NULL);
	reload->kept = xcalloc(reload->down.n + 1, sizeof(*reload->kept));
	for (i = reload->down.n; i-- > 0 && !status;) {
		if (reload->down.v[i].verb != PLAN_UNLOAD)
			continue;
		kept = &reload->kept[reload->up.n];
		options = options_of(reload, reload->down.v[i].name, kept);
		status = kept_check(first(reload)->lib, reload->down.v[i].name, kept->file, &sentence);
		if (status)
			report(reload, "failed", status, sentence);
		plan_push(&reload->up, PLAN_LOAD, reload->down.v[i].name, *options ? options : NULL);
		free(options);
	}
	return status;
}

static struct step step_for(struct reload *reload, const struct plan_step *from)
{
	return (struct step){
		.lib = first(reload)->lib, .name = from->name, .what = from->name,
		.options = from->detail ? from->detail : "",
	};
}

static enum status load_kept(struct reload *reload, struct step *step, const struct kept *kept)
{
	step->what = kept->file ? kept->file : step->name;
	step->carried = true;
	step->lost = &kept->lost;
	step->build = kept->build;
	return step_load(&reload->act, step);
}

/* When it does not take the values that were given, those it had before do better than no module. */
static enum status load_back(struct reload *reload, size_t at)
{
	struct step step = step_for(reload, &reload->up.v[at]);
	enum status status;

	step.given = is_target(reload, step.name) ? &reload->words : NULL;
	status = load_kept(reload, &step, &reload->kept[at]);
	if (!status || !step.given || !reload->words.n)
		return status;
	step.given = NULL;
	step.options = reload->before.options;
	reload->as_before = !load_kept(reload, &step, &reload->before);
	return status;
}

/* From step @from of the way up on; goes on behind a failure, for what else can come back. */
static enum status bring_back(struct reload *reload, size_t from)
{
	enum status status, worst = STATUS_DONE;
	struct buf missing = BUF_INIT;
	size_t i;

	for (i = from; i < reload->up.n; i++) {
		status = load_back(reload, i);
		worst = status > worst ? status : worst;
		if (status && (!reload->as_before || !is_target(reload, reload->up.v[i].name)))
			buf_printf(&missing, "%s%s", missing.len ? ", " : "", reload->up.v[i].name);
	}
	if (worst && !missing.len)
		report_all(reload, "failed", worst,
			   xstrdup(_("It did not take these values, so it was loaded again with those it had before.")));
	else if (worst)
		report_all(reload, "failed", worst,
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
			report_all(reload, "failed", status,
				   say(_("%s could not be unloaded; everything is loaded as before."), step.name));
		return;
	}
	if (!bring_back(reload, 0))
		report_all(reload, "reloaded", STATUS_DONE, NULL);
}

/* Before it is done: what will not be as it was. */
static void tell_lost(struct reload *reload)
{
	struct act_result row = { .result = "planned", .status = STATUS_DONE };
	size_t i;

	if (reload->silent.len)
		report(reload, "planned", STATUS_DONE,
		       say(_("These values did not come within %d seconds and are not kept: %s."),
			   FACTS_WAIT_MS / 1000, buf_str(&reload->silent)));
	for (i = 0; i < reload->up.n; i++) {
		row.name = reload->up.v[i].name;
		row.sentence = kept_sentence(&reload->kept[i].lost);
		if (row.sentence)
			act_result_lost(&reload->act, &row, &reload->kept[i].lost);
	}
}

static void reload_modules(struct reload *reload, int argc, char **argv)
{
	if (check_words(reload, argc, argv) || make_plan(reload))
		return;
	act_plan(&reload->act, &reload->down);
	act_plan(&reload->act, &reload->up);
	tell_lost(reload);
	if (care_check(&reload->act, first(reload)->name, &first(reload)->live, &reload->down))
		return;
	if (reload->act.cli->options->dry_run)
		report_all(reload, "planned", STATUS_DONE,
			   xstrdup(_("Nothing was reloaded: this was only the plan.")));
	else
		run_plan(reload);
}

/* By the file it came from, if that is known and still one of that module. */
static enum status read_facts(struct cli *cli, const char *name, struct facts *facts, char **sentence)
{
	char *file = kept_file(cli, name);
	bool good = file && !facts_read(facts, &cli->root, file, sentence) && facts->module &&
		    util_name_equal(facts->name, name);

	if (file && !good) {
		facts_release(facts);
		*facts = (struct facts)FACTS_INIT;
		free(*sentence);
		*sentence = NULL;
	}
	free(file);
	return good ? STATUS_DONE : facts_read(facts, &cli->root, name, sentence);
}

/* Why it can not be reloaded: STATUS_DONE, or another one and *sentence. */
static enum status look(struct cli *cli, const char *name, struct facts *facts, char **sentence)
{
	enum status status;

	*sentence = NULL;
	if (!util_name_live(name)) {
		*sentence = xstrdup(_("This is not the name of a module."));
		return STATUS_NOT_FOUND;
	}
	status = patience_probe(cli, name, sentence);
	if (!status)
		status = read_facts(cli, name, facts, sentence);
	if (status || facts->module)
		return status;
	if (!facts->builtin) {
		status = facts_not_loaded(facts, &cli->root, sentence);
		if (status)
			return status;
	}
	*sentence = xstrdup(facts->builtin ? _("It is built into the kernel and can not be reloaded.") :
			    _("It is not loaded, so it can not be reloaded; load loads it."));
	return facts->builtin ? STATUS_FAILED : STATUS_NOT_FOUND;
}

static bool has(const struct reload *reload, const char *name)
{
	size_t i;

	for (i = 0; i < reload->n; i++)
		if (util_name_equal(reload->v[i].name, name))
			return true;
	return false;
}

/* Nothing is done unless all of them can be. */
static enum status read_names(struct reload *reload, int argc, char **argv)
{
	struct facts *facts;
	enum status status;
	char *sentence;
	int i;

	reload->v = xcalloc((size_t)argc, sizeof(*reload->v));
	for (i = 0; i < argc; i++) {
		facts = &reload->v[reload->n];
		if (i && strchr(argv[i], '='))
			continue;
		status = look(reload->act.cli, argv[i], facts, &sentence);
		if (status)
			return step_report(&reload->act, argv[i], "failed", status, sentence);
		if (has(reload, facts->name))
			facts_release(facts);
		else
			reload->n++;
	}
	return STATUS_DONE;
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct reload reload = { .n = 0 };
	enum status status;
	size_t at;
	int i;

	act_begin(&reload.act, cli);
	if (!read_names(&reload, argc, argv))
		reload_modules(&reload, argc - 1, argv + 1);
	status = act_end(&reload.act);
	for (at = 0; at <= reload.up.n && reload.kept; at++)
		kept_release(&reload.kept[at]);
	free(reload.kept);
	kept_release(&reload.before);
	plan_release(&reload.down);
	plan_release(&reload.up);
	strv_release(&reload.words);
	buf_release(&reload.silent);
	for (i = 0; i < argc; i++)
		facts_release(&reload.v[i]);
	free(reload.v);
	return status;
}

const struct command cmd_reload = {
	.name = "reload",
	.arguments = "NAME [NAME...|PARAM=VALUE...]",
	.summary = N_("Unloads modules and their users and loads them again."),
	.options = "even-if-carrying allow-open rollback dry-run timeout",
	.min_args = 1,
	.max_args = -1,
	.flags = COMMAND_CHANGES | COMMAND_LIVE,
	.run = run,
};
