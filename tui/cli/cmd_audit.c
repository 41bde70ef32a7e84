/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui audit: can these modules get into the kernel, and by which road? */
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/audit.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/machine.h"
#include "cli/out.h"
#include "cli/roads.h"
#include "cli/table.h"

/* One run, over one module or several. */
struct report {
	const struct options *options;
	const struct audit *audit;
	bool several;
	struct table table;		/* of several */
	struct json_object *modules;	/* the same as JSON */
	enum status status;
};

/* One open module is worse than one not known, and that than one that is not there. */
static void note(struct report *report, enum status status)
{
	static const enum status order[] = { STATUS_DONE, STATUS_NOT_FOUND, STATUS_UNKNOWN, STATUS_FAILED };
	size_t i, old = 0, new = 0;

	for (i = 0; i < ARRAY_SIZE(order); i++) {
		if (order[i] == report->status)
			old = i;
		if (order[i] == status)
			new = i;
	}
	report->status = order[old > new ? old : new];
}

/* A module that is in the kernel already came by some road. */
static enum policy_tristate answer_of(const struct report *report, const struct module *module,
				      const struct roads *roads)
{
	if (module->loaded || module->state == MODULE_BUILTIN)
		return POLICY_YES;
	return roads_open(roads, report->options->ignore);
}

static enum status status_of(enum policy_tristate answer)
{
	return answer == POLICY_YES ? STATUS_FAILED : answer == POLICY_NO ? STATUS_DONE : STATUS_UNKNOWN;
}

static const char *open_word(enum policy_tristate open)
{
	return open == POLICY_YES ? "open" : open == POLICY_NO ? "closed" : "unknown";
}

static const char *presence_word(enum policy_tristate open)
{
	return open == POLICY_YES ? "yes" : "no";
}

static void print_text(const struct roads *roads, const char *verdict)
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
	out_printf("%s\n", verdict);
}

/* One row a module: the roads that are open, or what closes all of them. */
static void add_row(struct report *report, const struct module *module, const struct roads *roads)
{
	struct buf names = BUF_INIT;
	const struct road *road;
	size_t i;

	for (i = 0; i < roads->n; i++) {
		road = &roads->v[i];
		if (road->gate ? road->open == POLICY_NO : road->loads && road->open == POLICY_YES)
			buf_printf(&names, "%s%s", names.len ? "," : "", road->name);
	}
	table_cell(&report->table, module->name);
	table_cell(&report->table, module_state_name(module->state));
	table_cell(&report->table, open_word(answer_of(report, module, roads)));
	table_cell(&report->table, names.len ? buf_str(&names) : NULL);
	buf_release(&names);
}

static struct json_object *tristate(enum policy_tristate value)
{
	return value == POLICY_UNKNOWN ? NULL : json_object_new_boolean(value == POLICY_YES);
}

static struct json_object *roads_json(const struct roads *roads)
{
	struct json_object *array = json_object_new_array(), *row;
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
	return array;
}

static void fill_json(const struct report *report, struct json_object *object, const struct module *module,
		      const struct roads *roads, const char *verdict)
{
	json_object_object_add(object, "name", out_json_string(module->name));
	json_object_object_add(object, "state", out_json_string(module_state_name(module->state)));
	json_object_object_add(object, "open", tristate(roads_open(roads, report->options->ignore)));
	json_object_object_add(object, "status", json_object_new_int(status_of(answer_of(report, module, roads))));
	json_object_object_add(object, "sentence", out_json_string(verdict));
	json_object_object_add(object, "roads", roads_json(roads));
}

static void show(struct report *report, const struct module *module, const struct roads *roads)
{
	char *verdict = roads_verdict(module, roads, report->options->ignore);
	struct json_object *object;

	if (!report->options->json && report->several) {
		add_row(report, module, roads);
	} else if (!report->options->json) {
		print_text(roads, verdict);
	} else {
		object = report->several ? json_object_new_object() : out_json_new();
		fill_json(report, object, module, roads, verdict);
		if (report->several)
			json_object_array_add(report->modules, object);
		else
			out_json(object);
	}
	free(verdict);
}

static void audit_one(struct report *report, const struct module *module)
{
	struct roads roads = ROADS_INIT;

	audit_read(report->audit, module, &roads);
	show(report, module, &roads);
	note(report, status_of(answer_of(report, module, &roads)));
	roads_release(&roads);
}

static void audit_names(struct report *report, int argc, char **argv)
{
	const struct module *module;
	enum status status;
	int i;

	for (i = 0; i < argc; i++) {
		module = machine_find(report->audit->machine, argv[i], &status);
		if (module)
			audit_one(report, module);
		else
			note(report, status);
	}
}

/* Whoever asks about all wants to know what could still come. */
static void audit_all(struct report *report)
{
	const struct modtable *table = &report->audit->machine->table;
	size_t i;

	for (i = 0; i < table->n; i++)
		if (report->options->strict ||
		    (!table->rows[i]->loaded && table->rows[i]->state != MODULE_BUILTIN))
			audit_one(report, table->rows[i]);
}

static void begin(struct report *report)
{
	if (report->options->json) {
		report->modules = json_object_new_array();
		return;
	}
	table_column(&report->table, "MODULE", false);
	table_column(&report->table, "STATE", false);
	table_column(&report->table, "LOADABLE", false);
	table_column(&report->table, "BY", false);
}

static void end(struct report *report)
{
	struct json_object *object;

	if (report->options->json) {
		object = out_json_new();
		json_object_object_add(object, "modules", report->modules);
		out_json(object);
	} else {
		table_print(&report->table);
	}
}

static enum status check_ignored(const char *list)
{
	const char *end = list ? list + strlen(list) : NULL, *word;
	enum status status = STATUS_DONE;
	char *name;
	size_t len;

	while (list && !status && parse_token(&list, end, ",", &word, &len)) {
		name = xstrndup(word, len);
		if (!roads_is_name(name))
			status = out_error(STATUS_USAGE, "audit",
					   _("There is no road %s to ignore; the first column of an audit names them."), name);
		free(name);
	}
	return status;
}

static enum status check_arguments(const struct options *options, int argc)
{
	if (!argc == !options->all)
		return out_error(STATUS_USAGE, NULL, _("audit needs either names of modules, or --all."));
	if (options->strict && !options->all)
		return out_error(STATUS_USAGE, NULL, _("--strict goes with --all only."));
	return check_ignored(options->ignore);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct report report = { .options = cli->options, .several = argc != 1, .table = TABLE_INIT };
	struct machine machine;
	struct audit audit;
	enum status status;

	status = check_arguments(cli->options, argc);
	if (status)
		return status;
	status = machine_read(&machine, &cli->root);
	if (!status) {
		audit_begin(&audit, &machine);
		report.audit = &audit;
		if (report.several)
			begin(&report);
		if (argc)
			audit_names(&report, argc, argv);
		else
			audit_all(&report);
		if (report.several)
			end(&report);
		audit_end(&audit);
		status = report.status;
	}
	machine_release(&machine);
	return status;
}

const struct command cmd_audit = {
	.name = "audit",
	.arguments = "NAME...",
	.summary = N_("Shows every road by which modules can be loaded, open or closed."),
	.options = "all strict ignore",
	.min_args = 0,
	.max_args = -1,
	.run = run,
};
