/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui unload: takes modules out of the running kernel, on request with their users. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/act.h"
#include "cli/care.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "cli/patience.h"
#include "cli/say.h"
#include "cli/step.h"
#include "kernel/kmod_deps.h"
#include "model/plan.h"

/* Stops at the first failure: the modules behind it in the plan are in use then. */
static void run_plan(struct act *act, struct kmod_lib *lib, const struct plan *plan)
{
	struct step step = { .lib = lib };
	size_t i;

	for (i = 0; i < plan->n; i++) {
		if (plan->v[i].verb != PLAN_UNLOAD)
			continue;
		step.name = plan->v[i].name;
		if (step_unload(act, &step))
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
		step_report(act, name, "failed", STATUS_FAILED,
			    say(_("The plan can not be made: %s."), strerror(-err)));
		goto out_release;
	}
	act_plan(act, &plan);
	if (care_check(act, name, &facts->live, &plan))
		goto out_release;
	if (options->dry_run)
		step_report(act, name, "planned", STATUS_DONE,
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

	if (!util_name_live(name)) {
		step_report(act, name, "failed", STATUS_NOT_FOUND,
			    xstrdup(_("This is not the name of a module.")));
		return;
	}
	status = patience_probe(act->cli, name, &sentence);
	if (!status)
		status = facts_read(&facts, &act->cli->root, name, &sentence);
	if (status)
		step_report(act, name, "failed", status, sentence);
	else if (facts.module)
		plan_and_run(act, &facts, facts.module->name);
	else if (facts.builtin)
		step_report(act, name, "failed", STATUS_FAILED,
			    xstrdup(_("It is built into the kernel and can not be unloaded.")));
	else if ((status = facts_not_loaded(&facts, &act->cli->root, &sentence)))
		step_report(act, name, "failed", status, sentence);
	else
		step_report(act, name, "already", STATUS_DONE, xstrdup(_("It is not loaded.")));
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
	.options = "users even-if-carrying allow-open rollback dry-run timeout",
	.min_args = 1,
	.max_args = -1,
	.flags = COMMAND_CHANGES | COMMAND_LIVE,
	.run = run,
};
