/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/confchange.h"

#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/image.h"
#include "cli/out.h"
#include "cli/record.h"
#include "cli/say.h"
#include "kernel/bootimage.h"
#include "kernel/conffile.h"
#include "kernel/root.h"
#include "model/textdiff.h"

#define TEXT_MAX (1u << 20)

void confchange_begin(struct confchange *change, struct cli *cli)
{
	memset(change, 0, sizeof(*change));
	change->cli = cli;
	change->result = "unchanged";
	if (cli->options->json) {
		change->changes = json_object_new_array();
		change->remarks = json_object_new_array();
	}
}

/* A text of several lines: each is made safe, the line ends stay.  NULL gives null. */
static struct json_object *text_json(const char *text)
{
	const char *pos = text, *end = text ? text + strlen(text) : NULL, *line;
	struct buf safe = BUF_INIT;
	struct json_object *string;
	size_t len;

	if (!text)
		return NULL;
	while (parse_line(&pos, end, &line, &len)) {
		text_escape(&safe, line, len);
		buf_addch(&safe, '\n');
	}
	string = json_object_new_string_len(buf_str(&safe), (int)safe.len);
	buf_release(&safe);
	return string;
}

static void print_lines(const struct strv *lines, const char *sign)
{
	size_t i;

	for (i = 0; i < lines->n; i++) {
		out_printf("%s", sign);
		out_text(lines->v[i], 4);
		out_printf("\n");
	}
}

/* @before is NULL when there was no file; so is @after when there will be none. */
static void show(struct confchange *change, const char *path, const char *before, const char *after)
{
	struct strv old = STRV_INIT, new = STRV_INIT;
	struct json_object *row;

	if (change->changes) {
		row = json_object_new_object();
		json_object_object_add(row, "file", json_object_new_string(path));
		json_object_object_add(row, "before", text_json(before));
		json_object_object_add(row, "after", text_json(after));
		json_object_array_add(change->changes, row);
		return;
	}
	textdiff(before, after, &old, &new);
	if (old.n + new.n)
		out_printf("/%s\n", path);
	print_lines(&old, "-");
	print_lines(&new, "+");
	strv_release(&old);
	strv_release(&new);
	out_flush();
}

/* What went wrong with the file, in words. */
static const struct {
	int error;
	enum status status;
	const char *sentence;		/* N_(); its only %s is the file */
} failures[] = {
	{ EACCES, STATUS_DENIED, N_("You may not write /%s; root may. Nothing was changed.") },
	{ EPERM, STATUS_DENIED, N_("You may not write /%s; root may. Nothing was changed.") },
	{ EROFS, STATUS_DENIED, N_("/%s lies on a file system that is mounted read-only. Nothing was changed.") },
	{ EBUSY, STATUS_BUSY, N_("Another kmodtui is writing /%s just now. Nothing was changed; try again.") },
	{ ENOSPC, STATUS_FAILED, N_("There is no room left on the file system of /%s. The old file is as it was.") },
	{ EDQUOT, STATUS_FAILED, N_("The quota on the file system of /%s is used up. The old file is as it was.") },
	{ ELOOP, STATUS_FAILED, N_("/%s is a link, and links are not followed. Nothing was changed.") },
	{ EINVAL, STATUS_FAILED, N_("/%s is not a file of text. Nothing was changed.") },
	{ EFBIG, STATUS_FAILED, N_("/%s is far too long. Nothing was changed.") },
	{ ESTALE, STATUS_FAILED, N_("/%s was changed since, so that this can not be taken back. Nothing was changed.") },
	{ ENOENT, STATUS_NOT_FOUND, N_("There is no directory for /%s. Nothing was changed.") },
};

static enum status fail_file(struct confchange *change, const char *path, int err)
{
	size_t i;

	change->error = -err;
	for (i = 0; i < ARRAY_SIZE(failures); i++)
		if (failures[i].error == -err)
			return confchange_fail(change, NULL, failures[i].status,
					       say(_(failures[i].sentence), path));
	return confchange_fail(change, NULL, STATUS_FAILED,
			       say(_("/%s could not be written: %s. It is whole, be it the old one or the new one."),
				   path, strerror(-err)));
}

static void keep(struct cli *cli, const char *path, const char *before, const char *after)
{
	struct strv old = STRV_INIT, new = STRV_INIT;

	textdiff(before, after, &old, &new);
	record_file(cli, path, &old, &new);
	strv_release(&old);
	strv_release(&new);
}

/* The text now, without a lock: for a plan. */
static int read_plain(const struct root *root, const char *path, struct buf *text, bool *there)
{
	int err = root_read(root, path, text, TEXT_MAX);

	*there = !err;
	if (!err && strlen(buf_str(text)) != text->len)
		return -EINVAL;
	return err == -ENOENT ? 0 : err;
}

static void mark(struct confchange *change, const char *result)
{
	change->changed = true;
	if (!change->status)
		change->result = result;
}

static int plan(struct confchange *change, const struct confchange_edit *edit)
{
	struct buf text = BUF_INIT;
	char *after = NULL;
	bool there;
	int err;

	err = read_plain(&change->cli->root, edit->path, &text, &there);
	if (!err)
		after = edit->edit(buf_str(&text), edit->arg);
	if (!err && !after)
		err = -ESTALE;
	if (!err && strcmp(buf_str(&text), after)) {
		show(change, edit->path, there ? buf_str(&text) : NULL, *after ? after : NULL);
		mark(change, "planned");
	}
	free(after);
	buf_release(&text);
	return err;
}

/* What modprobe makes of a file shows only when it is there. */
static int write_checked(struct confchange *change, const struct confchange_edit *edit, struct conffile *file,
			 const char *after)
{
	const char *before = buf_str(&file->text);
	int err, undone;

	err = conffile_write(file, after, strlen(after));
	if (err || !edit->check)
		return err;
	err = edit->check(change, edit->arg);
	undone = err ? conffile_write(file, before, strlen(before)) : 0;
	return undone ? undone : err ? -ECANCELED : 0;
}

static int write_file(struct confchange *change, const struct confchange_edit *edit)
{
	struct conffile file;
	const char *before;
	char *after;
	int err;

	err = conffile_open(&file, &change->cli->root, edit->path);
	if (err)
		return err;
	before = buf_str(&file.text);
	after = edit->edit(before, edit->arg);
	if (!after) {
		err = -ESTALE;
	} else if (strcmp(before, after)) {
		err = write_checked(change, edit, &file, after);
		if (err != -ECANCELED)
			show(change, edit->path, file.old < 0 ? NULL : before, *after ? after : NULL);
		if (!err) {
			mark(change, "written");
			keep(change->cli, edit->path, before, after);
		}
	} else if (edit->check && edit->check(change, edit->arg)) {
		err = -ECANCELED;
	}
	free(after);
	conffile_close(&file);
	return err;
}

enum status confchange_run(struct confchange *change, const struct confchange_edit *edit)
{
	int err = change->cli->options->dry_run ? plan(change, edit) : write_file(change, edit);

	if (err == -ECANCELED)
		return change->status;
	return err ? fail_file(change, edit->path, err) : STATUS_DONE;
}

void confchange_remark(struct confchange *change, const char *subject, char *sentence)
{
	if (change->remarks)
		json_object_array_add(change->remarks, out_json_string(sentence));
	else
		out_error(STATUS_DONE, subject, "%s", sentence);
	free(sentence);
}

enum status confchange_fail(struct confchange *change, const char *subject, enum status status,
			    char *sentence)
{
	out_error(status, subject, "%s", sentence);
	if (status <= change->status) {
		free(sentence);
		return status;
	}
	free(change->sentence);
	change->status = status;
	change->sentence = sentence;
	change->result = "failed";
	return status;
}

/* Whether the image holds what the settings are about; true: said so. */
static bool warn_holder(struct confchange *change, const struct bootimage *image, const char *name)
{
	const char *module = bootimage_module(image, name);
	const struct modprobed_line *line = bootimage_line(image, name);

	if (module)
		confchange_remark(change, name,
				  say(_("/%s, from which this kernel starts, holds %s, and the old settings with it; \"%s\" makes it anew."),
				      image->path, module, image->command));
	else if (line)
		confchange_remark(change, name,
				  say(_("/%s, from which this kernel starts, has its own copy of /%s, which names it in line %u; \"%s\" makes it anew."),
				      image->path, line->file, line->line, image->command));
	return module || line;
}

void confchange_warn_image(struct confchange *change, char *const *names, size_t n)
{
	struct bootimage image;
	bool said = false;
	char *trouble;
	size_t i;

	if (!change->changed)
		return;
	bootimage_read(&image, &change->cli->root);
	for (i = 0; image.path && i < n; i++)
		said = warn_holder(change, &image, names[i]) || said;
	trouble = said || !image.path ? NULL : image_trouble(&image);
	if (trouble)
		confchange_remark(change, NULL,
				  say(_("Whether the image from which this kernel starts holds a copy of the old settings is not known: %s. \"%s\" makes it anew."),
				      trouble, image.command));
	free(trouble);
	bootimage_release(&image);
}

static struct json_object *first_member(const struct confchange *change, const char *key)
{
	struct json_object *value;

	if (!json_object_array_length(change->changes) ||
	    !json_object_object_get_ex(json_object_array_get_idx(change->changes, 0), key, &value))
		return NULL;
	return json_object_get(value);
}

static void print_result(const struct confchange *change)
{
	if (change->status)
		return;
	out_printf("%s\n", !change->changed ? _("Nothing is to be changed.") :
		   change->cli->options->dry_run ? _("Nothing was written: this was only the plan.") :
		   _("Written."));
}

enum status confchange_end(struct confchange *change)
{
	struct json_object *object;

	if (change->changes) {
		object = out_json_new();
		json_object_object_add(object, "file", first_member(change, "file"));
		json_object_object_add(object, "before", first_member(change, "before"));
		json_object_object_add(object, "after", first_member(change, "after"));
		json_object_object_add(object, "changes", change->changes);
		json_object_object_add(object, "result", json_object_new_string(change->result));
		json_object_object_add(object, "errno",
				       change->error ? json_object_new_int(change->error) : NULL);
		json_object_object_add(object, "sentence", out_json_string(change->sentence));
		json_object_object_add(object, "remarks", change->remarks);
		out_json(object);
	} else {
		print_result(change);
	}
	free(change->sentence);
	return change->status;
}
