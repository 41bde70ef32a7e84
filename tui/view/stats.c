/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details: what the kernel counts of the module, and what the module says of itself. */
#include "base/i18n.h"
#include "base/util.h"
#include "view/view.h"

static const char *remark(const struct shown *shown)
{
	if (!shown->selected)
		return _("No module is selected.");
	if (shown->selected->loaded)
		return _("There is nothing about it in /sys/module.");
	if (shown->selected->state == MODULE_BUILTIN)
		return _("It is built into the kernel, which counts nothing for it.");
	return _("It is not loaded, so there is nothing to count.");
}

static void stats_draw(struct view *view, const struct shown *shown, struct area area, bool focus)
{
	struct pen pen = draw_pen(area, 0);

	(void)focus;
	view_info_draw(view, shown, &shown->stats, area);
	if (shown->stats.n)
		return;
	pen.column++;
	draw_text(&pen, STYLE_DIM, remark(shown));
}

const struct view_ops view_stats = {
	.name = "stats",
	.title = N_("Stats"),
	.draw = stats_draw,
	.move = view_info_move,
};
