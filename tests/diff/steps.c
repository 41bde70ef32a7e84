/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "diff.h"

static void trim_end(char *s)
{
	size_t len = strlen(s);

	while (len && strchr(" \t\n", s[len - 1]))
		s[--len] = '\0';
}

bool steps_load(const struct strv *steps, const char *name)
{
	size_t len = strlen(name), i;

	for (i = 0; i < steps->n; i++)
		if (!strncmp(steps->v[i], "load ", 5) && !strncmp(steps->v[i] + 5, name, len) &&
		    strchr(" ", steps->v[i][5 + len]))
			return true;
	return false;
}

/*
 * Each line once, and each module: one that two of the asked-for need is printed for both by the dry run, but loaded by
 * the first.
 */
static void push_once(struct strv *list, const char *line)
{
	bool again = false;
	char *name;
	size_t i;

	for (i = 0; i < list->n; i++)
		if (!strcmp(list->v[i], line))
			return;
	if (!strncmp(line, "load ", 5)) {
		name = xstrndup(line + 5, strcspn(line + 5, " "));
		again = steps_load(list, name);
		free(name);
	}
	if (!again)
		strv_push(list, line);
}

/* "/lib/modules/6.1/kernel/x-y.ko.xz" is "x_y". */
static void add_module(struct buf *out, const char *path, size_t len)
{
	const char *name = path + len, *dot;

	while (name > path && name[-1] != '/')
		name--;
	len -= (size_t)(name - path);
	dot = memchr(name, '.', len);
	len = dot ? (size_t)(dot - name) : len;
	for (; len--; name++)
		buf_addch(out, *name == '-' ? '_' : *name);
}

void steps_escape(struct buf *out, const char *s)
{
	for (; *s; s++)
		buf_printf(out, *s >= ' ' && *s <= '~' ? "%c" : "\\x%02x", (unsigned char)*s);
}

/* "insmod PATH OPTIONS" becomes "load NAME OPTIONS"; "install COMMAND" stays. */
static void modprobe_line(struct strv *steps, char *line)
{
	struct buf text = BUF_INIT;
	char *path;
	size_t len;

	if (!strncmp(line, "builtin ", 8))
		return;
	if (!strncmp(line, "insmod ", 7)) {
		path = line + 7;
		len = strcspn(path, " ");
		buf_addstr(&text, "load ");
		add_module(&text, path, len);
		steps_escape(&text, path + len);
	} else {
		steps_escape(&text, line);
	}
	buf_addch(&text, '\0');
	trim_end(text.data);
	push_once(steps, text.data);
	buf_release(&text);
}

void steps_modprobe(struct strv *steps, const char *out)
{
	char *copy = xstrdup(out), *save, *line;

	for (line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		modprobe_line(steps, line);
	free(copy);
}

/* json-c's own string stays its own. */
static const char *member(struct json_object *object, const char *name)
{
	struct json_object *value;

	return json_object_object_get_ex(object, name, &value) ? json_object_get_string(value) : NULL;
}

static struct json_object *array_of(struct json_object *object, const char *name)
{
	struct json_object *array = NULL;

	if (!object || !json_object_object_get_ex(object, name, &array) ||
	    json_object_get_type(array) != json_type_array)
		return NULL;
	return array;
}

/* The steps that do something. */
void steps_kmodtui(struct strv *steps, const char *out)
{
	struct json_object *object = json_tokener_parse(out), *plan = array_of(object, "plan"), *step;
	const char *action, *name, *detail;
	struct buf text = BUF_INIT;
	size_t i;

	for (i = 0; plan && i < json_object_array_length(plan); i++) {
		step = json_object_array_get_idx(plan, i);
		action = member(step, "action");
		name = member(step, "name");
		detail = member(step, "detail");
		if (!action || !name || !strcmp(action, "keep") || !strcmp(action, "missing"))
			continue;
		buf_reset(&text);
		buf_printf(&text, "%s %s%s%s", action, strcmp(action, "install") ? name : "",
			   detail && strcmp(action, "install") ? " " : "", detail ? detail : "");
		trim_end(text.data);
		push_once(steps, text.data);
	}
	buf_release(&text);
	json_object_put(object);
}

/* modprobe puts the options behind the command of an install line, kmodtui shows the command. */
static bool same_step(const char *modprobe, const char *kmodtui)
{
	size_t len = strlen(kmodtui);

	if (!strncmp(kmodtui, "install ", 8))
		return !strncmp(modprobe, kmodtui, len) && strchr(" ", modprobe[len]);
	return !strcmp(modprobe, kmodtui);
}

/* Of two modules with the same command kmodtui's steps, without their options, are one here. */
static bool is_command_again(const struct strv *kmodtui, size_t n, const char *step)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!strncmp(kmodtui->v[i], "install ", 8) && same_step(step, kmodtui->v[i]))
			return true;
	return false;
}

bool steps_same(const struct strv *modprobe, const struct strv *kmodtui)
{
	size_t i, k = 0;

	for (i = 0; i < modprobe->n; i++) {
		if (k < kmodtui->n && same_step(modprobe->v[i], kmodtui->v[k]))
			k++;
		else if (!is_command_again(kmodtui, k, modprobe->v[i]))
			return false;
	}
	return k == kmodtui->n;
}
