/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/history.h"

#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/words.h"
#include "base/xalloc.h"
#include "cli/out.h"
#include "cli/say.h"
#include "kernel/journal.h"
#include "model/secret.h"

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

/* A masked value is not for a shell in any case, and stays readable. */
static void add_word(struct buf *out, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%*";

	if (secret_is_masked(word) && !word[strspn(word, plain)])
		buf_addstr(out, word);
	else
		words_quote(out, word);
}

char *history_command(struct json_object *action)
{
	struct json_object *words = history_array(action, "command");
	struct buf out = BUF_INIT;
	const char *text;
	size_t i;

	for (i = 0; words && i < json_object_array_length(words); i++) {
		text = json_object_get_string(json_object_array_get_idx(words, i));
		buf_addstr(&out, i ? " " : "");
		add_word(&out, text ? text : "");
	}
	return buf_detach(&out);
}

char *history_told(struct json_object *actions, size_t at)
{
	struct json_object *action = json_object_array_get_idx(actions, at), *earlier;
	long long id = history_integer(action, "undoes");
	char *own = history_command(action), *other, *both;
	size_t i;

	for (i = 0; id && i < at; i++) {
		earlier = json_object_array_get_idx(actions, i);
		if (history_integer(earlier, "id") != id)
			continue;
		other = history_command(earlier);
		both = say("undo (%s)", other);
		free(other);
		free(own);
		return both;
	}
	return own;
}

char *history_result(struct json_object *actions, size_t at)
{
	struct json_object *action = json_object_array_get_idx(actions, at);
	long long status = history_integer(action, "status");

	if (status)
		return say(_("failed (%lld)"), status);
	if (history_was_undone(actions, at))
		return xstrdup(_("taken back"));
	return xstrdup(history_has_changes(action) ? _("done") : _("nothing to do"));
}

/* The newest load of @instance among the changes of @action goes to @load. */
static bool find_in(struct json_object *action, const char *name, const char *instance, struct history_load *load)
{
	struct json_object *did = history_array(action, "did"), *change;
	size_t i = did ? json_object_array_length(did) : 0;
	const char *verb, *other, *at;

	while (i-- > 0) {
		change = json_object_array_get_idx(did, i);
		verb = history_text(change, "action");
		other = history_text(change, "name");
		at = history_text(change, "instance");
		if (!verb || strcmp(verb, "load") || !other || !util_name_equal(other, name) || !at || strcmp(at, instance))
			continue;
		load->known = true;
		load->options = xstrdup(history_text(change, "options"));
		load->file = xstrdup(history_text(change, "file"));
		return true;
	}
	return false;
}

void history_find_load(struct history_load *load, const char *name, const char *instance)
{
	struct json_object *actions = NULL;
	size_t i;

	*load = (struct history_load){ .known = false };
	if (!instance || history_load(&actions))
		goto out_put;
	for (i = json_object_array_length(actions); i-- > 0;)
		if (find_in(json_object_array_get_idx(actions, i), name, instance, load))
			break;
out_put:
	json_object_put(actions);
}

void history_release_load(struct history_load *load)
{
	free(load->options);
	free(load->file);
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
