/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui journal: what was done, by whom, and how it ended. */
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/history.h"
#include "cli/out.h"
#include "cli/say.h"
#include "cli/table.h"

static void print_row(struct table *table, struct json_object *actions, size_t at)
{
	struct json_object *action = json_object_array_get_idx(actions, at);
	const char *behind = history_text(action, "behind");
	long long uid = history_integer(action, "uid");
	char *cells[] = {
		say("%zu", json_object_array_length(actions) - at),
		behind ? say("%lld (%s)", uid, behind) : say("%lld", uid),
		history_result(actions, at),
		history_told(actions, at),
	};
	size_t i;

	table_cell(table, cells[0]);
	table_cell(table, history_text(action, "time"));
	for (i = 1; i < sizeof(cells) / sizeof(cells[0]); i++)
		table_cell(table, cells[i]);
	for (i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
		free(cells[i]);
}

static void print_text(struct json_object *actions, size_t from, size_t n)
{
	static const char *const titles[] = { "N", "TIME", "USER", "RESULT", "COMMAND" };
	struct table table = TABLE_INIT;
	size_t i;

	for (i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		table_column(&table, titles[i], i == 0);
	for (i = from; i < n; i++)
		print_row(&table, actions, i);
	table_print(&table);
}

/* A copy with every string made safe. */
static struct json_object *safe_copy(struct json_object *value)
{
	struct json_object *copy;
	size_t i;

	if (json_object_is_type(value, json_type_string))
		return out_json_string(json_object_get_string(value));
	if (json_object_is_type(value, json_type_array)) {
		copy = json_object_new_array();
		for (i = 0; i < json_object_array_length(value); i++)
			json_object_array_add(copy, safe_copy(json_object_array_get_idx(value, i)));
		return copy;
	}
	if (!json_object_is_type(value, json_type_object))
		return json_object_get(value);
	copy = json_object_new_object();
	json_object_object_foreach(value, key, member)
		json_object_object_add(copy, key, safe_copy(member));
	return copy;
}

static void print_json(struct json_object *actions, size_t from, size_t n)
{
	struct json_object *object = out_json_new(), *array = json_object_new_array(), *action;
	size_t i;

	for (i = from; i < n; i++) {
		action = safe_copy(json_object_array_get_idx(actions, i));
		json_object_object_add(action, "n", json_object_new_int64((int64_t)(n - i)));
		json_object_array_add(array, action);
	}
	json_object_object_add(object, "actions", array);
	out_json(object);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct json_object *actions = NULL;
	size_t n, shown = 0;
	enum status status = argc ? history_number(argv[0], &shown) : STATUS_DONE;

	if (!status)
		status = history_read(&actions);
	if (!status) {
		n = json_object_array_length(actions);
		if (!argc || shown > n)
			shown = n;
		if (cli->options->json)
			print_json(actions, n - shown, n);
		else
			print_text(actions, n - shown, n);
	}
	json_object_put(actions);
	return status;
}

const struct command cmd_journal = {
	.name = "journal",
	.arguments = "[N]",
	.summary = N_("Shows what was done, the last N actions or all."),
	.max_args = 1,
	.flags = COMMAND_LIVE,
	.run = run,
};
