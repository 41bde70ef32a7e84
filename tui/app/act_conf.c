/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is to last: parameters, loading at boot, masks.  The difference first, then the one door. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/batch.h"
#include "app/console.h"
#include "app/job.h"
#include "app/outcome.h"
#include "app/showplan.h"
#include "app/written.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/words.h"
#include "base/xalloc.h"
#include "kernel/kmod_fate.h"
#include "model/confedit.h"
#include "model/param.h"
#include "model/secret.h"
#include "model/textdiff.h"

#define TEXT_MAX (1u << 20)

/* What the open question is about; one question at a time. */
static struct {
	char *module, *param;
	struct strv command;		/* "mask", "kmt_timer" */
	bool tagged;			/* the command is about all tagged modules it names */
	bool batch;			/* not this command but those of the batch are to run */
	struct buf equivalent;		/* what one would type, a line a command */
} asked;

static void ask_about(const char *module, const char *param)
{
	free(asked.module);
	free(asked.param);
	asked.module = xstrdup(module);
	asked.param = xstrdup(param);
	strv_release(&asked.command);
	asked.command = (struct strv)STRV_INIT;
	asked.tagged = asked.batch = false;
	buf_reset(&asked.equivalent);
}

/* One line of what one would type, but for secrets. */
static void spell(const struct strv *command)
{
	struct buf *line = &asked.equivalent;
	size_t i;

	buf_printf(line, "%skmodtui", line->len ? "\n" : "");
	for (i = 0; i < command->n; i++) {
		char *word = secret_mask_word(command->v[i]);

		buf_addch(line, ' ');
		words_quote(line, word);
		free(word);
	}
}

/* What is settled needs its tags no more. */
static void settle_tags(struct console *console)
{
	size_t i;

	for (i = 1; asked.tagged && i < asked.command.n; i++)
		tags_remove(&console->shown.tags, asked.command.v[i]);
}

static void ended(struct console *console, const struct result *result)
{
	char title[128], *line;
	struct strv remarks;

	snprintf(title, sizeof(title), "%s %s", result->verb, result->module);
	if (result->status) {
		line = outcome_about(result->module, result->sentence ? result->sentence : _("The action failed."));
		console_say(console, MESSAGE_BAD, "%s", line);
		console_explain(console, title, line, NULL);
		free(line);
		return;
	}
	settle_tags(console);
	console_say(console, MESSAGE_GOOD, written_words(&asked.command, asked.param), result->module,
		    result->equivalent);
	outcome_remarks(asked.tagged ? NULL : result->module, result->remarks, &remarks);
	if (remarks.n)
		console_explain(console, title, _("The settings were written. What is to know about them:"),
				&remarks);
	strv_release(&remarks);
}

static void confirmed(struct console *console, size_t yes)
{
	struct job_request request = { .module = asked.module, .done = ended };
	size_t i;

	if (!yes) {
		console_say(console, MESSAGE_PLAIN, _("Cancelled: nothing was written."));
		return;
	}
	if (asked.batch) {
		batch_run(console);
		return;
	}
	for (i = 0; i < asked.command.n; i++)
		strv_push(&request.command, asked.command.v[i]);
	request.equivalent = buf_str(&asked.equivalent);
	job_start(console, &request);
}

static void push_lines(struct strv *to, const struct strv *lines, const char *sign)
{
	size_t i;

	for (i = 0; i < lines->n; i++) {
		struct buf line = BUF_INIT;

		buf_printf(&line, "%s %s", sign, lines->v[i]);
		strv_push(to, buf_str(&line));
		buf_release(&line);
	}
}

/* The question with what would change in the file; @after is taken over. */
static void show_change(struct console *console, const char *title, const char *path, char *after)
{
	struct strv old = STRV_INIT, new = STRV_INIT, *lines = &console->ui.popup.lines;
	struct buf before = BUF_INIT, file = BUF_INIT;

	/* What can not be read is told by the command. */
	root_read(&console->root, path, &before, TEXT_MAX);
	textdiff(buf_str(&before), after, &old, &new);
	if (!old.n && !new.n) {
		console_say(console, MESSAGE_PLAIN, _("/%s says so already."), path);
	} else {
		ask_confirm(console, title, confirmed);
		buf_printf(&file, "/%s", path);
		strv_push(lines, buf_str(&file));
		push_lines(lines, &old, "-");
		push_lines(lines, &new, "+");
		if (!asked.batch)
			spell(&asked.command);
		showplan_equivalent(console, buf_str(&asked.equivalent));
		showplan_learn(console, &new);
	}
	free(after);
	strv_release(&old);
	strv_release(&new);
	buf_release(&before);
	buf_release(&file);
}

static char *text_of(struct console *console, const char *path)
{
	struct buf text = BUF_INIT;

	root_read(&console->root, path, &text, TEXT_MAX);
	return buf_detach(&text);
}

/* An empty value is none: what was made permanent is so no more. */
static void forget_value(struct console *console)
{
	char title[192], *text = text_of(console, CONFEDIT_MODPROBE);
	struct strv names = STRV_INIT;

	strv_push(&names, asked.param);
	strv_push(&asked.command, "persist");
	strv_push(&asked.command, asked.module);
	strv_push(&asked.command, asked.param);
	strv_push(&asked.command, "--remove");
	snprintf(title, sizeof(title), _("Make %s of %s permanent no more?"), asked.param, asked.module);
	show_change(console, title, CONFEDIT_MODPROBE, confedit_unset(text, asked.module, &names));
	free(text);
	strv_release(&names);
}

static void value_typed(struct console *console, const char *value)
{
	const struct param *param = paramlist_find(&console->shown.params, asked.param);
	char *why = NULL, *spelled, *text, title[192];
	struct strv options = STRV_INIT;
	struct buf word = BUF_INIT;

	if (!console->details_of || !util_name_equal(console->details_of, asked.module) || !param) {
		console_say(console, MESSAGE_BAD, _("%s is gone; nothing was written."), asked.module);
		return;
	}
	if (!*value) {
		forget_value(console);
		return;
	}
	if (param_check(param, value, &why)) {
		console_say(console, MESSAGE_BAD, _("Nothing was written: %s"), why);
		free(why);
		return;
	}
	buf_printf(&word, "%s=%s", asked.param, value);
	strv_push(&asked.command, "persist");
	strv_push(&asked.command, asked.module);
	strv_push(&asked.command, buf_str(&word));
	spelled = confedit_spell(asked.param, value);
	strv_push(&options, spelled);
	text = text_of(console, CONFEDIT_MODPROBE);
	snprintf(title, sizeof(title), _("Make %s of %s permanent?"), asked.param, asked.module);
	show_change(console, title, CONFEDIT_MODPROBE, confedit_set(text, asked.module, &options));
	free(text);
	free(spelled);
	strv_release(&options);
	buf_release(&word);
}

void act_conf_persist(struct console *console)
{
	const struct param *param;
	struct buf label = BUF_INIT;

	details_update(console);
	param = act_param_current(console);
	if (!param) {
		console_say(console, MESSAGE_BAD, _("Choose a parameter first: p shows them."));
		return;
	}
	ask_about(console->shown.selected->name, param->name);
	buf_printf(&label, _("Permanent value of %s (%s, empty for none)"), param->name,
		   param->type ? param->type : _("any type"));
	ask_text(console, buf_str(&label), param->value ? param->value : param->configured, value_typed);
	prompt_select(&console->ui.prompt);
	buf_release(&label);
}

/* A command with the module alone and an option, and the edit it makes. */
static void ask_edit(struct console *console, const char *title, const char *path,
		     char *(*edit)(const char *text, const char *module))
{
	char line[192], *text = text_of(console, path);

	snprintf(line, sizeof(line), title, asked.module);
	show_change(console, line, path, edit(text, asked.module));
	free(text);
}

static bool is_masked(struct console *console, const char *text, const char *name)
{
	(void)text;
	return kmod_fate_is_masked(console->lib, &console->conf, name);
}

static bool is_at_boot(struct console *console, const char *text, const char *name)
{
	char *with = confedit_boot(text, name);
	bool same = !strcmp(text, with);

	(void)console;
	free(with);
	return same;
}

/* A setting that tagged modules get, or lose when all of them have it. */
struct lasting {
	const char *path, *give, *take;		/* N_() questions */
	bool (*has)(struct console *console, const char *text, const char *name);
	char *(*with)(const char *text, const char *module);
	char *(*without)(const char *text, const char *module);
	/* Of one more module. */
	void (*add)(const char *name, bool taken);
};

static void add_mask(const char *name, bool taken)
{
	if (!asked.command.n)
		strv_push(&asked.command, taken ? "unmask" : "mask");
	strv_push(&asked.command, name);
}

static void add_boot(const char *name, bool taken)
{
	struct strv command = STRV_INIT, names = STRV_INIT;
	size_t from = asked.equivalent.len;

	strv_push(&names, name);
	strv_push(&command, "persist");
	strv_push(&command, name);
	strv_push(&command, "--boot");
	if (taken)
		strv_push(&command, "--remove");
	spell(&command);
	batch_add(&command, &names, buf_str(&asked.equivalent) + from + (from > 0));
	asked.batch = true;
	strv_release(&command);
	strv_release(&names);
}

/* Those that are to get it; all when all have it. */
static void choose(struct console *console, const struct lasting *setting, const char *text, struct strv *names)
{
	const struct strv *tagged = &console->shown.tags.names;
	size_t i;

	for (i = 0; i < tagged->n; i++)
		if (!setting->has(console, text, tagged->v[i]))
			strv_push(names, tagged->v[i]);
	if (names->n)
		return;
	for (i = 0; i < tagged->n; i++)
		strv_push(names, tagged->v[i]);
}

/* One difference for all of them. */
static void ask_tagged(struct console *console, const struct lasting *setting)
{
	char *text = text_of(console, setting->path), *before = text, title[128], label[64];
	struct strv names = STRV_INIT;
	bool taken;
	size_t i;

	choose(console, setting, text, &names);
	taken = setting->has(console, text, names.v[0]);
	snprintf(label, sizeof(label), ngettext("%zu tagged module", "%zu tagged modules", names.n), names.n);
	snprintf(title, sizeof(title), _(taken ? setting->take : setting->give), label);
	ask_about(label, NULL);
	batch_reset();
	for (i = 0; i < names.n; i++) {
		text = (taken ? setting->without : setting->with)(before, names.v[i]);
		free(before);
		before = text;
		setting->add(names.v[i], taken);
	}
	asked.tagged = !asked.batch;
	show_change(console, title, setting->path, text);
	if (console->ui.popup.kind == POPUP_CONFIRM)
		act_tags_remark(console);
	strv_release(&names);
}

/* True: it was about the tagged modules. */
static bool on_tags(struct console *console, const struct lasting *setting)
{
	if (!console->shown.tags.names.n)
		return false;
	if (!act_tags_busy(console))
		ask_tagged(console, setting);
	return true;
}

void act_conf_mask(struct console *console)
{
	static const struct lasting setting = {
		CONFEDIT_MODPROBE, N_("Keep %s from being loaded?"), N_("Let %s be loaded again?"),
		is_masked, confedit_mask, confedit_unmask, add_mask,
	};
	const struct module *module = console->shown.selected;
	bool masked;

	if (on_tags(console, &setting))
		return;
	masked = kmod_fate_is_masked(console->lib, &console->conf, module->name);
	ask_about(module->name, NULL);
	strv_push(&asked.command, masked ? "unmask" : "mask");
	strv_push(&asked.command, module->name);
	if (masked)
		ask_edit(console, _("Let %s be loaded again?"), CONFEDIT_MODPROBE, confedit_unmask);
	else
		ask_edit(console, _("Keep %s from being loaded?"), CONFEDIT_MODPROBE, confedit_mask);
}

void act_conf_boot(struct console *console)
{
	static const struct lasting setting = {
		CONFEDIT_BOOT, N_("Load %s at boot?"), N_("Load %s at boot no more?"),
		is_at_boot, confedit_boot, confedit_unboot, add_boot,
	};
	const char *name;
	char *text;
	bool there;

	if (on_tags(console, &setting))
		return;
	name = console->shown.selected->name;
	text = text_of(console, CONFEDIT_BOOT);
	there = is_at_boot(console, text, name);
	ask_about(name, NULL);
	strv_push(&asked.command, "persist");
	strv_push(&asked.command, name);
	strv_push(&asked.command, "--boot");
	if (there) {
		strv_push(&asked.command, "--remove");
		ask_edit(console, _("Load %s at boot no more?"), CONFEDIT_BOOT, confedit_unboot);
	} else {
		ask_edit(console, _("Load %s at boot?"), CONFEDIT_BOOT, confedit_boot);
	}
	free(text);
}
