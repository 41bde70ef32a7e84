/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the log pane shows, and the tab that shows the log of one module. */
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/bootclock.h"
#include "view/logrows.h"

void act_log_pause(struct console *console)
{
	struct view *view = &console->ui.log;

	view->paused = !view->paused;
	view->anchor = console->shown.log.pushed;
	console->dirty = true;
}

static void set_level(struct console *console, int step)
{
	struct logfilter *filter = &console->shown.log_filter;

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
	struct logfilter *filter = &console->shown.log_filter;
	const struct module *module = console->shown.selected;

	if (filter->module) {
		free(filter->module);
		filter->module = NULL;
		filter->since = 0;
	} else if (module) {
		filter->module = xstrdup(module->name);
	} else {
		console_say(console, MESSAGE_BAD, _("No module is selected."));
	}
	console->dirty = true;
}

void act_log_facility(struct console *console)
{
	struct logfilter *filter = &console->shown.log_filter;

	filter->kernel_only = !filter->kernel_only;
	console_say(console, MESSAGE_PLAIN, filter->kernel_only ?
		    _("Only what the kernel itself wrote is shown.") :
		    _("What user space wrote to the log is shown, too."));
}

void act_log_time(struct console *console)
{
	struct shown *shown = &console->shown;

	if (!shown->log_wall && bootclock_offset(&console->root, &shown->wall_offset)) {
		console_say(console, MESSAGE_BAD,
			    _("The time of the day is not known here: /proc/stat has no btime."));
		return;
	}
	shown->log_wall = !shown->log_wall;
	console_say(console, MESSAGE_PLAIN, shown->log_wall ?
		    _("The log shows the time of the day.") :
		    _("The log shows the seconds since the machine was started."));
}

/* The one that has the focus; the pane, unless it is the tab of one module. */
static struct view *log_view(struct console *console)
{
	struct ui *ui = &console->ui;

	if (ui->focus == PANE_DETAILS && ui_tab_is(ui, &view_modlog))
		return &ui->tabs[ui->tab];
	return &ui->log;
}

/* ---- search ---------------------------------------------------------------------------------- */

static bool is_hit(const struct shown *shown, const struct logfilter *filter, const struct logrec *rec)
{
	return !rec->lost && logfilter_takes(filter, rec) && match_text(&shown->log_search, rec->text);
}

/* The next record that matches behind or before index @at, that one last; the ring's n: none. */
static size_t find(const struct shown *shown, const struct logfilter *filter, size_t at, int step)
{
	const struct logring *ring = &shown->log;
	size_t i, n = ring->n;

	for (i = 1; i <= n; i++) {
		size_t to = step > 0 ? (at + i) % n : (at + n - i) % n;

		if (is_hit(shown, filter, logring_get(ring, to)))
			return to;
	}
	return n;
}

/* Where the search goes on: at the record found last, else at the bottom of what is in sight. */
static size_t start_of(const struct view *view, const struct logring *ring, int step)
{
	uint64_t first = ring->pushed - ring->n;
	uint64_t at = view->mark > first ? view->mark - 1 : logrows_bottom(view, ring);

	if (view->mark <= first && step > 0)
		at = MAX(at, first + 1) - 1;
	return (size_t)(at - first);
}

static void say_not_found(struct console *console)
{
	const struct match *match = &console->shown.log_search;

	if (match->complaint)
		console_say(console, MESSAGE_BAD,
			    _("\"%s\" is no regular expression (%s), and no record has it as plain text."),
			    match->text, match->complaint);
	else
		console_say(console, MESSAGE_BAD, _("No record matches \"%s\"."), match->text);
}

/* Which of the records that match index @at is, from the oldest on. */
static void say_found(struct console *console, const struct logfilter *filter, size_t at, int wrapped)
{
	const struct shown *shown = &console->shown;
	struct buf place = BUF_INIT;
	size_t i, n = 0, nth = 0;

	for (i = 0; i < shown->log.n; i++) {
		n += is_hit(shown, filter, logring_get(&shown->log, i));
		nth = i <= at ? n : nth;
	}
	act_find_place(nth, n, wrapped, wrapped, &place);
	if (shown->log_search.complaint)
		console_say(console, MESSAGE_PLAIN,
			    _("%s This is no regular expression and is taken as plain text: %s."), buf_str(&place),
			    shown->log_search.complaint);
	else
		console_say(console, MESSAGE_PLAIN, _("%s n goes to the next match, N to the previous one."),
			    buf_str(&place));
	buf_release(&place);
}

static void search(struct console *console, int step)
{
	struct view *view = log_view(console);
	struct shown *shown = &console->shown;
	const struct logfilter filter = view_modlog_filter(view, shown);
	size_t from = shown->log.n ? start_of(view, &shown->log, step) : 0;
	size_t at = find(shown, &filter, from, step);

	if (at == shown->log.n) {
		say_not_found(console);
		return;
	}
	logrows_found(view, shown, shown->log.pushed - shown->log.n + at);
	say_found(console, &filter, at, (step > 0 ? at <= from : at >= from) ? step : 0);
}

static void search_changed(struct console *console, const char *text)
{
	match_set(&console->shown.log_search, text);
	console->dirty = true;
}

static void search_done(struct console *console, const char *text)
{
	match_set(&console->shown.log_search, text);
	log_view(console)->mark = 0;
	if (*text)
		search(console, -1);
}

static void search_cancelled(struct console *console)
{
	match_set(&console->shown.log_search, NULL);
	log_view(console)->mark = 0;
}

void act_log_search(struct console *console)
{
	ask_text(console, _("Search the log"), "", search_done);
	console->prompt_changed = search_changed;
	console->prompt_cancelled = search_cancelled;
}

static void search_again(struct console *console, int step)
{
	if (!console->shown.log_search.text)
		console_say(console, MESSAGE_BAD, _("Nothing was searched for in the log yet; F3 does."));
	else
		search(console, step);
}

void act_log_search_next(struct console *console)
{
	search_again(console, 1);
}

void act_log_search_previous(struct console *console)
{
	search_again(console, -1);
}

/* ---- reports --------------------------------------------------------------------------------- */

static void fold(struct console *console, struct view *view, uint64_t at)
{
	const struct logring *ring = &console->shown.log;
	const struct logrec *rec = logring_get(ring, (size_t)(at - (ring->pushed - ring->n)));
	struct splat *splat = rec ? logrec_splat(rec) : NULL;

	if (!splat)
		return;
	splat->unfolded = !splat->unfolded;
	logrows_folded(view, &console->shown, at);
	console->dirty = true;
}

void act_log_fold(struct console *console)
{
	struct view *view = log_view(console);
	uint64_t at = logrows_report(view, &console->shown);

	if (at == console->shown.log.pushed)
		console_say(console, MESSAGE_BAD, _("No report of the kernel is in sight."));
	else
		fold(console, view, at);
}

void act_log_click(struct console *console, const struct hit *hit)
{
	const struct logring *ring = &console->shown.log;
	uint64_t first = ring->pushed - ring->n;

	console->ui.focus = (enum pane)hit->pane;
	/* A position has more bits than a hit. */
	fold(console, log_view(console), first + (hit->arg - (unsigned)first));
}
