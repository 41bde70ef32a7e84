/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When the kernel reports a bug, the person is told at once. */
#include "app/console.h"
#include "base/i18n.h"
#include "base/util.h"

/* Some longer than the view shows them bright: a last drawing takes the colours back. */
#define FRESH_MS 7000

static void tell(struct console *console, const struct splat *splat)
{
	const char *title = splat_kind_title(splat->kind);

	if (splat->module)
		console_say(console, MESSAGE_BAD, _("The kernel reports: %s in %s. Enter in the log unfolds it."),
			    title, splat->module);
	else
		console_say(console, MESSAGE_BAD, _("The kernel reports: %s. Enter in the log unfolds it."), title);
}

/* A report is told when it begins, and once more when it has named a module. */
void report_check(struct console *console)
{
	struct splat *newest = console->shown.log.splats.newest;
	uint64_t id = newest ? newest->id : 0;

	if (!console->log_started) {
		console->log_started = console->log_drained;
		console->splat_told = id;
		console->splat_named = true;
		return;
	}
	if (!newest || (id == console->splat_told && (console->splat_named || !newest->module)))
		return;
	console->splat_told = id;
	console->splat_named = newest->module != NULL;
	newest->seen_ms = util_now_ms();
	tell(console, newest);
}

bool report_is_fresh(const struct console *console)
{
	const struct splat *newest = console->shown.log.splats.newest;

	return newest && newest->seen_ms && util_now_ms() - newest->seen_ms < FRESH_MS;
}
