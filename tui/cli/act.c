/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/act.h"

#include <json.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/logline.h"
#include "cli/out.h"
#include "cli/rollback.h"
#include "kernel/host.h"
#include "model/logring.h"
#include "model/plan.h"

#define LISTEN_MS 20		/* how long the log is waited for when it stays silent */
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
	/* Without the right to read it the log stays empty; that is no failure of the action. */
	act->listening = !cli->options->dry_run &&
			 kmsg_open(&act->kmsg, &cli->root, KMSG_NOW) == 0;
}

/* True if something was there. */
static bool take_records(struct act *act)
{
	size_t before = act->n_log;
	struct logrec rec;

	while (kmsg_read(&act->kmsg, &rec) > 0) {
		if (act->n_log == act->size_log) {
			act->size_log = act->size_log ? act->size_log * 2 : 16;
			act->log = xrealloc(act->log, act->size_log, sizeof(*act->log));
		}
		act->log[act->n_log++] = rec;
	}
	return act->n_log > before;
}

void act_listen(struct act *act)
{
	struct pollfd poll_fd = { .fd = act->kmsg.fd, .events = POLLIN };

	if (!act->listening || take_records(act))
		return;
	if (poll(&poll_fd, 1, LISTEN_MS) > 0)
		take_records(act);
}

const char *act_related(const struct act *act, const char *name)
{
	const char *warning = NULL;
	const struct logrec *rec;
	size_t i;

	for (i = act->n_log; i-- > 0;) {
		rec = &act->log[i];
		if (!rec->text || rec->facility)
			continue;
		if (rec->module ? util_name_equal(rec->module, name) :
				  strstr(rec->text, name) != NULL)
			return rec->text;
		if (!warning && rec->level <= 4)
			warning = rec->text;
	}
	return warning;
}

char *act_why(struct act *act, const char *name, struct why_case *why, enum status *status)
{
	why->log = act_related(act, name);
	*status = why_status(why, &act->policy);
	return why_sentence(why, &act->policy);
}

void act_plan(struct act *act, const struct plan *plan)
{
	struct json_object *step;
	size_t i;

	for (i = 0; i < plan->n; i++) {
		if (!act->plan) {
			out_printf("%-7s ", plan_verb_name(plan->v[i].verb));
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

void act_result(struct act *act, struct act_result *result)
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
		json_object_array_add(act->results, row);
	} else if (!result->status && !act->silent) {
		print_success(result);
	}
	free(result->sentence);
	result->sentence = NULL;
}

struct json_object *act_log_json(const struct act *act)
{
	struct json_object *array = json_object_new_array(), *record;
	size_t i;

	for (i = 0; i < act->n_log; i++) {
		record = json_object_new_object();
		logline_fill(record, &act->log[i], NULL);
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
	for (i = 0; i < act->n_log; i++) {
		if (text)
			logline_print(&act->log[i], INDENT, NULL);
		logrec_release(&act->log[i]);
	}
	if (text)
		rollback_print(act->cli);
	free(act->log);
	free(act->sentence);
	if (act->listening)
		kmsg_close(&act->kmsg);
	policy_release(&act->policy);
	return act->status;
}
