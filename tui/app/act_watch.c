/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Beginning and ending the watch of a module's file. */
#include <stdlib.h>

#include "app/action.h"
#include "app/console.h"
#include "app/watching.h"
#include "base/i18n.h"

void act_watch(struct console *console)
{
	struct logfilter *filter = &console->shown.log_filter;

	if (!console->watching) {
		ask_text(console, _("Watch (FILE name=value ...)"), "", watching_start);
		return;
	}
	console_say(console, MESSAGE_PLAIN, _("%s is watched no more; the module stays as it is."),
		    watching_file(console->watching));
	watching_stop(console);
	free(filter->module);
	filter->module = NULL;
	filter->since = 0;
	console->dirty = true;
}
