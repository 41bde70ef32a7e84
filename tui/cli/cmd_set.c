/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui set: writes parameters of a live module and reads back what the kernel kept. */
#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "cli/act.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "cli/patience.h"
#include "cli/record.h"
#include "cli/rollback.h"
#include "cli/say.h"
#include "cli/step.h"
#include "kernel/paramread.h"
#include "model/param.h"

/* One PARAM=VALUE on its way. */
struct change {
	const char *word;
	struct param *param;		/* NULL: no such one */
	const char *value;
	char *after;			/* read back; NULL: unreadable, or not written */
	bool written;
	enum status status;
	char *sentence;			/* NULL: fine */
};

static enum status check_param(const struct cli *cli, const struct facts *facts, struct change *change)
{
	const struct param *param = change->param;
	char *names, *why;

	if (!param) {
		names = facts_param_names(facts);
		change->sentence = say(_("It has no parameter %.*s; its parameters are: %s."),
				       (int)strcspn(change->word, "="), change->word,
				       *names ? names : _("none"));
		free(names);
		return STATUS_USAGE;
	}
	if (!param->in_sysfs || !param_writable(param)) {
		change->sentence = say(_("The parameter %s is fixed at load time. To change it, unload the module and load it with %s=%s."),
				       param->name, param->name, change->value);
		return STATUS_DENIED;
	}
	if (param_check(param, change->value, &why)) {
		change->sentence = say(_("%s=%s: %s"), param->name, change->value, why);
		free(why);
		return STATUS_USAGE;
	}
	if (cli->options->rollback && !param->value) {
		change->sentence = say(_("The value of %s can not be read, so that it could not be rolled back; nothing was written."),
				       param->name);
		return STATUS_FAILED;
	}
	return STATUS_DONE;
}

static bool has_sysfs(const struct facts *facts)
{
	size_t i;

	for (i = 0; i < facts->params.n; i++)
		if (facts->params.v[i].in_sysfs)
			return true;
	return false;
}

/* Nothing is written unless all of them are good. */
static enum status check(const struct cli *cli, struct facts *facts, struct change *changes, int n)
{
	enum status worst = STATUS_DONE;
	struct change *change;
	int i;

	for (i = 0; i < n; i++) {
		change = &changes[i];
		change->status = facts_split(facts, change->word, &change->param, &change->value,
					     &change->sentence);
		if (!change->status && !facts->module && !has_sysfs(facts)) {
			change->status = STATUS_NOT_FOUND;
			change->sentence = xstrdup(_("It is not loaded, so it has no parameters that could be written now."));
		}
		if (!change->status)
			change->status = check_param(cli, facts, change);
		worst = change->status > worst ? change->status : worst;
	}
	return worst;
}

/* Somebody else may be writing by now. */
static void read_back(const struct act *act, const char *module, struct change *change)
{
	const char *param = change->param->name;
	int err;

	err = paramread_value(&act->cli->root, module, param, &change->after, FACTS_WAIT_MS);
	if (err == -ETIMEDOUT && !change->sentence)
		change->sentence = say(_("%s was written, but could not be read back within %d seconds: what the module made of it is not known."),
				       param, FACTS_WAIT_MS / 1000);
}

static void write_one(struct act *act, const struct facts *facts, struct change *change)
{
	int err = step_write(act, facts->name, change->param->name, change->value);
	struct why_case why = { .action = WHY_SET, .error = -err, .late = act->late };

	change->written = true;
	if (err)
		change->sentence = act_why(act, facts->name, &why, &change->status);
	/* The kernel has one lock for all parameters of a module: reading would hang, too. */
	if (act->late != WHY_HANGS)
		read_back(act, facts->name, change);
	if (!err)
		record_param(act->cli, facts->name,
			     (const char *const []){ change->param->name, change->param->value,
						     change->after });
}

static void print_text(const char *name, const struct change *change)
{
	const char *before = change->param && change->param->value ? change->param->value : "-";
	const char *after = change->after ? change->after : "-";

	if (change->sentence)
		out_error(change->status, name, "%s", change->sentence);
	/* A failed write is worth a line only if it changed something all the same. */
	if (!change->written || (change->status && !strcmp(before, after)))
		return;
	out_printf("%s: ", change->param->name);
	out_text(before, 4);
	out_printf(" %s ", text_utf8() ? "\xe2\x86\x92" : "->");
	out_text(after, 4);
	out_printf("\n");
}

static struct json_object *change_json(const char *name, const struct change *change)
{
	struct json_object *row = json_object_new_object();
	const char *before = change->param ? change->param->value : NULL;
	char *word = xstrndup(change->word, strcspn(change->word, "="));

	if (change->sentence)
		out_error(change->status, name, "%s", change->sentence);
	json_object_object_add(row, "param",
			       out_json_string(change->param ? change->param->name : word));
	json_object_object_add(row, "old", out_json_string(before));
	json_object_object_add(row, "new",
			       out_json_string(change->written ? change->after : before));
	json_object_object_add(row, "error",
			       out_json_string(change->status ? change->sentence : NULL));
	free(word);
	return row;
}

static void print_json(struct act *act, const char *name, const struct change *changes, int n)
{
	struct json_object *object = out_json_new();
	int i;

	json_object_object_add(object, "name", out_json_string(name));
	for (i = 0; i < n; i++)
		json_object_array_add(act->results, change_json(name, &changes[i]));
	json_object_object_add(object, "results", act->results);
	json_object_object_add(object, "rollback", rollback_json(act->cli));
	json_object_object_add(object, "log", act_log_json(act));
	act->results = NULL;
	out_json(object);
}

/* A module that is not there: no parameter of it was set, and each says why. */
static enum status refuse(const struct cli *cli, char **argv, int argc, enum status status, char *sentence)
{
	struct json_object *object, *results, *row;
	char *name;
	int i;

	out_error(status, argv[0], "%s", sentence);
	if (cli->options->json) {
		object = out_json_new();
		results = json_object_new_array();
		for (i = 1; i < argc; i++) {
			row = json_object_new_object();
			name = xstrndup(argv[i], strcspn(argv[i], "="));
			json_object_object_add(row, "param", out_json_string(name));
			json_object_object_add(row, "old", NULL);
			json_object_object_add(row, "new", NULL);
			json_object_object_add(row, "error", out_json_string(sentence));
			json_object_array_add(results, row);
			free(name);
		}
		json_object_object_add(object, "name", out_json_string(argv[0]));
		json_object_object_add(object, "results", results);
		json_object_object_add(object, "rollback", rollback_json(cli));
		json_object_object_add(object, "log", json_object_new_array());
		out_json(object);
	}
	free(sentence);
	return status;
}

static enum status change_all(struct act *act, struct facts *facts, struct change *changes, int n)
{
	enum status worst;
	int i;

	worst = check(act->cli, facts, changes, n);
	for (i = 0; i < n && !worst; i++) {
		write_one(act, facts, &changes[i]);
		worst = changes[i].status > worst ? changes[i].status : worst;
	}
	if (act->cli->options->json) {
		print_json(act, facts->name, changes, n);
	} else {
		for (i = 0; i < n; i++)
			print_text(facts->name, &changes[i]);
	}
	for (i = 0; i < n; i++) {
		free(changes[i].after);
		free(changes[i].sentence);
	}
	return worst;
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct facts facts = FACTS_INIT;
	struct change *changes;
	enum status status;
	char *sentence;
	struct act act;
	int i, n = argc - 1;

	status = patience_probe(cli, argv[0], &sentence);
	if (!status)
		status = facts_read(&facts, &cli->root, argv[0], &sentence);
	if (status) {
		status = refuse(cli, argv, argc, status, sentence);
		facts_release(&facts);
		return status;
	}
	act_begin(&act, cli);
	changes = xcalloc((size_t)n, sizeof(*changes));
	for (i = 0; i < n; i++)
		changes[i].word = argv[1 + i];
	status = change_all(&act, &facts, changes, n);
	act_end(&act);
	free(changes);
	facts_release(&facts);
	return status;
}

const struct command cmd_set = {
	.name = "set",
	.arguments = "NAME PARAM=VALUE...",
	.summary = N_("Changes parameters of a loaded module."),
	.options = "rollback timeout",
	.min_args = 2,
	.max_args = -1,
	.flags = COMMAND_CHANGES | COMMAND_LIVE,
	.run = run,
};
