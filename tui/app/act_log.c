/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the log pane shows. */
#include <stdlib.h>

#include "app/action.h"
#include "app/console.h"
#include "base/i18n.h"
#include "base/xalloc.h"

void act_log_pause(struct console *console)
{
	struct view *view = &console->ui.log;

	view->paused = !view->paused;
	view->anchor = console->shown.log.pushed;
	console->dirty = true;
}

static void set_level(struct console *console, int step)
{
	struct log_filter *filter = &console->shown.log_filter;

	if ((step < 0 && filter->level > 0) || (step > 0 && filter->level < 7))
		filter->level += (unsigned)step;
	console->dirty = true;
}

void act_log_level_up(struct console *console)
{
	set_level(console, 1);
}

void act_log_level_down(struct console *console)
{
	set_level(console, -1);
}

void act_log_module(struct console *console)
{
	struct log_filter *filter = &console->shown.log_filter;
	const struct module *module = console->shown.selected;

	if (filter->module) {
		free(filter->module);
		filter->module = NULL;
	} else if (module) {
		filter->module = xstrdup(module->name);
	} else {
		console_say(console, MESSAGE_BAD, _("No module is selected."));
	}
	console->dirty = true;
}
