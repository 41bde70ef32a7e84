/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui info: what modules say of themselves, line for line as modinfo prints it. */
#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/facts.h"
#include "cli/out.h"
#include "kernel/kmod_info.h"
#include "kernel/kmod_lib.h"
#include "kernel/procmods.h"
#include "model/info.h"
#include "model/module.h"

#define KEY_WIDTH 16		/* the colon included */

/* A parameter as modinfo shows it: description and type stand in two fields of the module. */
struct shown_param {
	const char *name, *text, *type;	/* NULL: not given */
	int name_len;
};

static void print_field(const char *key, const char *value)
{
	int pad = KEY_WIDTH - 1 - (int)strlen(key);

	if (pad < 0)
		pad = MODINFO_PADS_LONG ? -pad : 0;
	out_text(key, 0);
	out_printf(":%*s", pad, "");
	out_text(value, KEY_WIDTH);
	out_printf("\n");
}

/* The entry of that name, made at the end of @params if there is none. */
static struct shown_param *param_get(struct shown_param *params, size_t *n, const char *name,
				     int len)
{
	size_t i;

	for (i = 0; i < *n; i++)
		if (params[i].name_len == len && !memcmp(params[i].name, name, (size_t)len))
			return &params[i];
	params[*n].name = name;
	params[*n].name_len = len;
	return &params[(*n)++];
}

static void param_collect(struct shown_param *params, size_t *n, const struct info_field *field)
{
	const char *colon = strchr(field->value, ':');
	struct shown_param *param;

	if (!colon)
		return;
	param = param_get(params, n, field->value, (int)(colon - field->value));
	if (!strcmp(field->key, "parm"))
		param->text = colon + 1;
	else
		param->type = colon + 1;
}

static void param_print(const struct shown_param *param)
{
	char *name = xstrndup(param->name, (size_t)param->name_len);

	out_printf("%-*s", KEY_WIDTH, "parm:");
	out_text(name, KEY_WIDTH);
	out_printf(":");
	if (param->text)
		out_text(param->text, KEY_WIDTH);
	if (param->text && param->type)
		out_printf(" (");
	if (param->type)
		out_text(param->type, KEY_WIDTH);
	out_printf(param->text && param->type ? ")\n" : "\n");
	free(name);
}

static bool is_param(const struct info_field *field)
{
	return !strcmp(field->key, "parm") || !strcmp(field->key, "parmtype");
}

static void print_text(const struct info *info)
{
	struct shown_param *params = xcalloc(info->n + 1, sizeof(*params));
	size_t n = 0, i;

	if (!info->path)
		print_field("name", info->name);
	print_field("filename", info->path ? info->path : "(builtin)");
	for (i = 0; i < info->n; i++) {
		if (is_param(&info->fields[i]))
			param_collect(params, &n, &info->fields[i]);
		else
			print_field(info->fields[i].key, info->fields[i].value);
	}
	/* The last one named comes first, as in modinfo. */
	while (n)
		param_print(&params[--n]);
	free(params);
}

static void add_json(struct json_object *array, const struct info *info)
{
	struct json_object *object = json_object_new_object(), *fields = json_object_new_array();
	struct json_object *pair;
	size_t i;

	for (i = 0; i < info->n; i++) {
		pair = json_object_new_array();
		json_object_array_add(pair, out_json_string(info->fields[i].key));
		json_object_array_add(pair, out_json_string(info->fields[i].value));
		json_object_array_add(fields, pair);
	}
	json_object_object_add(object, "name", out_json_string(info->name));
	json_object_object_add(object, "path", out_json_string(info->path));
	json_object_object_add(object, "fields", fields);
	json_object_array_add(array, object);
}

static void show_one(const struct info *info, struct json_object *array)
{
	if (array)
		add_json(array, info);
	else
		print_text(info);
}

/* What is known of a module without a file: that it is loaded. */
static void show_live(const char *name, struct json_object *array)
{
	struct info info = INFO_INIT;

	info.name = xstrdup(name);
	if (array) {
		add_json(array, &info);
	} else {
		print_field("name", name);
		print_field("filename", "(unknown)");
	}
	out_error(STATUS_DONE, name, _("It is loaded, but there is no file of this name below the module directory: what it says of itself is not known."));
	info_release(&info);
}

/* Nothing was read by libkmod, or what was read is of another module that an alias stands for. */
static enum status show_other(const struct root *root, const char *what, struct json_object *array)
{
	struct facts facts = FACTS_INIT;
	enum status status;
	char *sentence;

	status = facts_read(&facts, root, what, &sentence);
	if (status) {
		out_error(status, what, "%s", sentence);
		free(sentence);
	} else if (facts.n_infos) {
		show_one(&facts.infos[0], array);
	} else if (facts.module) {
		show_live(facts.name, array);
	} else {
		status = out_error(STATUS_NOT_FOUND, what,
				   _("It is part of the kernel image; what it says of itself is not on this machine."));
	}
	facts_release(&facts);
	return status;
}

static bool is_live(const struct root *root, const char *what)
{
	struct modlist live = MODLIST_INIT;
	bool found;

	procmods_read(root, &live);
	found = facts_find_live(&live, what);
	modlist_release(&live);
	return found;
}

static enum status show(const struct root *root, struct kmod_lib *lib, const char *what,
			struct json_object *array)
{
	struct info *infos = NULL;
	enum status status = STATUS_DONE;
	char *sentence;
	size_t n = 0, i;
	int err;

	err = kmod_info_read(lib, what, &infos, &n);
	if (err && err != -ENOENT) {
		status = facts_info_failure(err, &sentence);
		out_error(status, what, "%s", sentence);
		free(sentence);
	} else if (err || (!util_name_equal(infos[0].name, what) && is_live(root, what))) {
		status = show_other(root, what, array);
	} else {
		for (i = 0; i < n; i++)
			show_one(&infos[i], array);
	}
	for (i = 0; i < n; i++)
		info_release(&infos[i]);
	free(infos);
	return status;
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct json_object *object, *array = NULL;
	enum status status = STATUS_DONE, each;
	struct kmod_lib *lib;
	int err, i;

	err = kmod_lib_open(&lib, &cli->root);
	if (err && err != -ENOENT)
		return out_error(STATUS_FAILED, "info", _("libkmod does not start: %s."),
				 strerror(-err));
	if (cli->options->json)
		array = json_object_new_array();
	for (i = 0; i < argc; i++) {
		each = show(&cli->root, lib, argv[i], array);
		status = each > status ? each : status;
	}
	kmod_lib_close(lib);
	if (array) {
		object = out_json_new();
		json_object_object_add(object, "modules", array);
		out_json(object);
	}
	return status;
}

const struct command cmd_info = {
	.name = "info",
	.arguments = "NAME|FILE...",
	.summary = N_("Shows what modules say of themselves."),
	.min_args = 1,
	.max_args = -1,
	.run = run,
};
