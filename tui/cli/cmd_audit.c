/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui audit: can this module get into the kernel, and by which road? */
#include <json.h>

#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/machine.h"
#include "cli/out.h"
#include "cli/roads.h"
#include "cli/table.h"

static const char *open_word(enum policy_tristate open)
{
	return open == POLICY_YES ? "open" : open == POLICY_NO ? "closed" : "unknown";
}

static const char *presence_word(enum policy_tristate open)
{
	return open == POLICY_YES ? "yes" : "no";
}

static void print_text(const struct module *module, const struct roads *roads)
{
	struct table table = TABLE_INIT;
	const struct road *road;
	size_t i;

	table_column(&table, "ROAD", false);
	table_column(&table, "STATE", false);
	table_column(&table, "BY", false);
	for (i = 0; i < roads->n; i++) {
		road = &roads->v[i];
		table_cell(&table, road->name);
		table_cell(&table, road->gate || road->loads ? open_word(road->open) :
			   presence_word(road->open));
		table_cell(&table, road->by);
	}
	table_print(&table);
	out_printf("%s\n", roads_verdict(module, roads));
}

static struct json_object *tristate(enum policy_tristate value)
{
	return value == POLICY_UNKNOWN ? NULL : json_object_new_boolean(value == POLICY_YES);
}

static void print_json(const struct module *module, const struct roads *roads)
{
	struct json_object *object = out_json_new(), *array = json_object_new_array(), *row;
	size_t i;

	for (i = 0; i < roads->n; i++) {
		row = json_object_new_object();
		json_object_object_add(row, "road", out_json_string(roads->v[i].name));
		json_object_object_add(row, "gate", json_object_new_boolean(roads->v[i].gate));
		json_object_object_add(row, "loads", json_object_new_boolean(roads->v[i].loads));
		json_object_object_add(row, "open", tristate(roads->v[i].open));
		json_object_object_add(row, "by", out_json_string(roads->v[i].by));
		json_object_array_add(array, row);
	}
	json_object_object_add(object, "name", out_json_string(module->name));
	json_object_object_add(object, "state", out_json_string(module_state_name(module->state)));
	json_object_object_add(object, "open", tristate(roads_open(roads, NULL)));
	json_object_object_add(object, "sentence", out_json_string(roads_verdict(module, roads)));
	json_object_object_add(object, "roads", array);
	out_json(object);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct roads roads = ROADS_INIT;
	const struct module *module;
	struct machine machine;
	enum status status;

	(void)argc;
	status = machine_read(&machine, &cli->root);
	module = status ? NULL : machine_find(&machine, argv[0], &status);
	if (module) {
		roads_read(&machine, module, &roads);
		if (cli->options->json)
			print_json(module, &roads);
		else
			print_text(module, &roads);
	}
	roads_release(&roads);
	machine_release(&machine);
	return status;
}

const struct command cmd_audit = {
	.name = "audit",
	.arguments = "NAME",
	.summary = N_("Shows every road by which a module can be loaded, open or closed."),
	.min_args = 1,
	.max_args = 1,
	.run = run,
};
