/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui load: puts a module and what it needs into the running kernel. */
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/act.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "cli/say.h"
#include "kernel/kmod_deps.h"
#include "kernel/kmod_info.h"
#include "kernel/kmod_load.h"
#include "kernel/modindex.h"
#include "kernel/procmods.h"
#include "model/info.h"
#include "model/param.h"
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

/* These two every module has without declaring them. */
static bool is_general(const char *word)
{
	return !strncmp(word, "dyndbg=", 7) || !strncmp(word, "async_probe=", 12);
}

/* The kernel takes a value with blanks between double quotes and has no way to escape one. */
static enum status add_option(struct load *load, const char *name, const char *value,
			      char **sentence)
{
	const char *quote = value[strcspn(value, " \t")] ? "\"" : "";

	if (strchr(value, '"')) {
		*sentence = say(_("The value of %s has a double quote in it, which the kernel can not be given at load."),
				name);
		return STATUS_USAGE;
	}
	if (strpbrk(value, "\n\v\f\r")) {
		*sentence = say(_("The value of %s has a line end in it, which the kernel can not be given at load."),
				name);
		return STATUS_USAGE;
	}
	buf_printf(&load->options, "%s%s=%s%s%s", load->options.len ? " " : "", name, quote,
		   value, quote);
	return STATUS_DONE;
}

static enum status unknown_param(struct load *load, const char *word, char **sentence)
{
	char *names = facts_param_names(&load->facts);

	if (*names)
		*sentence = say(_("It has no parameter %.*s; its parameters are: %s."),
				(int)strcspn(word, "="), word, names);
	else
		*sentence = say(_("It has no parameter %.*s; it has no parameters at all."),
				(int)strcspn(word, "="), word);
	free(names);
	return STATUS_USAGE;
}

static enum status check_option(struct load *load, const char *word, char **sentence)
{
	const char *value;
	struct param *param;
	enum status status;
	char *why = NULL;

	status = facts_split(&load->facts, word, &param, &value, sentence);
	if (status)
		return status;
	if (!param && !is_general(word))
		return unknown_param(load, word, sentence);
	if (param && param_check(param, value, &why)) {
		*sentence = say(_("%s=%s: %s"), param->name, value, why);
		free(why);
		return STATUS_USAGE;
	}
	if (param)
		return add_option(load, param->name, value, sentence);
	return add_option(load, *word == 'd' ? "dyndbg" : "async_probe", value, sentence);
}

static enum status check_options(struct load *load, int argc, char **words)
{
	enum status status = STATUS_DONE;
	char *sentence = NULL;
	int i;

	for (i = 0; i < argc && !status; i++) {
		status = check_option(load, words[i], &sentence);
		if (status)
			report(load, "failed", status, sentence);
	}
	return status;
}

/* The line of modprobe.d that makes the step @name an install command. */
static const struct modprobed_line *install_line(const struct modprobed *conf, const char *name)
{
	size_t i;

	for (i = 0; i < conf->n; i++)
		if (conf->v[i].kind == MODPROBED_INSTALL &&
		    fnmatch(conf->v[i].name, name, 0) == 0)
			return &conf->v[i];
	return NULL;
}

/* An install line is a command for a shell, and none is run here: shown and refused. */
static enum status check_install(struct load *load)
{
	const struct modprobed_line *line;
	const struct plan_step *step;
	size_t i;

	for (i = 0; i < load->plan.n; i++) {
		step = &load->plan.v[i];
		if (step->verb != PLAN_INSTALL_COMMAND)
			continue;
		line = install_line(&load->facts.conf, step->name);
		return report(load, "failed", STATUS_FAILED,
			      line ? say(_("/%s, line %u, has this run instead of loading %s: \"%s\". No such line is run here: take it out, or use modprobe."),
					 line->file, line->line, step->name, step->detail) :
				     say(_("The configuration has this run instead of loading %s: \"%s\". No such line is run here: take it out, or use modprobe."),
					 step->name, step->detail));
	}
	return STATUS_DONE;
}

/* vermagic of the kernel, as one of its own modules says it; NULL: not known.  The caller frees. */
static char *kernel_vermagic(struct load *load)
{
	struct modlist index = MODLIST_INIT;
	struct info *infos = NULL;
	char *vermagic = NULL;
	size_t i = 0, n = 0;

	modindex_read(&load->act.cli->root, &index);
	while (i < index.n && index.v[i].index_state != MODULE_DISK)
		i++;
	if (i < index.n && kmod_info_read(load->facts.lib, index.v[i].name, &infos, &n) == 0)
		vermagic = xstrdup(info_find(&infos[0], "vermagic"));
	for (i = 0; i < n; i++)
		info_release(&infos[i]);
	free(infos);
	modlist_release(&index);
	return vermagic;
}

static void report_failure(struct load *load, int err, const char *failed)
{
	struct why_case why = { .action = WHY_LOAD, .error = -err };
	struct act_result row = { load->facts.name, "failed", STATUS_FAILED, -err, NULL };
	char *vermagic = kernel_vermagic(load), *sentence;

	why.kernel_vermagic = vermagic;
	if (!failed && load->facts.n_infos)
		why.vermagic = info_find(&load->facts.infos[0], "vermagic");
	row.sentence = act_why(&load->act, failed ? failed : load->facts.name, &why, &row.status);
	if (failed) {
		sentence = row.sentence;
		row.sentence = say(_("It needs %s, which did not load: %s"), failed, sentence);
		free(sentence);
	}
	act_result(&load->act, &row);
	free(vermagic);
}

/* What the kernel says now is the truth, not what the call returned. */
static bool is_live(struct load *load, bool *known)
{
	struct modlist live = MODLIST_INIT;
	bool there;

	*known = procmods_read(&load->act.cli->root, &live) == 0;
	there = facts_find_live(&live, load->facts.name) != NULL;
	modlist_release(&live);
	return there;
}

static void insert(struct load *load)
{
	char *failed = NULL;
	bool known, live;
	int err;

	err = kmod_load_insert(load->facts.lib, load->what, buf_str(&load->options), &failed);
	act_listen(&load->act);
	live = is_live(load, &known);
	if (err && !live)
		report_failure(load, err, failed);
	else if (err)
		report(load, "already", STATUS_DONE,
		       xstrdup(_("Something else loaded it meanwhile.")));
	else if (known && !live)
		report(load, "failed", STATUS_FAILED,
		       xstrdup(_("The kernel took it, but it is not among the loaded modules now.")));
	else
		report(load, "loaded", STATUS_DONE, NULL);
	free(failed);
}

/* There already: nothing is done, and parameters that were given can not take effect. */
static bool is_there(struct load *load, bool with_options)
{
	const char *remark;

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

static void plan_and_insert(struct load *load)
{
	int err;

	err = kmod_deps_plan_load(load->facts.lib, load->what, buf_str(&load->options),
				  &load->facts.live, &load->plan);
	if (err == -ENOENT) {
		report(load, "failed", STATUS_FAILED,
		       say(_("Every module that %s stands for is blacklisted in modprobe.d. Name the module itself to load it."),
			   load->what));
		return;
	}
	if (err) {
		report_failure(load, err, NULL);
		return;
	}
	act_plan(&load->act, &load->plan);
	if (check_install(load))
		return;
	if (load->act.cli->options->dry_run)
		report(load, "planned", STATUS_DONE,
		       xstrdup(_("Nothing was loaded: this was only the plan.")));
	else
		insert(load);
}

static void load_module(struct load *load, int argc, char **argv)
{
	char *sentence = NULL;
	enum status status;

	if (!strchr(load->what, '/') && !strchr(load->what, '.') && !util_name_valid(load->what)) {
		report(load, "failed", STATUS_NOT_FOUND,
		       xstrdup(_("This is not the name of a module.")));
		return;
	}
	status = facts_read(&load->facts, &load->act.cli->root, load->what, &sentence);
	if (status)
		report(load, "failed", status, sentence);
	else if (check_options(load, argc, argv) || is_there(load, argc > 0))
		return;
	else
		plan_and_insert(load);
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
	.options = "dry-run",
	.min_args = 1,
	.max_args = -1,
	.flags = COMMAND_CHANGES | COMMAND_LIVE,
	.run = run,
};
