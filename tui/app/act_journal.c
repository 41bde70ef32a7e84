/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was done, and taking one of it back: what that means first, then the one door. */
#include <errno.h>
#include <json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "app/job.h"
#include "app/journalrow.h"
#include "app/showplan.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "cli/history.h"
#include "model/plan.h"
#include "model/secret.h"

/* More than anybody reads; the command journal shows all. */
#define SHOWN_MAX 200

/* The open window, and the action its question is about: its number changes with each new one, its id does not. */
static struct {
	struct json_object *actions;
	long long id;
	char command[128];
} asked;

/* NULL after a line about why: it can not be read, or is empty. */
static struct json_object *load(struct console *console)
{
	struct json_object *actions = NULL;
	int err;

	if (!console->shown.policy.live) {
		console_say(console, MESSAGE_BAD,
			    _("The journal is about this machine and its kernel; others are shown here."));
		return NULL;
	}
	err = history_load(&actions);
	if (err)
		console_say(console, MESSAGE_BAD, _("The journal can not be read: %s."), strerror(-err));
	else if (!json_object_array_length(actions))
		console_say(console, MESSAGE_PLAIN, _("The journal is empty: nothing was done yet."));
	else
		return actions;
	json_object_put(actions);
	return NULL;
}

static void push_row(struct strv *lines, struct json_object *actions, size_t at)
{
	struct json_object *action = json_object_array_get_idx(actions, at);
	char *command = history_told(actions, at), *line;
	const struct journalrow row = {
		.number = json_object_array_length(actions) - at, .time = history_text(action, "time"),
		.uid = history_integer(action, "uid"), .behind = history_text(action, "behind"),
		.status = history_integer(action, "status"), .undone = history_was_undone(actions, at),
		.changed = history_has_changes(action),
		.command = command,
	};

	line = journalrow_text(&row);
	strv_push(lines, line);
	free(line);
	free(command);
}

static void push_lines(struct strv *to, struct json_object *part, const char *key, const char *sign)
{
	struct json_object *array = history_array(part, key);
	size_t i;

	for (i = 0; array && i < json_object_array_length(array); i++) {
		struct buf line = BUF_INIT;

		buf_printf(&line, "%s %s", sign, json_object_get_string(json_object_array_get_idx(array, i)));
		strv_push(to, buf_str(&line));
		buf_release(&line);
	}
}

/* A file gets back what went, and loses what came. */
static void push_file(struct strv *lines, struct json_object *part)
{
	const char *path = history_text(part, "file");
	struct buf line = BUF_INIT;

	buf_printf(&line, "/%s", path ? path : "-");
	strv_push(lines, buf_str(&line));
	push_lines(lines, part, "new", "-");
	push_lines(lines, part, "old", "+");
	buf_release(&line);
}

static void push_param(struct strv *lines, struct json_object *part)
{
	const char *module = history_text(part, "module"), *param = history_text(part, "param");
	const char *old = history_text(part, "old");
	struct buf line = BUF_INIT;

	buf_printf(&line, "set      %s %s=%s", module ? module : "-", param ? param : "-", old ? old : "-");
	strv_push(lines, buf_str(&line));
	buf_release(&line);
}

/* What was loaded is unloaded, what was unloaded is loaded. */
static void push_step(struct strv *lines, struct json_object *part)
{
	const char *action = history_text(part, "action"), *name = history_text(part, "name");
	bool loaded = action && !strcmp(action, "load");
	const char *options = loaded ? NULL : history_text(part, "options");
	struct buf line = BUF_INIT;

	buf_printf(&line, loaded ? _("unload   %s %s") : _("load     %s %s"), name ? name : "-",
		   options ? options : "");
	strv_push(lines, buf_str(&line));
	buf_release(&line);
}

/* In the order in which undo goes about it: the last change of each kind first. */
static void push_changes(struct strv *lines, struct json_object *action)
{
	static const struct {
		const char *key;
		void (*push)(struct strv *lines, struct json_object *part);
	} kinds[] = { { "files", push_file }, { "params", push_param }, { "did", push_step } };
	struct json_object *parts;
	size_t i, k;

	for (k = 0; k < ARRAY_SIZE(kinds); k++) {
		parts = history_array(action, kinds[k].key);
		for (i = parts ? json_object_array_length(parts) : 0; i-- > 0;)
			kinds[k].push(lines, json_object_array_get_idx(parts, i));
	}
}

static bool has_secret(const struct strv *lines)
{
	size_t i;

	for (i = 0; i < lines->n; i++)
		if (secret_is_masked(lines->v[i]))
			return true;
	return false;
}

static void ended(struct console *console, const struct result *result)
{
	const char *sentence = result->sentence ? result->sentence : _("The action failed.");

	if (result->status) {
		console_say(console, MESSAGE_BAD, _("\"%s\" was not taken back: %s"), asked.command, sentence);
		console_explain(console, asked.command, sentence, result->log);
	} else {
		console_say(console, MESSAGE_GOOD, _("\"%s\" was taken back in %u ms."), asked.command,
			    (unsigned)result->ms);
	}
}

/* Its number now, 1 the last one; 0: it is there no more. */
static size_t number_of(struct json_object *actions, long long id)
{
	size_t i, n = json_object_array_length(actions);

	for (i = n; i-- > 0;)
		if (history_integer(json_object_array_get_idx(actions, i), "id") == id)
			return n - i;
	return 0;
}

/* Somebody else may have done something since the question was asked. */
static void confirmed(struct console *console, size_t yes)
{
	struct job_request request = { .module = asked.command, .done = ended };
	struct json_object *actions = yes ? load(console) : NULL;
	size_t number = actions ? number_of(actions, asked.id) : 0;
	char word[32], same[64];

	if (!yes)
		console_say(console, MESSAGE_PLAIN, _("Cancelled: \"%s\" was not taken back."), asked.command);
	else if (actions && !number)
		console_say(console, MESSAGE_BAD, _("The journal has this action no more."));
	if (number) {
		snprintf(word, sizeof(word), "@%lld", asked.id);
		snprintf(same, sizeof(same), "kmodtui undo %zu", number);
		request.equivalent = same;
		strv_push(&request.command, "undo");
		strv_push(&request.command, word);
		job_start(console, &request);
	}
	json_object_put(actions);
}

/* Why this one can not be taken back: a sentence; NULL: it can, as far as the journal tells. */
static const char *hindrance(struct console *console, struct json_object *actions, size_t at,
			     const struct strv *lines)
{
	if (!lines->n)
		return _("This action changed nothing; there is nothing to take back.");
	if (history_was_undone(actions, at))
		return _("This action was taken back already.");
	if (has_secret(lines))
		return _("A value was secret and is not in the journal: this can not be taken back.");
	return action_obstacle(console, ACTION_CHANGE);
}

static void ask(struct console *console, const char *command, const struct strv *lines, size_t number)
{
	char title[192], same[64];
	size_t i;

	snprintf(title, sizeof(title), _("Take \"%s\" back?"), command);
	ask_confirm(console, title, confirmed);
	for (i = 0; i < lines->n; i++)
		strv_push(&console->ui.popup.lines, lines->v[i]);
	snprintf(same, sizeof(same), "kmodtui undo %zu", number);
	showplan_equivalent(console, same);
}

/* Line @line of the window: below the heading the newest is the first one. */
static void chosen(struct console *console, size_t line)
{
	size_t choice = line - 1;
	struct json_object *actions = asked.actions, *action;
	size_t n = json_object_array_length(actions);
	struct strv lines = STRV_INIT;
	const char *why;
	char *command;

	if (choice < n) {
		action = json_object_array_get_idx(actions, n - 1 - choice);
		command = history_command(action);
		push_changes(&lines, action);
		why = hindrance(console, actions, n - 1 - choice, &lines);
		asked.id = history_integer(action, "id");
		snprintf(asked.command, sizeof(asked.command), "%s", command);
		if (why)
			console_say(console, MESSAGE_BAD, "%s: %s", command, why);
		else
			ask(console, command, &lines, choice + 1);
		free(command);
	}
	strv_release(&lines);
}

void act_journal(struct console *console)
{
	struct json_object *actions = load(console);
	char *head;
	size_t i, n;

	if (!actions)
		return;
	ask_menu(console, _("What was done: Enter or u takes one back"), chosen);
	console->ui.popup.also = 'u';
	n = json_object_array_length(actions);
	head = journalrow_head();
	popup_head(&console->ui.popup, head);
	free(head);
	for (i = 0; i < n && i < SHOWN_MAX; i++)
		push_row(&console->ui.popup.lines, actions, n - 1 - i);
	console->ui.popup.list.height = console->ui.popup.lines.n;
	popup_settle(&console->ui.popup, MOTION_HOME);
	json_object_put(asked.actions);
	asked.actions = actions;
}
