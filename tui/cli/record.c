/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/record.h"

#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/strv.h"
#include "cli/cli.h"
#include "cli/guard_ear.h"
#include "cli/out.h"
#include "cli/say.h"
#include "kernel/journal.h"
#include "model/secret.h"

void record_begin(struct record *record, struct cli *cli, const struct command *command)
{
	*record = (struct record){ .guard = -1 };
	if (!(command->flags & COMMAND_CHANGES) || cli->options->dry_run ||
	    !root_is_host(&cli->root))
		return;
	record->params = json_object_new_array();
	record->files = json_object_new_array();
	record->did = json_object_new_array();
	cli->record = record;
}

/* The guard has to know secrets, too; it keeps them to itself. */
static void tell_guard(const struct record *record, const char *kind, struct json_object *change)
{
	struct json_object *line = json_object_new_object();
	char *text;

	json_object_object_add(line, kind, change);
	text = say("%s\n", json_object_to_json_string_ext(line, JSON_C_TO_STRING_PLAIN));
	if (record->guard >= 0 && write(record->guard, text, strlen(text)) < 0)
		out_error(STATUS_DONE, NULL, _("The roll-back does not know of this change: %s."),
			  strerror(errno));
	free(text);
	json_object_put(line);
}

/* In words, not by the end of the pipe alone: whoever else has that open does not matter then. */
void record_over(struct record *record)
{
	if (record->guard < 0)
		return;
	tell_guard(record, GUARD_END, json_object_new_boolean(true));
	close(record->guard);
	record->guard = -1;
}

static struct json_object *plain_json(const char *text)
{
	return text ? json_object_new_string(text) : NULL;
}

/* NULL stays null; @masked replaces the value of a secret. */
static struct json_object *text_json(const char *text, bool secret)
{
	if (!text)
		return NULL;
	return json_object_new_string(secret ? SECRET_MASK : text);
}

void record_param(struct cli *cli, const char *module, const char *const names[3])
{
	bool secret = secret_is_name(names[0], strlen(names[0]));
	struct json_object *row;

	if (!cli->record)
		return;
	row = json_object_new_object();
	json_object_object_add(row, "module", json_object_new_string(module));
	json_object_object_add(row, "param", json_object_new_string(names[0]));
	json_object_object_add(row, "old", plain_json(names[1]));
	tell_guard(cli->record, "params", row);
	row = json_object_new_object();
	json_object_object_add(row, "module", json_object_new_string(module));
	json_object_object_add(row, "param", json_object_new_string(names[0]));
	json_object_object_add(row, "old", text_json(names[1], secret));
	json_object_object_add(row, "new", text_json(names[2], secret));
	json_object_array_add(cli->record->params, row);
}

static struct json_object *masked_json(const char *text)
{
	struct json_object *string;
	char *masked;

	if (!text)
		return NULL;
	masked = secret_mask(text);
	string = json_object_new_string(masked);
	free(masked);
	return string;
}

static struct json_object *lines_json(const struct strv *lines)
{
	struct json_object *array = json_object_new_array();
	size_t i;

	for (i = 0; i < lines->n; i++)
		json_object_array_add(array, masked_json(lines->v[i]));
	return array;
}

void record_file(struct cli *cli, const char *path, const struct strv *old, const struct strv *new)
{
	struct json_object *row;

	if (!cli->record)
		return;
	row = json_object_new_object();
	json_object_object_add(row, "file", json_object_new_string(path));
	json_object_object_add(row, "old", lines_json(old));
	json_object_object_add(row, "new", lines_json(new));
	json_object_array_add(cli->record->files, row);
}

static void add_known(struct json_object *row, const char *key, const char *text)
{
	if (text)
		json_object_object_add(row, key, json_object_new_string(text));
}

/* @options are owned. */
static struct json_object *change_json(const struct record_change *change, struct json_object *options)
{
	struct json_object *row = json_object_new_object(), *lost;
	size_t i;

	json_object_object_add(row, "action", json_object_new_string(change->load ? "load" : "unload"));
	json_object_object_add(row, "name", json_object_new_string(change->name));
	json_object_object_add(row, "options", options);
	add_known(row, "instance", change->instance);
	add_known(row, "file", change->file);
	add_known(row, "build", change->build);
	if (!change->lost || !change->lost->n)
		return row;
	lost = json_object_new_array();
	for (i = 0; i < change->lost->n; i++)
		json_object_array_add(lost, json_object_new_string(change->lost->v[i]));
	json_object_object_add(row, "lost", lost);
	return row;
}

void record_change(struct cli *cli, const struct record_change *change)
{
	if (!cli->record)
		return;
	tell_guard(cli->record, "did", change_json(change, plain_json(change->options)));
	json_object_array_add(cli->record->did, change_json(change, masked_json(change->options)));
}

void record_step(struct cli *cli, bool load, const char *name, const char *options)
{
	const struct record_change change = { .load = load, .name = name, .options = options };

	record_change(cli, &change);
}

/* The user behind root, as sudo, doas or pkexec tell; NULL: none. */
static struct json_object *behind_json(void)
{
	static const char *const variables[] = { "SUDO_USER", "DOAS_USER", "PKEXEC_UID" };
	const char *value;
	size_t i;

	for (i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		value = getenv(variables[i]);
		if (value && *value)
			return json_object_new_string(value);
	}
	return NULL;
}

static struct json_object *words_json(const struct command *command, char **words, int n)
{
	struct json_object *array = json_object_new_array();
	char *word;
	int i;

	json_object_array_add(array, json_object_new_string(command->name));
	for (i = 0; i < n; i++) {
		word = secret_mask_word(words[i]);
		json_object_array_add(array, json_object_new_string(word));
		free(word);
	}
	return array;
}

/* Options count as words, else the line would not say what was done. */
static void add_options(struct json_object *words, const struct options *options)
{
	static const char *const names[] = {
		"--users", "--boot", "--remove", "--even-if-carrying", "--allow-open",
	};
	const bool given[] = { options->users, options->boot, options->remove,
			       options->even_if_carrying, options->allow_open };
	char *word;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (given[i])
			json_object_array_add(words, json_object_new_string(names[i]));
	if (!options->rollback)
		return;
	word = say("--rollback=%s", options->rollback);
	json_object_array_add(words, json_object_new_string(word));
	free(word);
}

static struct json_object *time_json(const struct timespec *now)
{
	char text[32];
	struct tm tm;

	gmtime_r(&now->tv_sec, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	return json_object_new_string(text);
}

static struct json_object *line_json(struct cli *cli, struct json_object *words, enum status status)
{
	struct record *record = cli->record;
	struct json_object *line = json_object_new_object();
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	json_object_object_add(line, "id", json_object_new_int64(now.tv_sec * 1000000LL +
								 now.tv_nsec / 1000));
	json_object_object_add(line, "time", time_json(&now));
	json_object_object_add(line, "uid", json_object_new_int64(getuid()));
	json_object_object_add(line, "behind", behind_json());
	json_object_object_add(line, "kernel", json_object_new_string(cli->root.kernel));
	json_object_object_add(line, "command", words);
	json_object_object_add(line, "status", json_object_new_int((int)status));
	json_object_object_add(line, "undoes", record->undoes ?
			       json_object_new_int64(record->undoes) : NULL);
	json_object_object_add(line, "params", record->params);
	json_object_object_add(line, "files", record->files);
	json_object_object_add(line, "did", record->did);
	return line;
}

static void append(struct json_object *object)
{
	const char *text = json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN |
							  JSON_C_TO_STRING_NOSLASHESCAPE);
	char *path = journal_path(), *line = say("%s\n", text);
	int err = path ? journal_append(path, line, strlen(line)) : -ENOENT;

	if (err)
		out_error(STATUS_DONE, NULL, _("The journal %s could not be written: %s. The action itself is not touched by that."),
			  path ? path : "-", strerror(-err));
	free(line);
	free(path);
}

void record_drop(struct cli *cli)
{
	struct record *record = cli->record;

	cli->record = NULL;
	if (!record)
		return;
	json_object_put(record->params);
	json_object_put(record->files);
	json_object_put(record->did);
}

bool record_has_changes(const struct record *record)
{
	return json_object_array_length(record->params) || json_object_array_length(record->files) ||
	       json_object_array_length(record->did);
}

void record_end(struct cli *cli, const struct command *command, char **words, int n,
		enum status status)
{
	struct json_object *array, *line, *id = NULL;

	if (!cli->record)
		return;
	array = words_json(command, words, n);
	add_options(array, cli->options);
	line = line_json(cli, array, status);
	append(line);
	json_object_object_get_ex(line, "id", &id);
	tell_guard(cli->record, "id", json_object_get(id));
	json_object_put(line);
	cli->record = NULL;
}
