/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/care.h"

#include <json.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/act.h"
#include "cli/cli.h"
#include "cli/out.h"
#include "cli/say.h"
#include "cli/step.h"
#include "kernel/carry.h"
#include "model/plan.h"

struct json_object *care_json(const struct carrying_entry *entry)
{
	struct json_object *object = json_object_new_object();
	char *sentence = carrying_sentence(entry);

	json_object_object_add(object, "module", out_json_string(entry->module));
	json_object_object_add(object, "kind", out_json_string(carrying_kind_name(entry->kind)));
	json_object_object_add(object, "what", out_json_string(entry->what));
	json_object_object_add(object, "user", out_json_string(entry->user));
	json_object_object_add(object, "sentence", out_json_string(sentence));
	free(sentence);
	return object;
}

/* Each module of the plan that carries something. */
static void tell(struct act *act, const struct carrying *list, const struct plan *plan)
{
	const struct carrying_entry *entry;
	char *sentence;
	size_t i;

	for (i = 0; i < plan->n; i++) {
		entry = plan->v[i].verb == PLAN_UNLOAD ? carrying_find(list, plan->v[i].name) : NULL;
		if (!entry)
			continue;
		if (act->carries) {
			json_object_array_add(act->carries, care_json(entry));
			continue;
		}
		sentence = carrying_sentence(entry);
		out_text(sentence, 0);
		out_printf("\n");
		free(sentence);
	}
	out_flush();
}

enum status care_check(struct act *act, const char *name, const struct modlist *live,
		       const struct plan *plan)
{
	const struct options *options = act->cli->options;
	struct carrying list = CARRYING_INIT;
	const struct carrying_entry *entry;
	enum status status = STATUS_DONE;
	char *sentence;

	carry_look(&act->cli->root, live, &list);
	entry = carrying_in_plan(&list, plan);
	if (entry && (act->carries || options->dry_run || options->even_if_carrying))
		tell(act, &list, plan);
	if (entry && !options->dry_run && !options->even_if_carrying) {
		sentence = carrying_sentence(entry);
		status = step_report(act, name, "failed", STATUS_BUSY,
				     say(_("%s Nothing was unloaded; with --even-if-carrying it is unloaded all the same."),
					 sentence));
		free(sentence);
	}
	carrying_release(&list);
	return status ? status : care_open(act, name, live, plan);
}
