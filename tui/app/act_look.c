/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looking things up: which module serves an alias or a device, and by which roads a module can be loaded. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "app/inputs.h"
#include "app/job.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/strv.h"
#include "base/xalloc.h"
#include "kernel/kmod_which.h"

/* The modules in the open menu. */
static struct strv found;

static void chosen(struct console *console, size_t choice)
{
	if (choice < found.n)
		act_list_go(console, found.v[choice]);
}

static void push_module(struct console *console, const char *name)
{
	const struct module *module = modtable_find(&console->shown.table, name);
	const struct modprobed_line *line = modprobed_find(&console->conf, MODPROBED_BLACKLIST, name);
	struct buf text = BUF_INIT;

	buf_printf(&text, "%-24s  %s", name, module ? module_state_name(module->state) : "missing");
	if (line)
		buf_printf(&text, _("  blacklisted by /%s:%u"), line->file, line->line);
	strv_push(&console->ui.popup.lines, buf_str(&text));
	buf_release(&text);
}

static void tell_failure(struct console *console, const char *what, int err)
{
	const char *why = err == -ENODATA ? _("This device has no alias by which a module could be found.") :
			  err == -ENOENT ? _("There is no such device, and no module of this kernel serves it.") :
			  strerror(-err);

	console_say(console, MESSAGE_BAD, "%s: %s", what, why);
}

static bool is_device(const char *what)
{
	return !strncmp(what, "/sys/", 5) || !strncmp(what, "/dev/", 5);
}

static void which_typed(struct console *console, const char *text)
{
	char *alias = NULL, title[160];
	size_t i;
	int err;

	text += strspn(text, " ");
	if (!*text)
		return;
	strv_release(&found);
	err = is_device(text) ? kmod_which_alias(&console->root, text, &alias) : 0;
	if (!err)
		err = kmod_which_read(console->lib, alias ? alias : text, &found);
	if (err) {
		tell_failure(console, text, err);
	} else {
		snprintf(title, sizeof(title), _("Modules that serve %s"), text);
		ask_menu(console, title, chosen);
		for (i = 0; i < found.n; i++)
			push_module(console, found.v[i]);
	}
	free(alias);
}

void act_look_which(struct console *console)
{
	if (!console->lib) {
		console_say(console, MESSAGE_BAD, _("The modules of this kernel can not be read."));
		return;
	}
	ask_text(console, _("Which modules serve (an alias, or a device below /sys or /dev)"), "", which_typed);
	inputs_offer(console, "which");
}

/* The verdict, then the roads.  The status is an answer, too; none are those of a command that did not come to one. */
static void audited(struct console *console, const struct result *result)
{
	const char *sentence = result->sentence ? result->sentence : _("The roads could not be looked for.");
	bool answered = result->remarks && result->remarks->n;
	char title[128];

	console_say(console, answered ? MESSAGE_PLAIN : MESSAGE_BAD, "%s", sentence);
	snprintf(title, sizeof(title), _("Can %s be loaded?"), result->module);
	console_explain(console, title, sentence, result->remarks);
}

static void push_option(struct strv *words, const char *option, const char *value)
{
	if (!value)
		return;
	strv_push(words, option);
	strv_push(words, value);
}

/* A child does it: to look into the initramfs takes seconds. */
void act_look_audit(struct console *console)
{
	struct job_request request = { .module = console->shown.selected->name, .done = audited };
	struct buf same = BUF_INIT;

	buf_printf(&same, "kmodtui audit %s", request.module);
	request.equivalent = buf_str(&same);
	strv_push(&request.command, "audit");
	push_option(&request.command, "--root", console->options->root);
	push_option(&request.command, "--kernel", console->options->kernel);
	strv_push(&request.command, "--");
	strv_push(&request.command, request.module);
	job_start(console, &request);
	buf_release(&same);
}
