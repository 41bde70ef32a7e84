/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changing a parameter: checked here, written by the one door, read back, shown old and new. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "app/job.h"
#include "app/outcome.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "base/words.h"
#include "base/xalloc.h"
#include "model/param.h"
#include "model/secret.h"

/* The change under way, and the last one that worked, for undo. */
static struct {
	char *module, *param;
	char *undo_module, *undo_param, *undo_value;
} change;

static void replace(char **where, const char *text)
{
	char *copy = xstrdup(text);

	free(*where);
	*where = copy;
}

static void remember(const struct result *result)
{
	replace(&change.undo_module, change.module);
	replace(&change.undo_param, change.param);
	replace(&change.undo_value, result->old_value);
}

/* Why, what the parameter is for, and what the kernel said meanwhile. */
static void tell_refusal(struct console *console, const struct result *result)
{
	const struct param *param = paramlist_find(&console->shown.params, change.param);
	const char *sentence = result->sentence ? result->sentence : _("The value was refused.");
	struct buf line = BUF_INIT;
	struct strv more = STRV_INIT, log;
	size_t i;

	if (param && param->description) {
		buf_printf(&line, "%s: %s", param->name, param->description);
		strv_push(&more, buf_str(&line));
	}
	outcome_unquoted(sentence, result->log, &log);
	for (i = 0; i < log.n; i++)
		strv_push(&more, log.v[i]);
	console_say(console, MESSAGE_BAD, "%s: %s", change.param, sentence);
	console_explain(console, change.param, sentence, &more);
	strv_release(&more);
	strv_release(&log);
	buf_release(&line);
}

/* The list is read again in a moment; what is asked until then offers what stands now. */
static void show_new(struct console *console, const char *value)
{
	struct param *param = paramlist_find(&console->shown.params, change.param);

	if (param && value && console->details_of && util_name_equal(console->details_of, change.module))
		replace(&param->value, value);
}

static void set_ended(struct console *console, const struct result *result)
{
	const char *arrow = text_utf8() ? "→" : "->";
	bool secret = secret_is_name(change.param, strlen(change.param));
	const char *old = secret ? SECRET_MASK : result->old_value;
	const char *new = secret ? SECRET_MASK : result->new_value ? result->new_value : _("(hidden)");

	if (result->status) {
		tell_refusal(console, result);
		return;
	}
	if (!result->old_value) {
		/* u must not take back another, older change instead. */
		free(change.undo_value);
		change.undo_value = NULL;
		console_say(console, MESSAGE_GOOD, _("%s: %s was written in %u ms; it can not be read back (%s)."),
			    result->module, change.param, (unsigned)result->ms, result->equivalent);
		return;
	}
	remember(result);
	show_new(console, result->new_value);
	console_say(console, MESSAGE_GOOD, _("%s: %s %s %s %s in %u ms (%s); u takes it back."),
		    result->module, change.param, old, arrow, new, (unsigned)result->ms,
		    result->equivalent);
}

/* What the kernel does not show, or what is secret by its name, is not shown here either. */
static bool is_hidden(const struct console *console)
{
	const struct param *param = paramlist_find(&console->shown.params, change.param);

	if (secret_is_name(change.param, strlen(change.param)))
		return true;
	return param && param->in_sysfs && !(param->mode & 0444);
}

static void start_set(struct console *console, const char *value)
{
	struct job_request request = { .module = change.module, .done = set_ended };
	struct buf assignment = BUF_INIT, same = BUF_INIT;

	buf_printf(&assignment, "%s=%s", change.param, value);
	buf_addstr(&same, "echo ");
	if (is_hidden(console))
		buf_addstr(&same, "...");
	else
		words_quote(&same, value);
	buf_printf(&same, " >/sys/module/%s/parameters/%s", change.module, change.param);
	request.equivalent = buf_str(&same);
	strv_push(&request.command, "set");
	strv_push(&request.command, change.module);
	strv_push(&request.command, buf_str(&assignment));
	job_start(console, &request);
	buf_release(&assignment);
	buf_release(&same);
}

/* What is fixed at load changes when the module is loaded again. */
static void ask_reload(struct console *console, const char *value)
{
	struct buf assignment = BUF_INIT;

	buf_printf(&assignment, "%s=%s", change.param, value);
	act_module_reload_with(console, change.module, buf_str(&assignment));
	buf_release(&assignment);
}

static void value_typed(struct console *console, const char *text)
{
	const struct param *param = paramlist_find(&console->shown.params, change.param);
	char *why = NULL;

	if (!console->details_of || !util_name_equal(console->details_of, change.module) || !param) {
		console_say(console, MESSAGE_BAD, _("%s is gone; nothing was written."), change.module);
	} else if (param_check(param, text, &why)) {
		console_say(console, MESSAGE_BAD, _("Nothing was written: %s"), why);
	} else if (!param_writable(param)) {
		ask_reload(console, text);
	} else {
		start_set(console, text);
	}
	free(why);
}

/* Why this parameter can not be written now: a sentence; NULL: it can. */
static const char *obstacle(const struct console *console, const struct param *param)
{
	const struct module *module = console->shown.selected;

	if (!module->loaded && !param->in_sysfs)
		return _("The module is not loaded: o loads it with options.");
	if (!param->in_sysfs)
		return _("The kernel does not show this parameter: it can only be given at load.");
	if (!param_writable(param) && !module->loaded)
		return _("This parameter is fixed at load, and the module is not loaded.");
	return NULL;
}

const struct param *act_param_current(const struct console *console)
{
	const struct ui *ui = &console->ui;
	size_t at = ui->tabs[ui->tab].list.cursor;

	if (!ui_tab_is(ui, &view_params) || at >= console->shown.params.n)
		return NULL;
	return &console->shown.params.v[at];
}

void act_param_edit(struct console *console)
{
	const struct param *param;
	struct buf label = BUF_INIT;

	/* The cursor of the list may have moved since the parameters were read. */
	details_update(console);
	param = act_param_current(console);
	if (!param) {
		console_say(console, MESSAGE_BAD, _("Choose a parameter first: p shows them."));
		return;
	}
	if (obstacle(console, param)) {
		console_say(console, MESSAGE_BAD, "%s: %s", param->name, obstacle(console, param));
		return;
	}
	replace(&change.module, console->shown.selected->name);
	replace(&change.param, param->name);
	buf_printf(&label, param_writable(param) ? _("New value of %s (%s)") :
		   _("%s (%s) is fixed at load; reload with"), param->name,
		   param->type ? param->type : _("any type"));
	ask_text(console, buf_str(&label), param->value, value_typed);
	prompt_select(&console->ui.prompt);
	buf_release(&label);
}

void act_param_undo(struct console *console)
{
	char *value;

	if (!change.undo_value) {
		console_say(console, MESSAGE_BAD, _("There is no change of a parameter to take back."));
		return;
	}
	replace(&change.module, change.undo_module);
	replace(&change.param, change.undo_param);
	value = xstrdup(change.undo_value);
	start_set(console, value);
	free(value);
}
