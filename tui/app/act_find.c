/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Searching and filtering the list. */
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"

/* The next match in that direction; with @here the row the search began at is the first to be looked at. */
static bool find(struct console *console, int step, bool here)
{
	const struct order_rows *rows = &console->shown.rows;
	size_t i, n = rows->n, at = here ? console->find_from : console->ui.list.list.cursor;

	for (i = here ? 0 : 1; i <= n && n; i++) {
		size_t row = step > 0 ? (at + i) % n : (at + n - i % n) % n;

		if (finding_has(&console->shown.search, rows->v[row])) {
			refresh_select(console, row);
			return true;
		}
	}
	return false;
}

void act_find_place(size_t at, size_t n, bool wrapped, int step, struct buf *out)
{
	buf_printf(out, !wrapped ? _("%zu of %zu.") : step > 0 ? _("%zu of %zu, from the top again.") :
		   _("%zu of %zu, from the bottom again."), at, n);
}

/* Which of the rows that match the cursor is on. */
static void count(const struct console *console, bool wrapped, struct buf *out)
{
	const struct order_rows *rows = &console->shown.rows;
	size_t i, n = 0, at = 0, cursor = console->ui.list.list.cursor;

	for (i = 0; i < rows->n; i++) {
		if (!finding_has(&console->shown.search, rows->v[i]))
			continue;
		n++;
		if (i <= cursor)
			at = n;
	}
	act_find_place(at, n, wrapped, console->find_step, out);
}

/* What one does not see in the list is said. */
static void say_found(struct console *console, bool wrapped)
{
	struct buf place = BUF_INIT;
	const struct finding *search = &console->shown.search;
	const struct module *module = console->shown.selected;
	const char *line = module ? finding_line(search, module) : NULL;

	count(console, wrapped, &place);
	if (search->match.complaint)
		console_say(console, MESSAGE_PLAIN,
			    _("This is no regular expression and is taken as plain text: %s."),
			    search->match.complaint);
	else if (line && line != fulltext_first(&console->shown.text, module->entry - 1))
		console_say(console, MESSAGE_PLAIN, _("%s Found in %s: %s"), buf_str(&place),
			    fulltext_field(line), fulltext_value(line));
	else
		console_say(console, MESSAGE_PLAIN,
			    _("%s n goes to the next match, N to the previous one."), buf_str(&place));
	buf_release(&place);
}

static void say_not_found(struct console *console)
{
	const struct match *match = &console->shown.search.match;

	if (match->complaint)
		console_say(console, MESSAGE_BAD,
			    _("\"%s\" is no regular expression (%s), and no module has it as plain text."),
			    match->text, match->complaint);
	else
		console_say(console, MESSAGE_BAD, _("No module matches \"%s\"."), match->text);
}

void act_find_go(struct console *console)
{
	size_t from = console->ui.list.list.cursor, now;
	bool found = find(console, console->find_step, console->find_here), wrapped;

	now = console->ui.list.list.cursor;
	wrapped = found && !console->find_here && (console->find_step > 0 ? now <= from : now >= from);

	if (!found && console->find_here)
		refresh_select(console, console->find_origin);
	/* It may be in what is being read. */
	if (!found && console->shown.indexing)
		return;
	console->found = found ? console->shown.selected : NULL;
	if (found && console->find_told)
		say_found(console, wrapped);
	else if (console->find_told)
		say_not_found(console);
	console->find_step = 0;
}

/* Not before all was looked through: a nearer match may come. */
static void find_soon(struct console *console, int step, bool here, bool told)
{
	console->find_step = step;
	console->find_here = here;
	console->find_told = told;
}

/* Who types a whole name means that module, not one that uses it or speaks of it. */
static size_t row_called(const struct console *console, const char *text, size_t otherwise)
{
	const struct order_rows *rows = &console->shown.rows;
	size_t i;

	for (i = 0; i < rows->n; i++)
		if (util_name_equal(rows->v[i]->name, text))
			return i;
	return otherwise;
}

/* What is found depends on where one was when the question came, not on how fast one types. */
static void search_for(struct console *console, const char *text, bool told)
{
	console->find_step = 0;
	finding_set(&console->shown.search, text);
	console->dirty = true;
	console->find_from = row_called(console, text, console->find_origin);
	if (*text)
		find_soon(console, 1, true, told);
	else
		refresh_select(console, console->find_origin);
}

static void search_changed(struct console *console, const char *text)
{
	search_for(console, text, false);
}

static void search_done(struct console *console, const char *text)
{
	search_for(console, text, true);
}

static void search_cancelled(struct console *console)
{
	search_for(console, "", false);
}

void act_find_search(struct console *console)
{
	console->find_origin = console->ui.list.list.cursor;
	console->ui.focus = PANE_LIST;
	console->ui.details = screen_is_wide() && console->ui.details;
	ask_text(console, _("Search"), "", search_done);
	console->prompt_changed = search_changed;
	console->prompt_cancelled = search_cancelled;
}

static void search_again(struct console *console, int step)
{
	if (!console->shown.search.match.text)
		console_say(console, MESSAGE_BAD, _("Nothing was searched for yet; F3 does."));
	else
		find_soon(console, step, false, true);
}

void act_find_next(struct console *console)
{
	search_again(console, 1);
}

void act_find_previous(struct console *console)
{
	search_again(console, -1);
}

static void filter_changed(struct console *console, const char *text)
{
	finding_set(&console->shown.order.filter, text);
	order_keep_none(&console->shown.order);
	/* Another filter is about what it finds; the one there was, or none, about the module one was at. */
	console->filter_best = *text && strcmp(text, console->saved) != 0;
	console->filtering = true;
	console->dirty = true;
}

static void filter_done(struct console *console, const char *text)
{
	const char *complaint;

	filter_changed(console, text);
	/* Rows tell why they are in sight: what was searched for before is no reason any more. */
	if (*text && strcmp(text, console->saved) != 0)
		finding_set(&console->shown.search, "");
	complaint = console->shown.order.filter.match.complaint;
	if (complaint)
		console_say(console, MESSAGE_BAD,
			    _("This is no regular expression and is taken as plain text: %s."),
			    complaint);
}

static void filter_cancelled(struct console *console)
{
	filter_changed(console, console->saved);
}

void act_find_filter(struct console *console)
{
	const char *text = console->shown.order.filter.match.text;

	free(console->filter_from);
	console->filter_from = console->shown.selected ? xstrdup(console->shown.selected->name) : NULL;
	free(console->saved);
	console->saved = xstrdup(text ? text : "");
	console->ui.focus = PANE_LIST;
	console->ui.details = screen_is_wide() && console->ui.details;
	ask_text(console, _("Filter"), text, filter_done);
	console->prompt_changed = filter_changed;
	console->prompt_cancelled = filter_cancelled;
}

bool act_find_clear(struct console *console)
{
	struct shown *shown = &console->shown;
	bool filter = shown->order.filter.match.text, search = shown->search.match.text;

	if (filter) {
		finding_set(&shown->order.filter, "");
		refresh_rows(console);
		console_say(console, MESSAGE_PLAIN, _("The filter was taken away."));
	} else if (search) {
		finding_set(&shown->search, "");
		console_say(console, MESSAGE_PLAIN, _("What was found is not marked any longer."));
	}
	console->dirty = true;
	return filter || search;
}
