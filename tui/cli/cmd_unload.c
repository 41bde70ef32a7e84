/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui unload: takes modules out of the running kernel, on request with their users. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

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
#include "kernel/kmod_load.h"
#include "kernel/procmods.h"
#include "model/holding.h"
#include "model/plan.h"

static enum status report(struct act *act, const char *name, const char *result,
			  enum status status, char *sentence)
{
	struct act_result row = { name, result, status, 0, sentence };

	act_result(act, &row);
	return status;
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
static enum status report_failure(struct act *act, const char *name, int err)
{
	struct why_case why = { .action = WHY_UNLOAD, .error = -err };
	struct act_result row = { name, "failed", STATUS_FAILED, -err, NULL };
	struct modlist live = MODLIST_INIT;
	const struct module *module;
	char *users = NULL;
	bool known;

	known = procmods_read(&act->cli->root, &live) == 0;
	module = facts_find_live(&live, name);
	if (known && !module) {
		modlist_release(&live);
		return report(act, name, "already", STATUS_DONE,
			      xstrdup(_("It is gone already.")));
	}
	if (module && module->users.n)
		users = strv_join(&module->users, ", ");
	why.users = users;
	row.sentence = act_why(act, name, &why, &row.status);
	if (module && !module->users.n && row.status == STATUS_BUSY)
		name_holders(act, module, &row.sentence);
	act_result(act, &row);
	free(users);
	modlist_release(&live);
	return row.status;
}

static enum status remove_one(struct act *act, struct kmod_lib *lib, const char *name)
{
	struct modlist live = MODLIST_INIT;
	bool still_there;
	int err;

	err = kmod_load_remove(lib, name);
	act_listen(act);
	if (err)
		return report_failure(act, name, err);
	still_there = procmods_read(&act->cli->root, &live) == 0 && facts_find_live(&live, name);
	modlist_release(&live);
	if (still_there)
		return report(act, name, "failed", STATUS_FAILED,
			      xstrdup(_("The kernel took it out, but it is there again: something loaded it meanwhile.")));
	return report(act, name, "unloaded", STATUS_DONE, NULL);
}

/* Stops at the first failure: the modules behind it in the plan are in use then. */
static void run_plan(struct act *act, struct kmod_lib *lib, const struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->n; i++) {
		if (plan->v[i].verb != PLAN_UNLOAD)
			continue;
		if (remove_one(act, lib, plan->v[i].name))
			return;
	}
}

static void plan_and_run(struct act *act, struct facts *facts, const char *name)
{
	const struct options *options = act->cli->options;
	struct plan plan = PLAN_INIT;
	int err;

	err = kmod_deps_plan_unload(facts->lib, name, options->users, &facts->live, &plan);
	if (err) {
		report(act, name, "failed", STATUS_FAILED,
		       say(_("The plan can not be made: %s."), strerror(-err)));
		goto out_release;
	}
	act_plan(act, &plan);
	if (options->dry_run)
		report(act, name, "planned", STATUS_DONE,
		       xstrdup(_("Nothing was unloaded: this was only the plan.")));
	else
		run_plan(act, facts->lib, &plan);
out_release:
	plan_release(&plan);
}

static void unload(struct act *act, const char *name)
{
	struct facts facts = FACTS_INIT;
	enum status status;
	char *sentence;

	if (!util_name_valid(name)) {
		report(act, name, "failed", STATUS_NOT_FOUND,
		       xstrdup(_("This is not the name of a module.")));
		return;
	}
	status = facts_read(&facts, &act->cli->root, name, &sentence);
	if (status)
		report(act, name, "failed", status, sentence);
	else if (facts.module)
		plan_and_run(act, &facts, facts.module->name);
	else if (facts.builtin)
		report(act, name, "failed", STATUS_FAILED,
		       xstrdup(_("It is built into the kernel and can not be unloaded.")));
	else
		report(act, name, "already", STATUS_DONE, xstrdup(_("It is not loaded.")));
	facts_release(&facts);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct act act;
	int i;

	act_begin(&act, cli);
	for (i = 0; i < argc; i++)
		unload(&act, argv[i]);
	return act_end(&act);
}

const struct command cmd_unload = {
	.name = "unload",
	.arguments = "NAME...",
	.summary = N_("Unloads modules."),
	.options = "users dry-run",
	.min_args = 1,
	.max_args = -1,
	.flags = COMMAND_CHANGES | COMMAND_LIVE,
	.run = run,
};
