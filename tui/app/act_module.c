/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loading and unloading: the plan first, then the one door, then what came of it in words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "app/foresee.h"
#include "app/inputs.h"
#include "app/job.h"
#include "app/loadwords.h"
#include "app/outcome.h"
#include "app/showplan.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/words.h"
#include "base/xalloc.h"
#include "kernel/kmod_deps.h"
#include "kernel/kmod_fate.h"
#include "kernel/modprobed.h"
#include "kernel/procmods.h"
#include "model/confedit.h"
#include "model/plan.h"
#include "model/secret.h"

/* What the open question is about; one question at a time. */
static struct {
	char *module;
	struct strv options;
	char *equivalent;		/* what one would type without kmodtui */
	const char *verb;
	bool users;
	bool carrying;			/* one stands on what would go */
	struct strv unneeded;		/* what nobody needs when it is gone */
	bool all;			/* that goes as well */
} asked;

static void ask_about(const char *verb, const char *module)
{
	free(asked.module);
	free(asked.equivalent);
	asked.module = xstrdup(module);
	asked.equivalent = NULL;
	strv_release(&asked.options);
	asked.options = (struct strv)STRV_INIT;
	strv_release(&asked.unneeded);
	asked.unneeded = (struct strv)STRV_INIT;
	asked.users = asked.carrying = asked.all = false;
	asked.verb = verb;
}

/* What one says of each command when it went well. */
static const struct { const char *verb, *good, *nothing; } verbs[] = {
	{ "load", N_("%s was loaded"), N_("Cancelled: %s was not loaded.") },
	{ "unload", N_("%s was unloaded"), N_("Cancelled: %s was not unloaded.") },
	{ "reload", N_("%s was reloaded"), N_("Cancelled: %s was not reloaded.") },
};

static void ended(struct console *console, const struct result *result)
{
	char good[192];
	size_t i, more = asked.all ? asked.unneeded.n : 0;

	for (i = 0; i < ARRAY_SIZE(verbs) - 1 && strcmp(verbs[i].verb, result->verb); i++)
		;
	if (more)
		snprintf(good, sizeof(good), ngettext("%s and %zu module that nobody else needed were unloaded",
						      "%s and %zu modules that nobody else needed were unloaded", more),
			 result->module, more);
	else
		snprintf(good, sizeof(good), _(verbs[i].good), result->module);
	outcome_tell(console, result, good, &asked.options);
}

/* "modprobe kmt_timer period_ms=250", fit to be typed in a shell, but for secrets. */
static char *load_equivalent(const char *command)
{
	struct buf out = BUF_INIT;
	size_t i;

	buf_printf(&out, "%s %s", command, asked.module);
	for (i = 0; i < asked.options.n; i++) {
		char *word = secret_mask_word(asked.options.v[i]);

		buf_addch(&out, ' ');
		words_quote(&out, word);
		free(word);
	}
	return buf_detach(&out);
}

/* "rmmod ext4 jbd2": modprobe -r would remove what they needed, too. */
static char *unload_equivalent(const struct plan *plan)
{
	struct buf out = BUF_INIT;
	size_t i;

	buf_addstr(&out, "rmmod");
	for (i = 0; i < plan->n; i++)
		if (plan->v[i].verb == PLAN_UNLOAD)
			buf_printf(&out, " %s", plan->v[i].name);
	return buf_detach(&out);
}

static void start(struct console *console, unsigned seconds)
{
	struct job_request request = { .module = asked.module, .done = ended };
	size_t i;

	request.equivalent = asked.equivalent;
	strv_push(&request.command, asked.verb);
	if (asked.users)
		strv_push(&request.command, "--users");
	if (asked.carrying)
		act_care_options(&request.command, seconds);
	strv_push(&request.command, asked.module);
	for (i = 0; i < asked.options.n; i++)
		strv_push(&request.command, asked.options.v[i]);
	for (i = 0; asked.all && i < asked.unneeded.n; i++)
		strv_push(&request.command, asked.unneeded.v[i]);
	job_start(console, &request);
}

static void ask_options(struct console *console);

static void confirmed(struct console *console, size_t yes)
{
	struct buf same = BUF_INIT;
	size_t i;

	if (yes == 2 && !strcmp(asked.verb, "load")) {
		ask_options(console);
		return;
	}
	asked.all = yes == 2;
	if (asked.all) {
		buf_printf(&same, "modprobe -r %s", asked.module);
		free(asked.equivalent);
		asked.equivalent = buf_detach(&same);
	}
	if (yes && asked.carrying) {
		act_care_ask(console, asked.module, start);
	} else if (yes) {
		start(console, 0);
	} else {
		for (i = 0; i < ARRAY_SIZE(verbs) - 1 && strcmp(verbs[i].verb, asked.verb); i++)
			;
		console_say(console, MESSAGE_PLAIN, _(verbs[i].nothing), asked.module);
	}
}

/* Puts plan and equivalent command into the question that was just opened. */
static void show_load(struct console *console, const struct plan *plan)
{
	showplan_steps(console, plan);
	console->ui.popup.yes = foresee_load(console, plan) && !asked.options.n;
	showplan_equivalent(console, asked.equivalent);
	if (asked.options.n || !loadwords_any(console, asked.module))
		return;
	console->ui.popup.third = 'o';
	console->ui.popup.third_label = _("Options");
}

static void show_unload(struct console *console, const struct modlist *live, const struct plan *plan)
{
	showplan_steps(console, plan);
	foresee_unload(console, live, plan);
	showplan_equivalent(console, asked.equivalent);
}

static void ask_load(struct console *console)
{
	struct modlist live = MODLIST_INIT;
	struct plan plan = PLAN_INIT;
	char *options = strv_join(&asked.options, " ");
	char title[128];
	int err;

	procmods_read(&console->root, &live);
	err = kmod_deps_plan_load(console->lib, asked.module, *options ? options : NULL, &live, &plan);
	if (err) {
		showplan_failed(console, asked.module, err);
	} else {
		snprintf(title, sizeof(title), _("Load %s?"), asked.module);
		ask_confirm(console, title, confirmed);
		free(asked.equivalent);		/* of the question before, if options were asked for in that */
		asked.equivalent = load_equivalent("modprobe");
		show_load(console, &plan);
	}
	plan_release(&plan);
	modlist_release(&live);
	free(options);
}

static void say_mask(struct console *console, const char *name)
{
	const struct modprobed_line *line = modprobed_find(&console->conf, MODPROBED_INSTALL, name);

	if (!strcmp(line->file, CONFEDIT_MODPROBE))
		console_say(console, MESSAGE_PLAIN, _("%s is masked and can not be loaded; K takes the mask away."), name);
	else
		console_say(console, MESSAGE_PLAIN, _("%s is masked and can not be loaded: see /%s, line %u."), name,
			    line->file, line->line);
}

/* Why there is nothing to load: said, true; false: there is. */
static bool is_there(struct console *console, const struct module *module)
{
	if (module->loaded)
		console_say(console, MESSAGE_PLAIN, _("%s is loaded already."), module->name);
	else if (module->state == MODULE_BUILTIN)
		console_say(console, MESSAGE_PLAIN, _("%s is built into this kernel: it is always there."),
			    module->name);
	else if (kmod_fate_is_masked(console->lib, &console->conf, module->name))
		say_mask(console, module->name);
	else if (!console->lib)
		console_say(console, MESSAGE_BAD, _("The modules of this kernel can not be read."));
	else
		return false;
	return true;
}

void act_module_load(struct console *console)
{
	const struct module *module = console->shown.selected;

	if (act_tags_load(console) || is_there(console, module))
		return;
	ask_about("load", module->name);
	ask_load(console);
}

static void complete_options(struct console *console, const char *text, size_t at, struct strv *words)
{
	loadwords_complete(console, asked.module, text, at, words);
}

static void options_typed(struct console *console, const char *text)
{
	if (words_split(text, &asked.options))
		console_say(console, MESSAGE_BAD, _("A quote is not closed; nothing was loaded."));
	else if (loadwords_check(console, asked.module, &asked.options))
		ask_load(console);
}

static void ask_options(struct console *console)
{
	char label[128];

	snprintf(label, sizeof(label), _("Load %s with (name=value ..., Tab completes)"), asked.module);
	ask_text(console, label, "", options_typed);
	console->prompt_complete = complete_options;
	snprintf(label, sizeof(label), "load %s", asked.module);
	inputs_offer(console, label);
}

void act_module_load_options(struct console *console)
{
	const struct module *module = console->shown.selected;

	if (is_there(console, module))
		return;
	ask_about("load", module->name);
	ask_options(console);
}

/* With users the question is another one: everything that needs it goes first. */
void act_module_unload(struct console *console)
{
	const struct module *module = console->shown.selected;
	struct modlist live = MODLIST_INIT;
	struct plan plan = PLAN_INIT;
	char title[160];
	int err;

	if (act_tags_unload(console))
		return;
	if (!module->loaded) {
		console_say(console, MESSAGE_PLAIN, module->state == MODULE_BUILTIN ?
			    _("%s is built into this kernel: it can not be unloaded.") :
			    _("%s is not loaded."), module->name);
		return;
	}
	ask_about("unload", module->name);
	asked.users = module->users.n > 0;
	procmods_read(&console->root, &live);
	err = console->lib ? kmod_deps_plan_unload(console->lib, module->name, asked.users, &live, &plan) : 0;
	if (err) {
		showplan_failed(console, asked.module, err);
	} else {
		snprintf(title, sizeof(title), asked.users ? _("Unload %s and all that use it?") :
			 _("Unload %s?"), module->name);
		ask_confirm(console, title, confirmed);
		asked.equivalent = unload_equivalent(&plan);
		show_unload(console, &live, &plan);
		asked.carrying = act_care_warn(console, &live, &plan);
		if (!asked.carrying)
			foresee_unneeded(console, &live, &plan, &asked.unneeded);
	}
	plan_release(&plan);
	modlist_release(&live);
}

static void ask_reload(struct console *console)
{
	struct modlist live = MODLIST_INIT;
	struct plan plan = PLAN_INIT;
	char title[128], *options = strv_join(&asked.options, " ");
	int err;

	procmods_read(&console->root, &live);
	err = kmod_deps_plan_unload(console->lib, asked.module, true, &live, &plan);
	if (err) {
		showplan_failed(console, asked.module, err);
	} else {
		plan_return(&plan, asked.module, *options ? options : NULL);
		snprintf(title, sizeof(title), _("Reload %s?"), asked.module);
		ask_confirm(console, title, confirmed);
		strv_push(&console->ui.popup.lines,
			  _("Each module gets back the parameters it has now."));
		asked.equivalent = load_equivalent("kmodtui reload");
		show_unload(console, &live, &plan);
		asked.carrying = act_care_warn(console, &live, &plan);
	}
	plan_release(&plan);
	modlist_release(&live);
	free(options);
}

void act_module_reload_with(struct console *console, const char *module, const char *option)
{
	if (!console->lib) {
		console_say(console, MESSAGE_BAD, _("The modules of this kernel can not be read."));
		return;
	}
	ask_about("reload", module);
	if (option)
		strv_push(&asked.options, option);
	ask_reload(console);
}

void act_module_reload(struct console *console)
{
	const struct module *module = console->shown.selected;

	if (act_tags_reload(console))
		return;
	if (!module->loaded)
		console_say(console, MESSAGE_PLAIN, module->state == MODULE_BUILTIN ?
			    _("%s is built into this kernel: it can not be reloaded.") :
			    _("%s is not loaded."), module->name);
	else
		act_module_reload_with(console, module->name, NULL);
}
