/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/swap.h"

#include <stdlib.h>
#include <string.h>

#include "cli/act.h"
#include "cli/care.h"
#include "cli/say.h"
#include "cli/step.h"
#include "kernel/root.h"
#include "model/plan.h"

void swap_keep(struct swap *swap, struct facts *facts)
{
	swap_release(swap);
	swap->old = *facts;
	swap->has = true;
	*facts = (struct facts)FACTS_INIT;
}

void swap_release(struct swap *swap)
{
	if (swap->has)
		facts_release(&swap->old);
	swap->has = false;
}

bool swap_is_loaded(const struct root *root, const struct facts *facts)
{
	const char *said = facts->n_infos ? info_find(&facts->infos[0], "srcversion") : NULL;
	char *loaded = NULL, *path = say("sys/module/%s/srcversion", facts->name);
	bool same;

	root_read_line(root, path, &loaded);
	same = said && loaded && !strcmp(said, loaded);
	free(loaded);
	free(path);
	return same;
}

/* One stands on it, or somebody has it open. */
static enum status check_care(struct act *act, struct facts *facts)
{
	struct plan plan = PLAN_INIT;
	enum status status = STATUS_DONE;

	plan_push(&plan, PLAN_UNLOAD, facts->name, NULL);
	if (facts->module)
		status = care_check(act, facts->name, &facts->live, &plan);
	plan_release(&plan);
	return status;
}

enum status swap_run(struct act *act, struct facts *facts, const struct step *step, bool *gone)
{
	enum status status = check_care(act, facts);

	if (!status && facts->module)
		status = step_unload(act, step);
	*gone = !status && facts->module;
	return status ? status : step_load(act, step);
}

enum status swap_back(struct swap *swap, struct act *act, struct facts *facts, const char *file,
		      const char *options)
{
	struct step step = {
		.lib = swap->has ? swap->old.lib : facts->lib, .name = facts->name,
		.what = swap->has ? file : facts->name, .options = options, .carried = true,
	};

	return step_load(act, &step);
}
