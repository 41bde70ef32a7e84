/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui undo: takes an action of the journal back, from its last change to its first. */
#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/act.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/history.h"
#include "cli/out.h"
#include "cli/record.h"
#include "cli/say.h"
#include "cli/step.h"
#include "kernel/conffile.h"
#include "kernel/kmod_lib.h"
#include "kernel/sysmod.h"
#include "model/confedit.h"
#include "model/secret.h"

struct undo {
	struct act act;
	struct kmod_lib *lib;
};

static enum status fail(struct undo *undo, const char *name, enum status status, char *sentence)
{
	return step_report(&undo->act, name, "failed", status, sentence);
}

static enum status secret(struct undo *undo, const char *name)
{
	return fail(undo, name, STATUS_FAILED,
		    xstrdup(_("A value was secret and is not in the journal: this can not be taken back.")));
}

/* One parameter: what the kernel keeps in the end is what counts. */
static enum status undo_param(struct undo *undo, struct json_object *part)
{
	const char *module = history_text(part, "module"), *param = history_text(part, "param");
	const char *old = history_text(part, "old");
	const struct root *root = &undo->act.cli->root;
	struct why_case why = { .action = WHY_SET };
	char *before = NULL, *after = NULL;
	enum status status = STATUS_DONE;

	if (!module || !param || !old || secret_is_masked(old))
		return secret(undo, module ? module : "-");
	sysmod_read_param(root, module, param, &before);
	why.error = -sysmod_write_param(root, module, param, old);
	act_listen(&undo->act);
	sysmod_read_param(root, module, param, &after);
	if (why.error) {
		char *sentence = act_why(&undo->act, module, &why, &status);

		fail(undo, module, status, sentence);
	} else {
		record_param(undo->act.cli, module, (const char *const []){ param, before, after });
		step_report(&undo->act, module, "undone", STATUS_DONE,
			    say(_("The parameter %s is %s again."), param, after ? after : "-"));
	}
	free(before);
	free(after);
	return status;
}

/* False when something was masked. */
static bool read_lines(struct json_object *part, const char *key, struct strv *lines)
{
	struct json_object *array = history_array(part, key);
	const char *line;
	bool plain = true;
	size_t i;

	for (i = 0; array && i < json_object_array_length(array); i++) {
		line = json_object_get_string(json_object_array_get_idx(array, i));
		strv_push(lines, line ? line : "");
		plain = plain && line && !secret_is_masked(line);
	}
	return plain;
}

static int replace_lines(struct undo *undo, const char *path, const struct strv *what,
			 const struct strv *with)
{
	struct conffile file;
	char *text;
	int err;

	err = conffile_open(&file, &undo->act.cli->root, path);
	if (err)
		return err;
	text = confedit_replace(buf_str(&file.text), what, with);
	err = text ? conffile_write(&file, text, strlen(text)) : -ESTALE;
	free(text);
	conffile_close(&file);
	return err;
}

static enum status file_failed(struct undo *undo, const char *path, int err)
{
	if (err == -ESTALE)
		return fail(undo, path, STATUS_FAILED,
			    xstrdup(_("The file was changed since: the lines this action wrote are not there.")));
	return fail(undo, path, err == -EACCES || err == -EPERM || err == -EROFS ? STATUS_DENIED :
		    err == -EBUSY ? STATUS_BUSY : STATUS_FAILED,
		    say(_("The file could not be written: %s."), strerror(-err)));
}

/* Only files of ours are written, whatever the journal says. */
static enum status undo_file(struct undo *undo, struct json_object *part)
{
	const char *path = history_text(part, "file");
	struct strv old = STRV_INIT, new = STRV_INIT;
	enum status status;
	int err = 0;

	if (!path || (strcmp(path, CONFEDIT_MODPROBE) && strcmp(path, CONFEDIT_BOOT)))
		return fail(undo, path ? path : "-", STATUS_FAILED,
			    xstrdup(_("This is not a file of ours.")));
	if (!read_lines(part, "old", &old) || !read_lines(part, "new", &new)) {
		status = secret(undo, path);
	} else {
		err = replace_lines(undo, path, &new, &old);
		status = err ? file_failed(undo, path, err) :
			 step_report(&undo->act, path, "undone", STATUS_DONE,
				     xstrdup(_("The lines are as they were.")));
		if (!err)
			record_file(undo->act.cli, path, &new, &old);
	}
	strv_release(&old);
	strv_release(&new);
	return status;
}

/* A load becomes an unload, an unload a load with what the module had. */
static enum status undo_step(struct undo *undo, struct json_object *part)
{
	const char *action = history_text(part, "action"), *name = history_text(part, "name");
	const char *options = history_text(part, "options");
	struct step step = { .lib = undo->lib, .name = name, .what = name, .options = options };

	if (!action || !name || !util_name_valid(name))
		return fail(undo, name ? name : "-", STATUS_FAILED,
			    xstrdup(_("The journal does not say what was done.")));
	if (!strcmp(action, "load"))
		return step_unload(&undo->act, &step);
	if (options && secret_is_masked(options))
		return secret(undo, name);
	return step_load(&undo->act, &step);
}

/* From the last to the first; the first failure ends it. */
static enum status undo_parts(struct undo *undo, struct json_object *parts,
			      enum status (*take_back)(struct undo *undo, struct json_object *part))
{
	enum status status = STATUS_DONE;
	size_t i = parts ? json_object_array_length(parts) : 0;

	while (i-- > 0 && !status)
		status = take_back(undo, json_object_array_get_idx(parts, i));
	return status;
}

static void undo_action(struct undo *undo, struct json_object *action)
{
	struct cli *cli = undo->act.cli;

	if (cli->record)
		cli->record->undoes = history_integer(action, "id");
	if (undo_parts(undo, history_array(action, "files"), undo_file) ||
	    undo_parts(undo, history_array(action, "params"), undo_param))
		return;
	undo_parts(undo, history_array(action, "did"), undo_step);
}

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

static enum status choose(struct json_object *actions, const char *word, struct json_object **action)
{
	size_t n = json_object_array_length(actions), number;
	enum status status;

	if (!word) {
		*action = find_last(actions);
		return *action ? STATUS_DONE :
		       out_error(STATUS_NOT_FOUND, NULL, _("The journal has no action that could be taken back."));
	}
	status = history_number(word, &number);
	if (status)
		return status;
	if (number > n)
		return out_error(STATUS_NOT_FOUND, word, _("The journal does not go back that far."));
	*action = json_object_array_get_idx(actions, n - number);
	if (!history_has_changes(*action))
		return out_error(STATUS_FAILED, word, _("This action changed nothing; there is nothing to take back."));
	return STATUS_DONE;
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct json_object *actions = NULL, *action = NULL;
	struct undo undo = { .lib = NULL };
	enum status status;

	status = history_read(&actions);
	if (!status)
		status = choose(actions, argc ? argv[0] : NULL, &action);
	if (!status) {
		act_begin(&undo.act, cli);
		kmod_lib_open(&undo.lib, &cli->root);
		undo_action(&undo, action);
		kmod_lib_close(undo.lib);
		status = act_end(&undo.act);
	}
	json_object_put(actions);
	return status;
}

const struct command cmd_undo = {
	.name = "undo",
	.arguments = "[N]",
	.summary = N_("Takes the last action back, or number N of the journal."),
	.max_args = 1,
	.flags = COMMAND_CHANGES | COMMAND_LIVE,
	.run = run,
};
