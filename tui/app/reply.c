/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/reply.h"

#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/xalloc.h"

/* The string member @key in a new string; NULL if there is none. */
static char *member(struct json_object *object, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, key, &value) ||
	    !json_object_is_type(value, json_type_string))
		return NULL;
	return xstrdup(json_object_get_string(value));
}

static struct json_object *array(struct json_object *object, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, key, &value) ||
	    !json_object_is_type(value, json_type_array))
		return NULL;
	return value;
}

static void read_log(struct reply *reply, struct json_object *records)
{
	size_t i;

	for (i = 0; records && i < json_object_array_length(records); i++) {
		struct json_object *record = json_object_array_get_idx(records, i);
		char *level = member(record, "level"), *text = member(record, "text");
		struct buf line = BUF_INIT;

		if (level && text)
			buf_printf(&line, "%-6s %s", level, text);
		if (line.len)
			strv_push(&reply->log, buf_str(&line));
		buf_release(&line);
		free(level);
		free(text);
	}
}

static void read_remarks(struct reply *reply, struct json_object *remarks)
{
	struct json_object *remark;
	size_t i;

	for (i = 0; remarks && i < json_object_array_length(remarks); i++) {
		remark = json_object_array_get_idx(remarks, i);
		if (json_object_is_type(remark, json_type_string))
			strv_push(&reply->remarks, json_object_get_string(remark));
	}
}

/* Of several failures the one that the sentence of all is about. */
static void read_failed(struct reply *reply, struct json_object *modules)
{
	size_t i;

	for (i = 0; modules && !reply->failed && i < json_object_array_length(modules); i++) {
		struct json_object *row = json_object_array_get_idx(modules, i);
		char *result = member(row, "result"), *sentence = member(row, "sentence");

		if (result && sentence && reply->sentence && !strcmp(result, "failed") &&
		    !strcmp(sentence, reply->sentence))
			reply->failed = member(row, "name");
		free(result);
		free(sentence);
	}
}

static void read_plan(struct reply *reply, struct json_object *steps)
{
	enum plan_verb verb;
	size_t i;

	for (i = 0; steps && i < json_object_array_length(steps); i++) {
		struct json_object *step = json_object_array_get_idx(steps, i);
		char *action = member(step, "action"), *name = member(step, "name");
		char *detail = member(step, "detail");

		if (action && name && !plan_verb_parse(action, &verb))
			plan_push(&reply->plan, verb, name, detail);
		free(action);
		free(name);
		free(detail);
	}
}

/* What a trial found, and what it saw, as lines under the verdict. */
static void read_items(struct reply *reply, struct json_object *items, const char *sign)
{
	size_t i;

	for (i = 0; items && i < json_object_array_length(items); i++) {
		struct json_object *item = json_object_array_get_idx(items, i);
		char *kind = member(item, "kind"), *text = member(item, "text");
		struct buf line = BUF_INIT;

		if (kind && text)
			buf_printf(&line, "%s %-11s %s", sign, kind, text);
		if (line.len)
			strv_push(&reply->remarks, buf_str(&line));
		buf_release(&line);
		free(kind);
		free(text);
	}
}

/* Null is not known. */
static int flag(struct json_object *object, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(object, key, &value) || !json_object_is_type(value, json_type_boolean))
		return -1;
	return json_object_get_boolean(value);
}

/* What is no way in and no gate on all of them is there, or not. */
static const char *road_word(struct json_object *road)
{
	int open = flag(road, "open");

	if (flag(road, "gate") == 0 && flag(road, "loads") == 0)
		return open == 1 ? _("yes") : _("no");
	return open == 1 ? _("open") : open == 0 ? _("closed") : _("unknown");
}

/* In columns: the road, whether it is open, and what makes it so. */
static void read_roads(struct reply *reply, struct json_object *roads)
{
	size_t i;

	for (i = 0; roads && i < json_object_array_length(roads); i++) {
		struct json_object *road = json_object_array_get_idx(roads, i);
		char *name = member(road, "road"), *by = member(road, "by");
		struct buf line = BUF_INIT;

		buf_printf(&line, "%-18s  %-7s  %s", name ? name : "", road_word(road), by ? by : "");
		if (name)
			strv_push(&reply->remarks, buf_str(&line));
		buf_release(&line);
		free(name);
		free(by);
	}
}

static void read_result(struct reply *reply, struct json_object *results)
{
	struct json_object *first;

	if (!results || !json_object_array_length(results))
		return;
	first = json_object_array_get_idx(results, 0);
	reply->old_value = member(first, "old");
	reply->new_value = member(first, "new");
	if (!reply->sentence)
		reply->sentence = member(first, "error");
}

/* "kmodtui: kmt_timer: A sentence." without what stands before the sentence. */
static char *last_error(const char *errors)
{
	size_t len = strlen(errors);
	const char *start, *colon;

	while (len && errors[len - 1] == '\n')
		len--;
	if (!len)
		return NULL;
	for (start = errors + len; start > errors && start[-1] != '\n'; start--)
		;
	if (!strncmp(start, "kmodtui: ", 9)) {
		start += 9;
		colon = strpbrk(start, ": \n");
		if (colon && colon[0] == ':' && colon[1] == ' ')
			start = colon + 2;
	}
	return xstrndup(start, len - (size_t)(start - errors));
}

void reply_parse(struct reply *reply, const char *json, const char *errors)
{
	struct json_object *object = json_tokener_parse(json);
	bool cut;

	*reply = (struct reply){ 0 };
	if (object && json_object_is_type(object, json_type_object)) {
		reply->sentence = member(object, "sentence");
		read_result(reply, array(object, "results"));
		read_remarks(reply, array(object, "remarks"));
		read_failed(reply, array(object, "modules"));
		read_plan(reply, array(object, "plan"));
		read_items(reply, array(object, "findings"), "!");
		read_items(reply, array(object, "appeared"), "+");
		read_roads(reply, array(object, "roads"));
		read_log(reply, array(object, "log"));
	}
	cut = !object && strlen(json) >= REPLY_MAX;
	json_object_put(object);
	if (!reply->sentence)
		reply->sentence = last_error(errors);
	if (!reply->sentence && cut)
		reply->sentence = xstrdup(_("The command said more than fits here, and how it ended was cut off: look at the module, "
					    "the journal and the kernel log."));
}

void reply_release(struct reply *reply)
{
	free(reply->sentence);
	free(reply->failed);
	free(reply->old_value);
	free(reply->new_value);
	strv_release(&reply->remarks);
	plan_release(&reply->plan);
	strv_release(&reply->log);
}
