/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui params: the parameters of a module, declared, live and configured. */
#include <errno.h>
#include <json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strv.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "cli/say.h"
#include "cli/table.h"
#include "model/param.h"

static const char *mode_text(const struct param *param, char text[8])
{
	if (!param->in_sysfs)
		return NULL;
	snprintf(text, 8, "0%03o", param->mode & 0777);
	return text;
}

static void print_text(const struct paramlist *list)
{
	static const char *const titles[] = { "NAME", "TYPE", "MODE", "LIVE", "AT-LOAD",
					      "DESCRIPTION" };
	struct table table = TABLE_INIT;
	const struct param *param;
	char mode[8];
	size_t i;

	for (i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		table_column(&table, titles[i], false);
	for (i = 0; i < list->n; i++) {
		param = &list->v[i];
		table_cell(&table, param->name);
		table_cell(&table, param->type);
		table_cell(&table, mode_text(param, mode));
		table_cell(&table, param->value);
		/* The kernel command line is read after modprobe.d: it wins. */
		table_cell(&table, param->cmdline ? param->cmdline : param->configured);
		table_cell(&table, param->description);
	}
	table_print(&table);
}

/* Who could not be asked in time, by name. */
static char *silence(const struct facts *facts)
{
	struct strv names = STRV_INIT;
	char *all, *sentence;
	size_t i;

	for (i = 0; i < facts->params.n; i++)
		if (facts->params.v[i].wait == PARAM_SILENT)
			strv_push(&names, facts->params.v[i].name);
	all = strv_join(&names, ", ");
	sentence = say(_("The module did not answer within %d seconds; these values are not known: %s."),
		       FACTS_WAIT_MS / 1000, all);
	free(all);
	strv_release(&names);
	return sentence;
}

static void print_json(const struct facts *facts)
{
	struct json_object *object = out_json_new(), *array = json_object_new_array(), *row;
	struct json_object *remarks = json_object_new_array();
	const struct paramlist *list = &facts->params;
	char *remark;
	const struct param *param;
	char mode[8];
	size_t i;

	for (i = 0; i < list->n; i++) {
		param = &list->v[i];
		row = json_object_new_object();
		json_object_object_add(row, "name", out_json_string(param->name));
		json_object_object_add(row, "type", out_json_string(param->type));
		json_object_object_add(row, "mode", out_json_string(mode_text(param, mode)));
		json_object_object_add(row, "value", out_json_string(param->value));
		json_object_object_add(row, "configured", out_json_string(param->configured));
		json_object_object_add(row, "cmdline", out_json_string(param->cmdline));
		json_object_object_add(row, "description", out_json_string(param->description));
		json_object_array_add(array, row);
	}
	if (facts->silent) {
		remark = silence(facts);
		json_object_array_add(remarks, out_json_string(remark));
		free(remark);
	}
	json_object_object_add(object, "name", out_json_string(facts->name));
	json_object_object_add(object, "params", array);
	json_object_object_add(object, "remarks", remarks);
	out_json(object);
}

static void print_all(const struct facts *facts)
{
	char *remark;

	print_text(&facts->params);
	if (!facts->silent)
		return;
	remark = silence(facts);
	out_error(STATUS_DONE, facts->name, "%s", remark);
	free(remark);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct facts facts = FACTS_INIT;
	char *sentence = NULL;
	enum status status;

	(void)argc;
	status = facts_read(&facts, &cli->root, argv[0], &sentence);
	if (status)
		out_error(status, argv[0], "%s", sentence);
	else if (cli->options->json)
		print_json(&facts);
	else
		print_all(&facts);
	free(sentence);
	facts_release(&facts);
	return status;
}

const struct command cmd_params = {
	.name = "params",
	.arguments = "NAME",
	.summary = N_("Shows the parameters of a module."),
	.min_args = 1,
	.max_args = 1,
	.run = run,
};
