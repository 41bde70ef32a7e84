/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looking things up: which module serves an alias or a device, and by which roads a module can be loaded. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "app/inputs.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/strv.h"
#include "base/xalloc.h"
#include "cli/machine.h"
#include "cli/roads.h"
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
		buf_printf(&text, _("  blacklisted by %s:%u"), line->file, line->line);
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

/* In columns: the road, whether it is open, and what makes it so. */
static void push_road(struct strv *lines, const struct road *road)
{
	const char *word = road->open == POLICY_YES ? _("open") : road->open == POLICY_NO ? _("closed") :
			   _("unknown");
	struct buf line = BUF_INIT;

	if (!road->gate && !road->loads)
		word = road->open == POLICY_YES ? _("yes") : _("no");
	buf_printf(&line, "%-16s  %-7s  %s", road->name, word, road->by ? road->by : "");
	strv_push(lines, buf_str(&line));
	buf_release(&line);
}

void act_look_audit(struct console *console)
{
	const struct module *module = console->shown.selected;
	struct strv lines = STRV_INIT;
	struct roads roads = ROADS_INIT;
	struct machine machine;
	char title[128];
	size_t i;

	if (!console->lib) {
		console_say(console, MESSAGE_BAD, _("The modules of this kernel can not be read."));
		return;
	}
	/* What the console has read already; nothing of it is this one's to release. */
	machine = (struct machine){
		&console->root, console->lib, console->conf, console->shown.table, *tabs_tree(console)
	};
	roads_read(&machine, module, false, &roads);
	for (i = 0; i < roads.n; i++)
		push_road(&lines, &roads.v[i]);
	snprintf(title, sizeof(title), _("Can %s be loaded?"), module->name);
	console_explain(console, title, roads_verdict(module, &roads), &lines);
	strv_release(&lines);
	roads_release(&roads);
}
