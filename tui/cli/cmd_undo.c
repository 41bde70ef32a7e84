/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui undo: takes an action of the journal back. */
#include <json.h>
#include <string.h>

#include "base/i18n.h"
#include "base/parse.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/history.h"
#include "cli/out.h"
#include "cli/takeback.h"

/* The last that changed something, was not taken back, and is no taking back itself. */
static struct json_object *find_last(struct json_object *actions)
{
	struct json_object *action;
	size_t i = json_object_array_length(actions);

	while (i-- > 0) {
		action = json_object_array_get_idx(actions, i);
		if (history_has_changes(action) && !history_integer(action, "undoes") &&
		    !history_was_undone(actions, i))
			return action;
	}
	return NULL;
}

/* "@ID": numbers shift when somebody else does something meanwhile, and the id of an action does not. */
static enum status choose_id(struct json_object *actions, const char *word, struct json_object **action)
{
	size_t n = json_object_array_length(actions), i;
	uint64_t id;

	if (parse_digits(word + 1, word + strlen(word), &id))
		return out_error(STATUS_USAGE, word, _("The id of an action is a number, as journal --json shows it."));
	for (i = n; i-- > 0;) {
		*action = json_object_array_get_idx(actions, i);
		if (history_integer(*action, "id") == (long long)id)
			return STATUS_DONE;
	}
	return out_error(STATUS_NOT_FOUND, word, _("The journal has no action of this id."));
}

static enum status choose_number(struct json_object *actions, const char *word, struct json_object **action)
{
	size_t n = json_object_array_length(actions), number;
	enum status status = history_number(word, &number);

	if (status)
		return status;
	if (number > n)
		return out_error(STATUS_NOT_FOUND, word, _("The journal does not go back that far."));
	*action = json_object_array_get_idx(actions, n - number);
	return STATUS_DONE;
}

static enum status choose(struct json_object *actions, const char *word, struct json_object **action)
{
	enum status status;

	if (!word) {
		*action = find_last(actions);
		return *action ? STATUS_DONE :
		       out_error(STATUS_NOT_FOUND, NULL, _("The journal has no action that could be taken back."));
	}
	status = *word == '@' ? choose_id(actions, word, action) : choose_number(actions, word, action);
	if (status)
		return status;
	if (!history_has_changes(*action))
		return out_error(STATUS_FAILED, word, _("This action changed nothing; there is nothing to take back."));
	return STATUS_DONE;
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct json_object *actions = NULL, *action = NULL;
	enum status status;

	status = history_read(&actions);
	if (!status)
		status = choose(actions, argc ? argv[0] : NULL, &action);
	if (!status)
		status = takeback_run(cli, action);
	json_object_put(actions);
	return status;
}

const struct command cmd_undo = {
	.name = "undo",
	.arguments = "[N|@ID]",
	.summary = N_("Takes the last action back, or number N of the journal."),
	.options = "even-if-carrying allow-open timeout",
	.max_args = 1,
	.flags = COMMAND_CHANGES | COMMAND_LIVE,
	.run = run,
};
