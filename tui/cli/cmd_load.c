/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui load: puts a module and what it needs into the running kernel. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/act.h"
#include "cli/assign.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/facts.h"
#include "cli/modprobe.h"
#include "cli/out.h"
#include "cli/record.h"
#include "cli/patience.h"
#include "cli/say.h"
#include "cli/step.h"
#include "kernel/kmod_deps.h"
#include "kernel/procmods.h"
#include "model/confedit.h"
#include "model/info.h"
#include "model/plan.h"

/* One load, from the arguments to the report. */
struct load {
	struct act act;
	struct facts facts;
	const char *what;		/* as given: name or file */
	struct buf options;		/* checked, as the kernel reads them */
	struct plan plan;
};

static enum status report(struct load *load, const char *result, enum status status, char *sentence)
{
	struct act_result row = {
		load->facts.name ? load->facts.name : load->what, result, status, 0, sentence
	};

	act_result(&load->act, &row);
	return status;
}

static enum status add_option(struct load *load, const char *word, char **sentence)
{
	struct assign assign;
	enum status status;
	char *spelled;

	status = assign_parse(&load->facts, word, &assign, sentence);
	if (status)
		return status;
	spelled = step_spell(assign.name, assign.value);
	buf_printf(&load->options, "%s%s", load->options.len ? " " : "", spelled);
	free(spelled);
	return STATUS_DONE;
}

static enum status check_options(struct load *load, int argc, char **words)
{
	enum status status = STATUS_DONE;
	char *sentence = NULL;
	int i;

	for (i = 0; i < argc && !status; i++) {
		status = add_option(load, words[i], &sentence);
		if (status)
			report(load, "failed", status, sentence);
	}
	return status;
}

/* The step that is a command for a shell and must succeed; NULL: none is. */
static const struct plan_step *find_install(const struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->n; i++)
		if (plan->v[i].verb == PLAN_INSTALL_COMMAND && !plan->v[i].soft)
			return &plan->v[i];
	return NULL;
}

static bool is_our_mask(const struct load *load, const struct modprobed_line *line, const char *name)
{
	return line && !strcmp(line->file, CONFEDIT_MODPROBE) &&
	       modprobed_install_masks(&load->facts.conf, name);
}

/* No shell is run here: the line is shown, with the two ways on. */
static void refuse_install(struct load *load, const struct plan_step *step)
{
	const struct modprobed_line *line =
		modprobed_find(&load->facts.conf, MODPROBED_INSTALL, step->name);

	if (is_our_mask(load, line, step->name)) {
		report(load, "failed", STATUS_FAILED,
		       say(_("%s is masked (/%s, line %u); kmodtui unmask %s takes the mask away."), step->name,
			   line->file, line->line, step->name));
		return;
	}
	report(load, "failed", STATUS_FAILED,
	       line ? say(_("/%s, line %u, has this run instead of loading %s: \"%s\". Take the line out, or let modprobe run it with --run-install."),
			  line->file, line->line, step->name, step->detail) :
		      say(_("The configuration has this run instead of loading %s: \"%s\". Take that out, or let modprobe run it with --run-install."),
			  step->name, step->detail));
}

/* What the line did is known only by looking: it may have loaded the module, something else, or nothing. */
static void report_install(struct load *load, int status)
{
	struct modlist live = MODLIST_INIT;
	bool there;

	act_listen(&load->act);
	procmods_read(&load->act.cli->root, &live);
	there = facts_find_live(&live, load->facts.name);
	modlist_release(&live);
	if (status)
		report(load, "failed", STATUS_FAILED,
		       say(_("modprobe ran the line and ended with status %d; what it printed stands above."), status));
	else if (!there)
		report(load, "ran", STATUS_DONE,
		       say(_("modprobe ran the line; %s is not loaded."), load->facts.name));
	else
		report(load, "loaded", STATUS_DONE, NULL);
	if (there)
		record_step(load->act.cli, true, load->facts.name, buf_str(&load->options));
}

/* modprobe puts options into the line as they are, and a shell reads it: nothing that means something to one. */
static bool are_plain(int argc, char **words)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_=.,:/+-";
	int i;

	for (i = 0; i < argc; i++)
		if (words[i][strspn(words[i], plain)])
			return false;
	return true;
}

static void run_install(struct load *load, int argc, char **words)
{
	int status, err;

	if (!are_plain(argc, words)) {
		report(load, "failed", STATUS_USAGE,
		       xstrdup(_("modprobe hands parameters to a shell when it runs an install line: only letters, digits and _=.,:/+- are taken with --run-install.")));
		return;
	}
	err = modprobe_run(load->facts.name, argc, words, &status);
	if (err)
		report(load, "failed", STATUS_FAILED, err == -ENOENT ?
		       xstrdup(_("modprobe is not installed; it comes with the package kmod.")) :
		       say(_("modprobe could not be run: %s."), strerror(-err)));
	else
		report_install(load, status);
}

/* Why the plan could not be made. */
static void report_failure(struct load *load, int err)
{
	struct why_case why = { .action = WHY_LOAD, .error = -err };
	struct act_result row = { load->facts.name, "failed", STATUS_FAILED, -err, NULL };

	row.sentence = act_why(&load->act, load->facts.name, &why, &row.status);
	act_result(&load->act, &row);
}

static void insert(struct load *load)
{
	const struct step step = {
		.lib = load->facts.lib, .name = load->facts.name, .what = load->what,
		.options = buf_str(&load->options),
		.vermagic = load->facts.n_infos ? info_find(&load->facts.infos[0], "vermagic") : NULL,
	};

	step_load(&load->act, &step);
}

/* There already: nothing is done, and parameters that were given can not take effect. */
static bool is_there(struct load *load, bool with_options)
{
	const struct modprobed_line *alias = modprobed_find(&load->facts.conf, MODPROBED_ALIAS, load->what);
	const char *remark;

	if (load->facts.module && !load->facts.n_infos && alias) {
		report(load, "already", STATUS_DONE,
		       say(_("It is loaded already. By this name it could not be loaded: /%s, line %u, has it stand for %s, which is no module."),
			   alias->file, alias->line, alias->rest));
		return true;
	}
	if (load->facts.module)
		remark = with_options ?
			 _("It is loaded already; its parameters stay as they are.") :
			 _("It is loaded already.");
	else if (load->facts.builtin)
		remark = _("It is built into the kernel.");
	else
		return false;
	report(load, "already", STATUS_DONE, xstrdup(remark));
	return true;
}

static void carry_out(struct load *load, int argc, char **words)
{
	const struct plan_step *install = find_install(&load->plan);
	const struct options *options = load->act.cli->options;

	if (install && !options->run_install)
		refuse_install(load, install);
	else if (options->dry_run)
		report(load, "planned", STATUS_DONE,
		       xstrdup(_("Nothing was loaded: this was only the plan.")));
	else if (install)
		run_install(load, argc, words);
	else
		insert(load);
}

static void plan_and_insert(struct load *load, int argc, char **words)
{
	int err;

	err = kmod_deps_plan_load(load->facts.lib, load->what, buf_str(&load->options),
				  &load->facts.live, &load->plan);
	if (err == -EPERM) {
		report(load, "failed", STATUS_FAILED,
		       say(_("Every module that %s stands for is blacklisted in modprobe.d. Name the module itself to load it."),
			   load->what));
		return;
	}
	if (err) {
		report_failure(load, err);
		return;
	}
	act_plan(&load->act, &load->plan);
	carry_out(load, argc, words);
}

/* There is no such module, but modprobe would run a line for the name. */
static bool has_line(struct load *load)
{
	if (strchr(load->what, '/') || !load->facts.lib ||
	    kmod_deps_plan_load(load->facts.lib, load->what, NULL, &load->facts.live, &load->plan) ||
	    !find_install(&load->plan))
		return false;
	act_plan(&load->act, &load->plan);
	return true;
}

static void load_module(struct load *load, int argc, char **argv)
{
	char *sentence = NULL;
	enum status status;

	if (!strpbrk(load->what, "/.:") && !util_name_valid(load->what)) {
		report(load, "failed", STATUS_NOT_FOUND,
		       xstrdup(_("This is not the name of a module.")));
		return;
	}
	status = patience_probe(load->act.cli, load->what, &sentence);
	if (!status)
		status = facts_probe(&load->facts, &load->act.cli->root, load->what, &sentence);
	if (status == STATUS_NOT_FOUND && has_line(load)) {
		free(sentence);
		carry_out(load, argc, argv);
	} else if (status)
		report(load, "failed", status, sentence);
	else if (check_options(load, argc, argv) || is_there(load, argc > 0))
		return;
	else
		plan_and_insert(load, argc, argv);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct load load = { .what = argv[0], .plan = PLAN_INIT };
	enum status status;

	act_begin(&load.act, cli);
	load_module(&load, argc - 1, argv + 1);
	status = act_end(&load.act);
	plan_release(&load.plan);
	buf_release(&load.options);
	facts_release(&load.facts);
	return status;
}

const struct command cmd_load = {
	.name = "load",
	.arguments = "NAME|FILE [PARAM=VALUE...]",
	.summary = N_("Loads a module with what it needs."),
	.options = "rollback dry-run run-install timeout",
	.min_args = 1,
	.max_args = -1,
	.flags = COMMAND_CHANGES | COMMAND_LIVE,
	.run = run,
};
