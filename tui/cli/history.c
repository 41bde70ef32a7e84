/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/history.h"

#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/xalloc.h"
#include "cli/out.h"
#include "kernel/journal.h"

static void add_line(struct json_object *actions, const char *line, size_t len)
{
	char *copy = xstrndup(line, len);
	struct json_object *action = json_tokener_parse(copy);

	if (json_object_is_type(action, json_type_object))
		json_object_array_add(actions, action);
	else
		json_object_put(action);
	free(copy);
}

int history_load(struct json_object **actions)
{
	char *path = journal_path();
	struct buf text = BUF_INIT;
	const char *pos, *line;
	int err = path ? journal_read(path, &text) : -ENOENT;
	size_t len;

	*actions = json_object_new_array();
	pos = buf_str(&text);
	while (!err && parse_line(&pos, buf_str(&text) + text.len, &line, &len))
		add_line(*actions, line, len);
	buf_release(&text);
	free(path);
	return err == -ENOENT ? 0 : err;
}

enum status history_read(struct json_object **actions)
{
	int err = history_load(actions);
	enum status status = STATUS_DONE;
	char *path;

	if (err) {
		path = journal_path();
		status = out_error(err == -EACCES ? STATUS_DENIED : STATUS_FAILED, NULL,
				   _("The journal %s can not be read: %s."), path, strerror(-err));
		free(path);
	}
	return status;
}

bool history_was_undone(struct json_object *actions, size_t at)
{
	long long id = history_integer(json_object_array_get_idx(actions, at), "id");
	struct json_object *later;
	size_t i;

	for (i = at + 1; i < json_object_array_length(actions); i++) {
		later = json_object_array_get_idx(actions, i);
		if (history_integer(later, "undoes") == id && !history_integer(later, "status"))
			return true;
	}
	return false;
}

char *history_command(struct json_object *action)
{
	struct json_object *words = history_array(action, "command"), *word;
	struct buf out = BUF_INIT;
	const char *text, *quote;
	size_t i;

	for (i = 0; words && i < json_object_array_length(words); i++) {
		word = json_object_array_get_idx(words, i);
		text = json_object_get_string(word);
		quote = text && text[strcspn(text, " \t\n")] ? "'" : "";
		buf_printf(&out, "%s%s%s%s", i ? " " : "", quote, text ? text : "", quote);
	}
	return buf_detach(&out);
}

enum status history_number(const char *word, size_t *number)
{
	unsigned long long value;

	if (parse_decimal(word, &value) || !value || value > 1000000)
		return out_error(STATUS_USAGE, word,
				 _("This is not a number of actions: 1 is the last one."));
	*number = (size_t)value;
	return STATUS_DONE;
}

const char *history_text(struct json_object *object, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, key, &value) ||
	    !json_object_is_type(value, json_type_string))
		return NULL;
	return json_object_get_string(value);
}

long long history_integer(struct json_object *object, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, key, &value) ||
	    !json_object_is_type(value, json_type_int))
		return 0;
	return json_object_get_int64(value);
}

struct json_object *history_array(struct json_object *object, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, key, &value) ||
	    !json_object_is_type(value, json_type_array))
		return NULL;
	return value;
}

bool history_has_changes(struct json_object *action)
{
	static const char *const kinds[] = { "params", "files", "did" };
	struct json_object *array;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		array = history_array(action, kinds[i]);
		if (array && json_object_array_length(array))
			return true;
	}
	return false;
}
