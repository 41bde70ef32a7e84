/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel log: following, or standing still while it is read. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "view/view.h"

static const enum style level_styles[8] = {
	STYLE_ALARM, STYLE_ALARM, STYLE_ALARM, STYLE_BAD, STYLE_WARN, STYLE_STRONG, STYLE_NORMAL,
	STYLE_DIM
};

static bool is_shown(const struct log_filter *filter, const struct logrec *rec)
{
	if (rec->lost)
		return true;
	if (rec->level > filter->level)
		return false;
	return !filter->module || (rec->module && util_name_equal(rec->module, filter->module));
}

/* The position behind the last record shown, as a number of records pushed. */
static uint64_t bottom_of(const struct view *view, const struct logring *ring)
{
	uint64_t first = ring->pushed - ring->n;

	if (!view->paused)
		return ring->pushed;
	return MAX(MIN(view->anchor, ring->pushed), first);
}

static void draw_lost(struct pen pen, const struct logrec *rec)
{
	pen.column += 14;
	draw_text(&pen, STYLE_BADGE, _("lost"));
	pen.column += 4;
	draw_format(&pen, STYLE_BADGE,
		    ngettext("%" PRIu64 " message was overwritten before it could be read",
			     "%" PRIu64 " messages were overwritten before they could be read", rec->lost),
		    rec->lost);
}

/* User space may write to the log too; its records never look like the kernel's. */
static const char *origin(const struct logrec *rec)
{
	if (rec->facility)
		return _("(user space)");
	return rec->module ? rec->module : "";
}

/* The text behind the module's name, which has a column of its own. */
static const char *text_of(const struct logrec *rec)
{
	const char *colon = rec->module ? strchr(rec->text, ':') : NULL;

	return colon && colon[1] == ' ' ? colon + 2 : rec->text;
}

static void draw_record(struct pen pen, const struct logrec *rec, int left)
{
	enum style style = level_styles[rec->level & 7];
	int names = pen.end - pen.column >= 100 ? 18 : 12;
	char *name = text_safe(origin(rec)), *text = text_safe(text_of(rec));

	draw_format(&pen, STYLE_DIM, "%6" PRIu64 ".%06u ", rec->usec / 1000000,
		    (unsigned)(rec->usec % 1000000));
	draw_field(pen.row, pen.column, 7, style, logrec_level_name(rec->level));
	draw_field(pen.row, pen.column + 7, names, rec->facility ? STYLE_WARN : STYLE_NAME, name);
	pen.column += 7 + names + 1;
	draw_field(pen.row, pen.column, pen.end - pen.column, style == STYLE_DIM ? STYLE_NORMAL : style,
		   text + text_cut(text, left));
	free(name);
	free(text);
}

/* It stands still, and all that was shown has left the ring since. */
static bool is_forgotten(const struct view *view, const struct logring *ring)
{
	return view->paused && bottom_of(view, ring) == ring->pushed - ring->n;
}

/* From the bottom up, until the window or the records are at their end. */
static void draw_records(const struct view *view, const struct shown *shown, struct area area)
{
	const struct logring *ring = &shown->log;
	size_t i = (size_t)(bottom_of(view, ring) - (ring->pushed - ring->n));
	const struct logrec *found[512];
	size_t n = 0, k;

	while (i-- > 0 && n < (size_t)area.rows && n < ARRAY_SIZE(found)) {
		const struct logrec *rec = logring_get(ring, i);

		if (is_shown(&shown->log_filter, rec))
			found[n++] = rec;
	}
	if (!n && ring->n)
		draw_field(area.row, area.column + 1, area.columns - 1, STYLE_DIM,
			   is_forgotten(view, ring) ? _("What stood here is no longer kept; End follows the log.")
						    : _("No record is of this level and module."));
	for (k = 0; k < n; k++) {
		struct pen pen = draw_pen(area, (int)(n - 1 - k));

		if (found[k]->lost)
			draw_lost(pen, found[k]);
		else
			draw_record(pen, found[k], view->left);
	}
}

static const char *const level_words[8] = {
	N_("emergencies"), N_("alerts and worse"), N_("critical and worse"), N_("errors and worse"),
	N_("warnings and worse"), N_("notices and worse"), N_("info and worse"), N_("all levels")
};

static void draw_title(const struct view *view, const struct shown *shown, struct area area)
{
	struct pen pen = { area.row, area.column + 2, area.column + area.columns - 2 };
	const char *module = shown->log_filter.module;

	draw_format(&pen, STYLE_STRONG, " %s ", _("Kernel log"));
	if (view->paused)
		draw_format(&pen, STYLE_BADGE, " %s ", _("paused"));
	else
		draw_format(&pen, STYLE_GOOD, " %s ", _("following"));
	draw_format(&pen, STYLE_NORMAL, "  %s  ", _(level_words[shown->log_filter.level & 7]));
	if (module)
		draw_format(&pen, STYLE_NAME, _("%s only "), module);
	else
		draw_format(&pen, STYLE_NORMAL, "%s ", _("all modules"));
}

static void draw_foot(const struct view *view, const struct shown *shown, struct area area, bool focus)
{
	struct pen pen = { area.row + area.rows - 1, 0, area.column + area.columns - 2 };
	uint64_t news = shown->log.pushed - bottom_of(view, &shown->log);
	char text[128];

	if (news)
		snprintf(text, sizeof(text), _(" %" PRIu64 " newer, End shows them "), news);
	else if (shown->log.lost)
		snprintf(text, sizeof(text), _(" %zu records, %" PRIu64 " lost "), shown->log.n,
			 shown->log.lost);
	else
		snprintf(text, sizeof(text), ngettext(" %zu record ", " %zu records ", shown->log.n),
			 shown->log.n);
	pen.column = MAX(pen.end - text_width(text), area.column + 1);
	draw_text(&pen, focus ? STYLE_FRAME_FOCUS : STYLE_FRAME, text);
}

static void log_draw(struct view *view, const struct shown *shown, struct area area, bool focus)
{
	struct area inside = draw_frame(area, focus);

	view->list.height = (size_t)MAX(inside.rows, 1);
	draw_title(view, shown, area);
	if (inside.rows < 1)
		return;
	if (shown->log_obstacle) {
		char *safe = text_safe(shown->log_obstacle);

		draw_field(inside.row, inside.column + 1, inside.columns - 1, STYLE_WARN, safe);
		free(safe);
	}
	draw_records(view, shown, inside);
	draw_foot(view, shown, area, focus);
}

/* The record right before that position is shown. */
static bool is_behind_shown(const struct shown *shown, uint64_t at)
{
	const struct logring *ring = &shown->log;
	uint64_t first = ring->pushed - ring->n;

	return at > first && is_shown(&shown->log_filter, logring_get(ring, (size_t)(at - 1 - first)));
}

/* Behind the shown record before the one at @at; @at if that is the first one. */
static uint64_t step_up(const struct shown *shown, uint64_t at)
{
	uint64_t to, first = shown->log.pushed - shown->log.n;

	for (to = at; to > first + 1;)
		if (is_behind_shown(shown, --to))
			return to;
	return at;
}

/* Behind the next shown record; the end if there is none. */
static uint64_t step_down(const struct shown *shown, uint64_t at)
{
	while (at < shown->log.pushed)
		if (is_behind_shown(shown, ++at))
			break;
	return at;
}

/* Moves the bottom by @n shown records, up if negative; stays inside the ring. */
static void scroll(struct view *view, const struct shown *shown, long n)
{
	const struct logring *ring = &shown->log;
	uint64_t at = bottom_of(view, ring);

	/* From the last one that is in sight. */
	if (n < 0 && !is_behind_shown(shown, at))
		at = step_up(shown, at);
	for (; n < 0; n++)
		at = step_up(shown, at);
	for (; n > 0; n--)
		at = step_down(shown, at);
	view->paused = at < ring->pushed;
	view->anchor = at;
}

/* The oldest record that is shown stands in the top row. */
static void scroll_home(struct view *view, const struct shown *shown)
{
	view->paused = true;
	view->anchor = 0;
	scroll(view, shown, (long)view->list.height);
}

static void log_move(struct view *view, const struct shown *shown, enum motion motion)
{
	long page = (long)view->list.height - 1;

	switch (motion) {
	case MOTION_UP:
		scroll(view, shown, -1);
		break;
	case MOTION_DOWN:
		scroll(view, shown, 1);
		break;
	case MOTION_PAGE_UP:
		scroll(view, shown, -page);
		break;
	case MOTION_PAGE_DOWN:
		scroll(view, shown, page);
		break;
	case MOTION_HOME:
		scroll_home(view, shown);
		break;
	case MOTION_END:
		view->paused = false;
		view->left = 0;
		break;
	case MOTION_LEFT:
		view->left = MAX(view->left - 8, 0);
		break;
	case MOTION_RIGHT:
		view->left = MIN(view->left + 8, 8192);
		break;
	}
}

const struct view_ops view_log = {
	.name = "log",
	.title = N_("Kernel log"),
	.draw = log_draw,
	.move = log_move,
};
