/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel log: following, or standing still while it is read. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "view/logrows.h"

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
	if (shown->log_filter.kernel_only)
		draw_format(&pen, STYLE_NAME, " %s ", _("kernel only"));
}

static void draw_foot(const struct view *view, const struct shown *shown, struct area area, bool focus)
{
	struct pen pen = { area.row + area.rows - 1, 0, area.column + area.columns - 2 };
	uint64_t news = logrows_newer(view, shown, &shown->log_filter);
	size_t taken = logfilter_count(&shown->log_filter, &shown->log);
	char text[128];

	if (news)
		snprintf(text, sizeof(text), _(" %" PRIu64 " newer, End shows them "), news);
	else if (shown->log.dropped)
		snprintf(text, sizeof(text), _(" the last %zu of %" PRIu64 " records, %" PRIu64 " lost "),
			 shown->log.n, shown->log.records, shown->log.lost);
	else if (shown->log.lost)
		snprintf(text, sizeof(text), _(" %" PRIu64 " records, %" PRIu64 " lost "), shown->log.records,
			 shown->log.lost);
	else if (taken < shown->log.n)
		snprintf(text, sizeof(text), _(" %zu of %zu records "), taken, shown->log.n);
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
	logrows_draw(view, shown, &shown->log_filter, inside);
	draw_foot(view, shown, area, focus);
}

static void log_move(struct view *view, const struct shown *shown, enum motion motion)
{
	logrows_move(view, shown, &shown->log_filter, motion);
}

const struct view_ops view_log = {
	.name = "log",
	.title = N_("Kernel log"),
	.draw = log_draw,
	.move = log_move,
};
