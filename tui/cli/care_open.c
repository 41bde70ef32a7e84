/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an unload would come to: no exit function, or a crash of those who have something open. */
#include <json.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/util.h"
#include "cli/act.h"
#include "cli/care.h"
#include "cli/cli.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "cli/say.h"
#include "cli/step.h"
#include "kernel/holders.h"
#include "kernel/procmods.h"
#include "model/module.h"
#include "model/plan.h"
#include "model/uncounted.h"

static struct json_object *open_json(const struct uncounted_entry *entry)
{
	struct json_object *object = json_object_new_object();
	char *sentence = uncounted_sentence(entry);

	json_object_object_add(object, "module", out_json_string(entry->module));
	json_object_object_add(object, "pid", entry->pid ? json_object_new_int64(entry->pid) : NULL);
	json_object_object_add(object, "name", out_json_string(entry->name));
	json_object_object_add(object, "what", out_json_string(entry->what));
	json_object_object_add(object, "sentence", out_json_string(sentence));
	free(sentence);
	return object;
}

static void tell(struct act *act, const struct uncounted *list)
{
	char *sentence;
	size_t i;

	for (i = 0; i < list->n; i++) {
		if (act->opens) {
			json_object_array_add(act->opens, open_json(&list->v[i]));
			continue;
		}
		sentence = uncounted_sentence(&list->v[i]);
		out_text(sentence, 0);
		out_printf("\n");
		free(sentence);
	}
	out_flush();
}

/* The first of the plan that was made to stay; NULL: none. */
static const struct module *find_permanent(const struct modlist *live, const struct plan *plan)
{
	const struct module *module;
	size_t i;

	for (i = 0; i < plan->n; i++) {
		module = plan->v[i].verb == PLAN_UNLOAD ? facts_find_live(live, plan->v[i].name) : NULL;
		if (module && module->permanent)
			return module;
	}
	return NULL;
}

static enum status refuse_permanent(struct act *act, const char *name, const struct module *module)
{
	bool dry_run = act->cli->options->dry_run;

	return step_report(act, name, dry_run ? "planned" : "failed", dry_run ? STATUS_DONE : STATUS_BUSY,
			   say(_("%s has no exit function and can not be unloaded: only the next start of the machine removes it."),
			       module->name));
}

static enum status refuse_open(struct act *act, const char *name, const struct uncounted *list)
{
	char *sentence = uncounted_sentence(&list->v[0]);
	enum status status;

	status = step_report(act, name, "failed", STATUS_BUSY,
			     say(_("%s %s stays loaded: end that first; with --allow-open it is unloaded all the same."),
				 sentence, list->v[0].module));
	free(sentence);
	return status;
}

enum status care_open(struct act *act, const char *name, const struct modlist *live, const struct plan *plan)
{
	const struct module *permanent = find_permanent(live, plan);
	const struct options *options = act->cli->options;
	struct uncounted list = UNCOUNTED_INIT;
	enum status status = STATUS_DONE;

	if (permanent)
		return refuse_permanent(act, name, permanent);
	holders_uncounted(&act->cli->root, live, plan, &list);
	if (list.n && (act->opens || options->dry_run || options->allow_open))
		tell(act, &list);
	if (list.n && !options->dry_run && !options->allow_open)
		status = refuse_open(act, name, &list);
	uncounted_release(&list);
	return status;
}

enum status care_open_step(struct act *act, const char *name)
{
	struct modlist live = MODLIST_INIT;
	struct plan plan = PLAN_INIT;
	struct uncounted list = UNCOUNTED_INIT;
	enum status status = STATUS_DONE;
	const struct module *permanent;

	if (act->cli->options->allow_open)
		return STATUS_DONE;
	procmods_read(&act->cli->root, &live);
	plan_push(&plan, PLAN_UNLOAD, name, NULL);
	permanent = find_permanent(&live, &plan);
	holders_uncounted(&act->cli->root, &live, &plan, &list);
	if (permanent)
		status = refuse_permanent(act, name, permanent);
	else if (list.n)
		status = refuse_open(act, name, &list);
	uncounted_release(&list);
	plan_release(&plan);
	modlist_release(&live);
	return status;
}
