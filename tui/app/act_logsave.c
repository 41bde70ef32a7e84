/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Saving the kernel log to a file of the person's own. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/action.h"
#include "app/console.h"
#include "app/savefile.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "model/logtext.h"

static bool is_wanted(const struct console *console, const struct logrec *rec)
{
	return console->save_all || logfilter_takes(&console->shown.log_filter, rec);
}

static size_t count(const struct console *console)
{
	const struct logring *ring = &console->shown.log;
	size_t i, n = 0;

	for (i = 0; i < ring->n; i++)
		n += is_wanted(console, logring_get(ring, i));
	return n;
}

static void add_record(const struct console *console, const struct logrec *rec, struct buf *out)
{
	const struct shown *shown = &console->shown;

	if (rec->lost) {
		buf_printf(out, _("%llu messages lost\n"), (unsigned long long)rec->lost);
		return;
	}
	logtext_head(rec, shown->log_wall ? &shown->wall_offset : NULL, out);
	text_escape(out, rec->text, strlen(rec->text));
	buf_addch(out, '\n');
}

static const char *reason(int err)
{
	if (err == -ELOOP)
		return _("a symbolic link stands there, and is not followed");
	if (err == -EINVAL)
		return _("something that is no file stands there");
	return strerror(-err);
}

static void save(struct console *console, bool replace);

static void replace_done(struct console *console, size_t yes)
{
	if (yes)
		save(console, true);
	else
		console_say(console, MESSAGE_PLAIN, _("Nothing was saved."));
}

static void ask_to_replace(struct console *console)
{
	ask_confirm(console, _("Replace the file?"), replace_done);
	strv_push(&console->ui.popup.lines, console->saved);
}

static void save(struct console *console, bool replace)
{
	const struct logring *ring = &console->shown.log;
	struct buf text = BUF_INIT;
	size_t i, n = count(console);
	int err;

	for (i = 0; i < ring->n; i++)
		if (is_wanted(console, logring_get(ring, i)))
			add_record(console, logring_get(ring, i), &text);
	err = savefile_write(console->saved, buf_str(&text), text.len, replace);
	buf_release(&text);
	if (err == -EEXIST)
		ask_to_replace(console);
	else if (err)
		console_say(console, MESSAGE_BAD, _("%s can not be written: %s."), console->saved, reason(err));
	else
		console_say(console, MESSAGE_GOOD,
			    ngettext("%zu record was written to %s.", "%zu records were written to %s.", n), n,
			    console->saved);
}

static void path_done(struct console *console, const char *path)
{
	if (!*path) {
		console_say(console, MESSAGE_PLAIN, _("Nothing was saved."));
		return;
	}
	free(console->saved);
	console->saved = xstrdup(path);
	save(console, false);
}

/* $HOME/kmodtui-20261122-113330.log */
static void ask_for_path(struct console *console)
{
	const char *home = getenv("HOME");
	struct buf path = BUF_INIT;
	time_t now = time(NULL);
	char date[32];
	struct tm tm;

	if (!localtime_r(&now, &tm) || !strftime(date, sizeof(date), "%Y%m%d-%H%M%S", &tm))
		date[0] = '\0';
	buf_printf(&path, "%s%skmodtui-%s.log", home ? home : "", home && *home ? "/" : "", date);
	ask_text(console, _("Save the log as"), buf_str(&path), path_done);
	prompt_select(&console->ui.prompt);
	buf_release(&path);
}

static void which_done(struct console *console, size_t choice)
{
	console->save_all = choice == 1;
	ask_for_path(console);
}

/* What the filter hides is saved only when asked for. */
void act_logsave(struct console *console)
{
	size_t shown, all = console->shown.log.n;
	struct buf line = BUF_INIT;

	console->save_all = false;
	shown = count(console);
	if (!all) {
		console_say(console, MESSAGE_BAD, _("There is no record to save."));
		return;
	}
	if (shown == all) {
		ask_for_path(console);
		return;
	}
	ask_menu(console, _("Save"), which_done);
	buf_printf(&line, _("what the filter shows: %zu records"), shown);
	strv_push(&console->ui.popup.lines, buf_str(&line));
	buf_reset(&line);
	buf_printf(&line, _("all %zu records"), all);
	strv_push(&console->ui.popup.lines, buf_str(&line));
	buf_release(&line);
}
