/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The setup screen: one line a setting, each change to be seen at once. */
#include "app/action.h"
#include "app/console.h"
#include "base/buf.h"
#include "base/i18n.h"

static void fill(struct console *console)
{
	struct strv *lines = &console->ui.popup.lines;
	size_t i;

	strv_release(lines);
	*lines = (struct strv)STRV_INIT;
	for (i = 0; i < SETTINGS; i++) {
		struct buf line = BUF_INIT;

		buf_printf(&line, "%-9s %-12s %s", settings_table[i].name,
			   settings_word(&console->setup.now, (enum setting_key)i), _(settings_table[i].help));
		strv_push(lines, buf_str(&line));
		buf_release(&line);
	}
}

static void closed(struct console *console, size_t choice)
{
	(void)choice;
	setup_save(console);
}

void act_setup(struct console *console)
{
	ask_setup(console, _("Setup"), closed);
	fill(console);
}

bool act_setup_key(struct console *console, unsigned key)
{
	enum setting_key at = (enum setting_key)console->ui.popup.list.cursor;

	if (key == ' ' || key == KC_ENTER || key == KC_RIGHT || key == 'l')
		setup_turn(console, at, 1);
	else if (key == KC_LEFT || key == 'h')
		setup_turn(console, at, -1);
	else
		return false;
	fill(console);
	return true;
}
