/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "view/logrows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/logtime.h"

/* A report is in bright colours so long after it came. */
#define FRESH_MS 5000
#define ROWS_MAX 512
/* From here on there is room for long names and whole dates. */
#define WIDE_COLUMNS 100

static const enum style level_styles[8] = {
	STYLE_ALARM, STYLE_ALARM, STYLE_ALARM, STYLE_BAD, STYLE_WARN, STYLE_STRONG, STYLE_NORMAL,
	STYLE_DIM
};

static uint64_t first_of(const struct logring *ring)
{
	return ring->pushed - ring->n;
}

uint64_t logrows_bottom(const struct view *view, const struct logring *ring)
{
	if (!view->paused)
		return ring->pushed;
	return MAX(MIN(view->anchor, ring->pushed), first_of(ring));
}

static const struct logrec *record_at(const struct logring *ring, uint64_t at)
{
	return logring_get(ring, (size_t)(at - first_of(ring)));
}

/* ---- one record ------------------------------------------------------------------------------ */

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

/* The time of the day; the date only where it is another one than in the row above. */
static void draw_wall(struct pen *pen, const struct shown *shown, const struct logrec *rec,
		      const struct logrec *above)
{
	bool wide = pen->end - pen->column >= WIDE_COLUMNS;
	char date[16], before[16] = "", clock[32];
	int64_t usec = shown->wall_offset + (int64_t)rec->usec;

	logtime_date(usec, date, sizeof(date));
	logtime_clock(usec, clock, sizeof(clock));
	if (above)
		logtime_date(shown->wall_offset + (int64_t)above->usec, before, sizeof(before));
	if (!strcmp(date, before))
		memset(date, ' ', strlen(date));
	if (wide)
		draw_format(pen, STYLE_DIM, "%s %s ", date, clock);
	else
		draw_format(pen, STYLE_DIM, "%s %.12s ", date + 5, clock);
}

static void draw_time(struct pen *pen, const struct shown *shown, const struct logrec *rec,
		      const struct logrec *above)
{
	if (shown->log_wall)
		draw_wall(pen, shown, rec, above);
	else
		draw_format(pen, STYLE_DIM, "%6" PRIu64 ".%06u ", rec->usec / 1000000,
			    (unsigned)(rec->usec % 1000000));
}

/* User space may write to the log too; its records never look like the kernel's. */
static const char *origin(const struct logrec *rec)
{
	if (rec->facility)
		return _("(user space)");
	if (logrec_splat(rec))
		return rec->splat->module ? rec->splat->module : "";
	return rec->module ? rec->module : "";
}

/* The text behind the module's name, which has a column of its own. */
static const char *text_of(const struct logrec *rec)
{
	const char *colon = rec->module && !logrec_splat(rec) ? strchr(rec->text, ':') : NULL;

	if (colon && rec->driver)
		return rec->text + strlen(rec->module) + 1;
	return colon && colon[1] == ' ' ? colon + 2 : rec->text;
}

static char *folded_text(const struct splat *splat)
{
	const char *title = splat_kind_title(splat->kind);
	const char *sign = term_ascii() ? "+" : "▸", *detail = splat->detail ? splat->detail : "";
	struct buf out = BUF_INIT;

	if (splat->module)
		buf_printf(&out, ngettext("%s %s in %s: %s (%u line)", "%s %s in %s: %s (%u lines)", splat->lines),
			   sign, title, splat->module, detail, splat->lines);
	else
		buf_printf(&out, ngettext("%s %s: %s (%u line)", "%s %s: %s (%u lines)", splat->lines),
			   sign, title, detail, splat->lines);
	return buf_detach(&out);
}

/* What stands in the row, still raw; a new string. */
static char *row_text(const struct logrec *rec)
{
	struct buf out = BUF_INIT;

	if (logrec_is_head(rec) && !rec->splat->unfolded)
		return folded_text(rec->splat);
	if (logrec_is_head(rec))
		buf_addstr(&out, term_ascii() ? "- " : "▾ ");
	else if (logrec_splat(rec))
		buf_addstr(&out, "  ");
	buf_addstr(&out, text_of(rec));
	return buf_detach(&out);
}

static enum style text_style(const struct view *view, const struct shown *shown, const struct logrec *rec)
{
	const struct splat *splat = logrec_splat(rec);
	enum style style = level_styles[rec->level & 7];

	if (view->mark > first_of(&shown->log) && record_at(&shown->log, view->mark - 1) == rec)
		return STYLE_CURSOR;
	if (splat && splat->seen_ms && shown->now_ms - splat->seen_ms < FRESH_MS)
		return STYLE_ALARM;
	if (splat && logrec_is_head(rec))
		return splat->unfolded ? STYLE_STRONG : level_styles[splat->level & 7];
	return style == STYLE_DIM ? STYLE_NORMAL : style;
}

/* Whose record it is; the search found the name, as by "^loop:", where it found nothing in the text. */
static void draw_origin(struct pen pen, const struct shown *shown, const struct logrec *rec, const char *text)
{
	enum style style = rec->facility ? STYLE_WARN : STYLE_NAME;
	const struct match *match = &shown->log_search;
	char *name = text_safe(origin(rec));

	draw_field(pen.row, pen.column, pen.end - pen.column, style, name);
	if (match->text && match_text(match, rec->text) && !match_text(match, text))
		term_put(pen.row, pen.column, MIN(text_width(name), pen.end - pen.column), STYLE_MATCH, name);
	free(name);
}

static void draw_record(struct pen pen, const struct shown *shown, const struct logrec *rec,
			const struct logrec *above, const struct view *view)
{
	const struct splat *splat = logrec_is_head(rec) && !rec->splat->unfolded ? rec->splat : NULL;
	unsigned level = splat ? splat->level : rec->level;
	int names = pen.end - pen.column >= WIDE_COLUMNS ? 18 : 12;
	char *raw = row_text(rec), *text = text_safe(raw), *seen = text + text_cut(text, view->left);
	enum style style = text_style(view, shown, rec);

	draw_time(&pen, shown, rec, above);
	draw_field(pen.row, pen.column, MIN(7, pen.end - pen.column), level_styles[level & 7],
		   logrec_level_name(level));
	pen.column += 7;
	draw_origin((struct pen){ pen.row, pen.column, MIN(pen.column + names, pen.end) }, shown, rec, text);
	pen.column += names + 1;
	draw_field(pen.row, pen.column, pen.end - pen.column, style, seen);
	draw_match(pen, style, &shown->log_search, seen);
	if (view->left && *text && pen.column < pen.end)
		draw_field(pen.row, pen.column, 1, STYLE_DIM, term_ascii() ? "<" : "…");
	free(raw);
	free(text);
}

/* ---- the rows in sight ----------------------------------------------------------------------- */

/* From the bottom up: positions of the records in sight, the lowest first; returns how many. */
static size_t collect(const struct view *view, const struct shown *shown, const struct logfilter *filter,
		      uint64_t out[ROWS_MAX])
{
	const struct logring *ring = &shown->log;
	uint64_t first = first_of(ring), at = logrows_bottom(view, ring);
	size_t n = 0, rows = MIN(view->list.height, (size_t)ROWS_MAX);

	while (at-- > first && n < rows)
		if (logfilter_shows(filter, logring_get(ring, (size_t)(at - first))))
			out[n++] = at;
	return n;
}

uint64_t logrows_newer(const struct view *view, const struct shown *shown, const struct logfilter *filter)
{
	const struct logring *ring = &shown->log;
	uint64_t at, n = 0;

	for (at = logrows_bottom(view, ring); at < ring->pushed; at++)
		n += logfilter_shows(filter, record_at(ring, at));
	return n;
}

/* It stands still, and all that was shown has left the ring since. */
static bool is_forgotten(const struct view *view, const struct logring *ring)
{
	return view->paused && logrows_bottom(view, ring) == first_of(ring);
}

static void draw_nothing(const struct view *view, const struct shown *shown, const struct logfilter *filter,
			 struct area area)
{
	char *words = is_forgotten(view, &shown->log) ?
		      xstrdup(_("What stood here is no longer kept; End follows the log.")) :
		      logfilter_nothing(filter, &shown->log);
	char *safe = text_safe(words);

	draw_field(area.row, area.column + 1, area.columns - 1, STYLE_DIM, safe);
	free(words);
	free(safe);
}

void logrows_draw(struct view *view, const struct shown *shown, const struct logfilter *filter,
		  struct area area)
{
	const struct logring *ring = &shown->log;
	const struct logrec *rec, *above = NULL;
	enum pane pane = view->ops == &view_modlog ? PANE_DETAILS : PANE_LOG;
	uint64_t found[ROWS_MAX];
	size_t n, k;

	view->list.height = (size_t)MAX(area.rows, 1);
	n = collect(view, shown, filter, found);
	if (!n && ring->n)
		draw_nothing(view, shown, filter, area);
	for (k = n; k-- > 0; above = rec) {
		struct pen pen = draw_pen(area, (int)(n - 1 - k));

		rec = record_at(ring, found[k]);
		if (logrec_is_head(rec))
			draw_hit((struct hit){ HIT_REPORT, pane, (unsigned)found[k], pen.row,
					       pen.column, pen.end });
		if (rec->lost)
			draw_lost(pen, rec);
		else
			draw_record(pen, shown, rec, above, view);
	}
}

/* ---- moving ---------------------------------------------------------------------------------- */

/* Where one is, and by which filter. */
struct walk {
	const struct logring *ring;
	const struct logfilter *filter;
};

/* The record right before that position is shown. */
static bool is_behind_shown(const struct walk *walk, uint64_t at)
{
	uint64_t first = first_of(walk->ring);

	return at > first &&
	       logfilter_shows(walk->filter, logring_get(walk->ring, (size_t)(at - 1 - first)));
}

/* Behind the shown record before the one at @at; @at if that is the first one. */
static uint64_t step_up(const struct walk *walk, uint64_t at)
{
	uint64_t to, first = first_of(walk->ring);

	for (to = at; to > first + 1;)
		if (is_behind_shown(walk, --to))
			return to;
	return at;
}

/* Behind the next shown record; the end if there is none. */
static uint64_t step_down(const struct walk *walk, uint64_t at)
{
	while (at < walk->ring->pushed)
		if (is_behind_shown(walk, ++at))
			break;
	return at;
}

/* @n shown records further, up if negative; inside the ring. */
static uint64_t step(const struct walk *walk, uint64_t at, long n)
{
	/* From the last one that is in sight. */
	if (n < 0 && !is_behind_shown(walk, at))
		at = step_up(walk, at);
	for (; n < 0; n++)
		at = step_up(walk, at);
	for (; n > 0; n--)
		at = step_down(walk, at);
	return at;
}

static void scroll(struct view *view, const struct walk *walk, long n)
{
	uint64_t at = step(walk, logrows_bottom(view, walk->ring), n);

	view->paused = at < walk->ring->pushed;
	view->anchor = at;
}

/* The oldest record that is shown stands in the top row. */
static void scroll_home(struct view *view, const struct walk *walk)
{
	view->paused = true;
	view->anchor = 0;
	scroll(view, walk, (long)view->list.height);
}

void logrows_move(struct view *view, const struct shown *shown, const struct logfilter *filter,
		  enum motion motion)
{
	const struct walk walk = { &shown->log, filter };
	long page = (long)view->list.height - 1;

	if (motion != MOTION_LEFT && motion != MOTION_RIGHT)
		view->mark = 0;
	switch (motion) {
	case MOTION_UP:
	case MOTION_DOWN:
		scroll(view, &walk, motion == MOTION_UP ? -1 : 1);
		break;
	case MOTION_PAGE_UP:
	case MOTION_PAGE_DOWN:
		scroll(view, &walk, motion == MOTION_PAGE_UP ? -page : page);
		break;
	case MOTION_HOME:
		scroll_home(view, &walk);
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

void logrows_found(struct view *view, const struct shown *shown, uint64_t at)
{
	const struct logfilter filter = view_modlog_filter(view, shown);
	const struct walk walk = { &shown->log, &filter };
	struct splat *splat = logrec_splat(record_at(&shown->log, at));

	if (splat)
		splat->unfolded = true;
	view->mark = at + 1;
	view->paused = true;
	view->anchor = step(&walk, at + 1, (long)view->list.height / 2);
}

void logrows_folded(struct view *view, const struct shown *shown, uint64_t at)
{
	const struct logfilter filter = view_modlog_filter(view, shown);
	const struct walk walk = { &shown->log, &filter };
	const struct splat *splat = logrec_splat(record_at(&shown->log, at));

	view->mark = 0;
	if (!splat->unfolded)
		return;
	while (at > first_of(&shown->log) &&
	       !(record_at(&shown->log, at)->splat == splat && logrec_is_head(record_at(&shown->log, at))))
		at--;
	view->anchor = step(&walk, at + 1, (long)view->list.height - 1);
	view->paused = view->anchor < shown->log.pushed;
}

uint64_t logrows_report(const struct view *view, const struct shown *shown)
{
	const struct logfilter filter = view_modlog_filter(view, shown);
	uint64_t found[ROWS_MAX];
	size_t i, n = collect(view, shown, &filter, found);

	if (view->mark > first_of(&shown->log) && logrec_splat(record_at(&shown->log, view->mark - 1)))
		return view->mark - 1;
	for (i = 0; i < n; i++)
		if (logrec_splat(record_at(&shown->log, found[i])))
			return found[i];
	return shown->log.pushed;
}
