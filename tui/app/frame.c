/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One drawing of the whole screen, if anything changed. */
#include "app/action.h"
#include "app/console.h"
#include "base/util.h"

void frame_draw(struct console *console)
{
	struct bar_entry bar[12];
	size_t n;

	/* What is missed while somebody else has the terminal is drawn when it comes back. */
	if (!console->dirty || console->lent) {
		console->dirty = false;
		return;
	}
	console->shown.now_ms = util_now_ms();
	n = action_bar(console, bar, ARRAY_SIZE(bar));
	screen_draw(&console->ui, &console->shown, bar, n);
	console->dirty = false;
}
