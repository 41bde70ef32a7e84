/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/act.h"

#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strv.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/logline.h"
#include "cli/out.h"
#include "cli/rollback.h"
#include "kernel/host.h"
#include "model/logring.h"
#include "model/plan.h"

#define INDENT 4

void act_begin(struct act *act, struct cli *cli)
{
	memset(act, 0, sizeof(*act));
	act->cli = cli;
	act->result = "done";
	if (cli->options->json) {
		act->plan = json_object_new_array();
		act->results = json_object_new_array();
		act->carries = json_object_new_array();
		act->opens = json_object_new_array();
	}
	host_read_policy(&cli->root, &act->policy);
	if (!cli->options->dry_run)
		heard_begin(&act->heard, &cli->root);
}

void act_mark(struct act *act)
{
	heard_mark(&act->heard);
}

void act_listen(struct act *act)
{
	heard_listen(&act->heard);
}

char *act_why(struct act *act, const char *name, struct why_case *why, enum status *status)
{
	char *cause = heard_cause(&act->heard, name), *sentence;

	why->log = cause;
	*status = why_status(why, &act->policy);
	sentence = why_sentence(why, &act->policy);
	why->log = NULL;
	free(cause);
	return sentence;
}

/* What is only recommended is not worth a shell: it is left out where modprobe would run its install line. */
static const char *step_word(const struct plan_step *step)
{
	return step->verb == PLAN_INSTALL_COMMAND && step->soft ? "skip" : plan_verb_name(step->verb);
}

void act_plan(struct act *act, const struct plan *plan)
{
	struct json_object *step;
	size_t i;

	for (i = 0; i < plan->n; i++) {
		if (!act->plan) {
			out_printf("%-7s ", step_word(&plan->v[i]));
			out_text(plan->v[i].name, 0);
			out_printf("%s", plan->v[i].detail ? " " : "");
			out_text(plan->v[i].detail ? plan->v[i].detail : "", INDENT);
			out_printf("\n");
			continue;
		}
		step = json_object_new_object();
		json_object_object_add(step, "action",
				       out_json_string(plan_verb_name(plan->v[i].verb)));
		json_object_object_add(step, "name", out_json_string(plan->v[i].name));
		json_object_object_add(step, "detail", out_json_string(plan->v[i].detail));
		json_object_array_add(act->plan, step);
	}
	/* A load can take long: the plan is to be seen before it. */
	out_flush();
}

/* The result with the highest status stands for all; of equal ones the first failure, the last success. */
static void keep_result(struct act *act, const struct act_result *result)
{
	if (result->status < act->status || (result->status && result->status == act->status))
		return;
	act->status = result->status;
	act->result = result->result;
	act->error = result->error;
	free(act->sentence);
	act->sentence = xstrdup(result->sentence);
}

static struct json_object *error_json(int error)
{
	return error ? json_object_new_int(error) : NULL;
}

static struct json_object *names_json(const struct strv *names)
{
	struct json_object *array = json_object_new_array();
	size_t i;

	for (i = 0; i < names->n; i++)
		json_object_array_add(array, out_json_string(names->v[i]));
	return array;
}

static void print_success(const struct act_result *result)
{
	out_text(result->name, 0);
	if (result->sentence) {
		out_printf(": ");
		out_text(result->sentence, INDENT);
	} else {
		out_printf(": %s", result->result);
	}
	out_printf("\n");
}

void act_result_lost(struct act *act, struct act_result *result, const struct strv *lost)
{
	struct json_object *row;

	keep_result(act, result);
	if (result->status && !act->silent)
		out_error(result->status, result->name, "%s", result->sentence);
	if (act->results) {
		row = json_object_new_object();
		json_object_object_add(row, "name", out_json_string(result->name));
		json_object_object_add(row, "result", out_json_string(result->result));
		json_object_object_add(row, "errno", error_json(result->error));
		json_object_object_add(row, "sentence", out_json_string(result->sentence));
		if (lost && lost->n)
			json_object_object_add(row, "lost", names_json(lost));
		json_object_array_add(act->results, row);
	} else if (!result->status && !act->silent) {
		print_success(result);
	}
	free(result->sentence);
	result->sentence = NULL;
}

void act_result(struct act *act, struct act_result *result)
{
	act_result_lost(act, result, NULL);
}

struct json_object *act_log_json(const struct act *act)
{
	struct json_object *array = json_object_new_array(), *record;
	size_t i;

	for (i = 0; i < act->heard.n; i++) {
		record = json_object_new_object();
		logline_fill(record, &act->heard.v[i], NULL);
		json_object_array_add(array, record);
	}
	return array;
}

static void print_report(struct act *act)
{
	struct json_object *object = out_json_new();

	json_object_object_add(object, "plan", act->plan);
	json_object_object_add(object, "result", out_json_string(act->result));
	json_object_object_add(object, "errno", error_json(act->error));
	json_object_object_add(object, "sentence", out_json_string(act->sentence));
	json_object_object_add(object, "modules", act->results);
	json_object_object_add(object, "carries", act->carries);
	json_object_object_add(object, "opens", act->opens);
	json_object_object_add(object, "rollback", rollback_json(act->cli));
	json_object_object_add(object, "log", act_log_json(act));
	out_json(object);
}

enum status act_end(struct act *act)
{
	size_t i;

	bool text = !act->plan && !act->silent;

	if (act->results && !act->silent) {
		print_report(act);
	} else {
		json_object_put(act->plan);
		json_object_put(act->carries);
		json_object_put(act->opens);
		json_object_put(act->results);
	}
	for (i = 0; text && i < act->heard.n; i++)
		logline_print(&act->heard.v[i], INDENT, NULL);
	if (text)
		rollback_print(act->cli);
	free(act->sentence);
	heard_release(&act->heard);
	policy_release(&act->policy);
	return act->status;
}
