/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui tree: what a module needs and who needs it, however far away. */
#include <json.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/util.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/machine.h"
#include "cli/out.h"
#include "model/deptree.h"

static void print_rows(const struct machine *machine, const struct deptree_rows *rows)
{
	const struct deptree_row *row;
	size_t i;

	for (i = 0; i < rows->n; i++) {
		row = &rows->v[i];
		out_printf("%s", row->guides);
		out_text(row->name, 0);
		out_printf(" %s", machine_state(machine, row->name));
		if (row->kind != DEPTREE_HARD)
			out_printf(" %s", deptree_kind_name(row->kind));
		out_printf("%s\n", row->repeated ? " ..." : "");
	}
}

static void print_text(const struct machine *machine, const char *name,
		       const struct deptree_rows *needs, const struct deptree_rows *users)
{
	out_text(name, 0);
	out_printf(needs->n ? _(" needs\n") : _(" needs nothing\n"));
	print_rows(machine, needs);
	if (!users)
		return;
	out_text(name, 0);
	out_printf(users->n ? _(" is needed by\n") : _(" is needed by nothing\n"));
	print_rows(machine, users);
}

static struct json_object *row_json(const struct machine *machine, const struct deptree_row *row)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "name", out_json_string(row->name));
	json_object_object_add(object, "kind", out_json_string(deptree_kind_name(row->kind)));
	json_object_object_add(object, "state", out_json_string(machine_state(machine, row->name)));
	json_object_object_add(object, "repeated", json_object_new_boolean(row->repeated));
	return object;
}

/* Rows back into a tree; the list below each row is its member @member. */
static struct json_object *rows_json(const struct machine *machine, const struct deptree_rows *rows,
				     const char *member)
{
	struct json_object *lists[DEPTREE_DEPTH_MAX + 1], *object;
	unsigned depth;
	size_t i;

	lists[0] = json_object_new_array();
	for (i = 0; i < rows->n; i++) {
		depth = rows->v[i].depth;
		object = row_json(machine, &rows->v[i]);
		lists[depth + 1] = json_object_new_array();
		json_object_object_add(object, member, lists[depth + 1]);
		json_object_array_add(lists[depth], object);
	}
	return lists[0];
}

static void print_json(const struct machine *machine, const char *name,
		       const struct deptree_rows *needs, const struct deptree_rows *users)
{
	struct json_object *object = out_json_new();

	json_object_object_add(object, "name", out_json_string(name));
	json_object_object_add(object, "needs", rows_json(machine, needs, "needs"));
	json_object_object_add(object, "users", rows_json(machine, users, "users"));
	out_json(object);
}

static void show(const struct cli *cli, const struct machine *machine, const char *name)
{
	struct deptree_rows needs = DEPTREE_ROWS_INIT, users = DEPTREE_ROWS_INIT;

	deptree_walk(&machine->tree, name, false, &needs);
	deptree_walk(&machine->tree, name, true, &users);
	if (cli->options->json)
		print_json(machine, name, &needs, &users);
	else
		print_text(machine, name, &needs, cli->options->users ? &users : NULL);
	deptree_rows_release(&needs);
	deptree_rows_release(&users);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	const struct module *module;
	struct machine machine;
	enum status status;

	(void)argc;
	status = machine_read(&machine, &cli->root);
	if (!status) {
		module = machine_find(&machine, argv[0], &status);
		if (module)
			show(cli, &machine, module->name);
	}
	machine_release(&machine);
	return status;
}

const struct command cmd_tree = {
	.name = "tree",
	.arguments = "NAME",
	.summary = N_("Shows what a module needs, and who needs it."),
	.options = "users",
	.min_args = 1,
	.max_args = 1,
	.run = run,
};
