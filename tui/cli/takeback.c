/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/takeback.h"

#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/act.h"
#include "cli/care.h"
#include "cli/cli.h"
#include "cli/facts.h"
#include "cli/history.h"
#include "cli/kept.h"
#include "cli/patience.h"
#include "cli/record.h"
#include "cli/say.h"
#include "cli/step.h"
#include "kernel/conffile.h"
#include "kernel/kmod_lib.h"
#include "kernel/paramread.h"
#include "kernel/procmods.h"
#include "model/confedit.h"
#include "model/module.h"
#include "model/plan.h"
#include "model/secret.h"

struct takeback {
	struct act act;
	struct kmod_lib *lib;
};

static enum status fail(struct takeback *back, const char *name, enum status status, char *sentence)
{
	return step_report(&back->act, name, "failed", status, sentence);
}

static enum status secret(struct takeback *back, const char *name)
{
	return fail(back, name, STATUS_FAILED,
		    xstrdup(_("A value was secret and is not in the journal: this can not be taken back.")));
}

/* Behind a write that hangs everything would hang, and go on when nobody waits for it any longer. */
static enum status look(struct takeback *back, const char *module)
{
	char *sentence;
	enum status status = patience_probe(back->act.cli, module, &sentence);

	return status ? fail(back, module, status, sentence) : STATUS_DONE;
}

/* @before: what it was; what the kernel keeps in the end is what counts. */
static enum status write_old(struct takeback *back, const char *module, const char *param,
			     const char *before, const char *old)
{
	int err = step_write(&back->act, module, param, old);
	struct why_case why = { .action = WHY_SET, .error = -err, .late = back->act.late };
	enum status status = STATUS_DONE;
	char *after = NULL, *sentence;

	if (err) {
		sentence = act_why(&back->act, module, &why, &status);
		return fail(back, module, status, sentence);
	}
	paramread_value(&back->act.cli->root, module, param, &after, FACTS_WAIT_MS);
	record_param(back->act.cli, module, (const char *const []){ param, before, after });
	step_report(&back->act, module, "undone", STATUS_DONE,
		    say(_("The parameter %s is %s again."), param, after ? after : "-"));
	free(after);
	return STATUS_DONE;
}

static enum status undo_param(struct takeback *back, struct json_object *part)
{
	const char *module = history_text(part, "module"), *param = history_text(part, "param");
	const char *old = history_text(part, "old");
	char *before = NULL;
	enum status status;

	if (!module || !param || !old || secret_is_masked(old))
		return secret(back, module ? module : "-");
	status = look(back, module);
	if (!status) {
		paramread_value(&back->act.cli->root, module, param, &before, FACTS_WAIT_MS);
		status = write_old(back, module, param, before, old);
	}
	free(before);
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

static int replace_lines(struct takeback *back, const char *path, const struct strv *what,
			 const struct strv *with)
{
	struct conffile file;
	char *text;
	int err;

	err = conffile_open(&file, &back->act.cli->root, path);
	if (err)
		return err;
	text = confedit_replace(buf_str(&file.text), what, with);
	err = text ? conffile_write(&file, text, strlen(text)) : -ESTALE;
	free(text);
	conffile_close(&file);
	return err;
}

static enum status file_failed(struct takeback *back, const char *path, int err)
{
	if (err == -ESTALE)
		return fail(back, path, STATUS_FAILED,
			    xstrdup(_("The file was changed since: the lines this action wrote are not there.")));
	return fail(back, path, err == -EACCES || err == -EPERM || err == -EROFS ? STATUS_DENIED :
		    err == -EBUSY ? STATUS_BUSY : STATUS_FAILED,
		    say(_("The file could not be written: %s."), strerror(-err)));
}

/* Only files of ours are written, whatever the journal says. */
static enum status undo_file(struct takeback *back, struct json_object *part)
{
	const char *path = history_text(part, "file");
	struct strv old = STRV_INIT, new = STRV_INIT;
	enum status status;
	int err = 0;

	if (!path || (strcmp(path, CONFEDIT_MODPROBE) && strcmp(path, CONFEDIT_BOOT)))
		return fail(back, path ? path : "-", STATUS_FAILED,
			    xstrdup(_("This is not a file of ours.")));
	if (!read_lines(part, "old", &old) || !read_lines(part, "new", &new)) {
		status = secret(back, path);
	} else {
		err = replace_lines(back, path, &new, &old);
		status = err ? file_failed(back, path, err) :
			 step_report(&back->act, path, "undone", STATUS_DONE,
				     xstrdup(_("The lines are as they were.")));
		if (!err)
			record_file(back->act.cli, path, &new, &old);
	}
	strv_release(&old);
	strv_release(&new);
	return status;
}

static enum status undo_load(struct takeback *back, const struct step *step)
{
	struct modlist live = MODLIST_INIT;
	struct plan plan = PLAN_INIT;
	enum status status;

	status = look(back, step->name);
	if (status)
		return status;
	procmods_read(&back->act.cli->root, &live);
	plan_push(&plan, PLAN_UNLOAD, step->name, NULL);
	status = care_check(&back->act, step->name, &live, &plan);
	if (!status)
		status = step_unload(&back->act, step);
	plan_release(&plan);
	modlist_release(&live);
	return status;
}

struct loss {
	struct strv lost;		/* what the kernel did not show when it went */
	struct strv secret;		/* what the journal does not keep */
};

static void tell_loss(struct takeback *back, const char *name, const char *result, const struct loss *loss)
{
	struct act_result row = { .name = name, .result = result, .status = STATUS_DONE };
	char *names = strv_join(&loss->secret, ", ");

	/* The result tells of those itself: step_load(). */
	row.sentence = strcmp(result, "planned") ? NULL : kept_sentence(&loss->lost);
	if (row.sentence)
		act_result_lost(&back->act, &row, &loss->lost);
	row.sentence = say(_("Secrets are not in the journal; these parameters have the value of a fresh load: %s."), names);
	if (loss->secret.n)
		act_result_lost(&back->act, &row, &loss->secret);
	free(row.sentence);
	free(names);
}

static void plan_load(struct takeback *back, const struct step *step)
{
	struct plan plan = PLAN_INIT;

	plan_push(&plan, PLAN_LOAD, step->name, *step->options ? step->options : NULL);
	act_plan(&back->act, &plan);
	plan_release(&plan);
}

/* From the same file, with what it had. */
static enum status undo_unload(struct takeback *back, struct json_object *part, struct step *step)
{
	struct loss loss = { .lost = STRV_INIT };
	const char *file = history_text(part, "file");
	char *options = kept_unmask(step->options ? step->options : "", &loss.secret);
	enum status status;

	read_lines(part, "lost", &loss.lost);
	if (file && access(file, R_OK) == 0)
		step->what = file;
	step->options = options;
	step->carried = true;
	step->lost = &loss.lost;
	step->build = history_text(part, "build");
	plan_load(back, step);
	tell_loss(back, step->name, "planned", &loss);
	status = step_load(&back->act, step);
	if (!status)
		tell_loss(back, step->name, "loaded", &loss);
	strv_release(&loss.lost);
	strv_release(&loss.secret);
	free(options);
	return status;
}

/* A load becomes an unload, an unload a load with what the module had. */
static enum status undo_step(struct takeback *back, struct json_object *part)
{
	const char *action = history_text(part, "action"), *name = history_text(part, "name");
	struct step step = { .lib = back->lib, .name = name, .what = name, .options = history_text(part, "options") };

	if (!action || !name || !util_name_live(name))
		return fail(back, name ? name : "-", STATUS_FAILED,
			    xstrdup(_("The journal does not say what was done.")));
	return strcmp(action, "load") ? undo_unload(back, part, &step) : undo_load(back, &step);
}

/* From the last to the first; the first failure ends it. */
static enum status undo_parts(struct takeback *back, struct json_object *parts,
			      enum status (*take)(struct takeback *back, struct json_object *part))
{
	enum status status = STATUS_DONE;
	size_t i = parts ? json_object_array_length(parts) : 0;

	while (i-- > 0 && !status)
		status = take(back, json_object_array_get_idx(parts, i));
	return status;
}

enum status takeback_run(struct cli *cli, struct json_object *action)
{
	struct takeback back = { .lib = NULL };

	act_begin(&back.act, cli);
	kmod_lib_open(&back.lib, &cli->root);
	/* What the journal has is the name the kernel knew. */
	kmod_lib_take_names(back.lib);
	if (cli->record)
		cli->record->undoes = history_integer(action, "id");
	if (!undo_parts(&back, history_array(action, "files"), undo_file) &&
	    !undo_parts(&back, history_array(action, "params"), undo_param))
		undo_parts(&back, history_array(action, "did"), undo_step);
	kmod_lib_close(back.lib);
	return act_end(&back.act);
}
