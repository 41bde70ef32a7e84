/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details: the kernel log of the module alone, whatever the pane below shows. */
#include "base/i18n.h"
#include "view/logrows.h"

static struct logfilter filter_of(const struct shown *shown)
{
	return (struct logfilter){
		.level = 7, .module = shown->selected ? shown->selected->name : NULL, .drivers = shown->drivers,
	};
}

struct logfilter view_modlog_filter(const struct view *view, const struct shown *shown)
{
	return view->ops == &view_modlog ? filter_of(shown) : shown->log_filter;
}

static void modlog_draw(struct view *view, const struct shown *shown, struct area area, bool focus)
{
	const struct logfilter filter = filter_of(shown);
	struct pen pen = draw_pen(area, 0);

	(void)focus;
	pen.column++;
	if (!shown->selected)
		draw_text(&pen, STYLE_DIM, _("No module is selected."));
	else if (shown->log_obstacle)
		draw_raw(&pen, STYLE_WARN, shown->log_obstacle);
	else
		logrows_draw(view, shown, &filter, area);
}

static void modlog_move(struct view *view, const struct shown *shown, enum motion motion)
{
	const struct logfilter filter = filter_of(shown);

	logrows_move(view, shown, &filter, motion);
}

const struct view_ops view_modlog = {
	.name = "modlog",
	.title = N_("Log"),
	.draw = modlog_draw,
	.move = modlog_move,
};
