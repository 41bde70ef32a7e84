/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is made from the table of actions: the help, and the menu, in groups with a heading each. */
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"

/* So wide is the column of keys. */
#define KEY_COLUMNS 13

static const enum action_group group_order[] = {
	GROUP_LIST, GROUP_MODULE, GROUP_PARAMS, GROUP_LOG, GROUP_GENERAL
};

/* The heading of a group, with a blank line above it unless it is the first. */
static void push_title(struct popup *popup, enum action_group group)
{
	static const char *const titles[ACTION_GROUPS] = {
		N_("Everywhere"), N_("List"), N_("Module"), N_("Parameters"), N_("Kernel log"),
	};

	if (popup->lines.n)
		popup_head(popup, "");
	popup_head(popup, _(titles[group]));
}

/* "F3 /" in a column, then what it does. */
static void describe(const struct action *action, struct buf *out)
{
	char name[16];
	struct buf keys = BUF_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(action->keys) && action->keys[i]; i++)
		buf_printf(&keys, "%s%s", i ? " " : "", key_label(action->keys[i], name));
	buf_printf(out, "%-*s %s", KEY_COLUMNS, buf_str(&keys), _(action->help));
	buf_release(&keys);
}

static void push_group(struct strv *lines, enum action_group group)
{
	const struct action *action;
	size_t i;

	for (i = 0; (action = action_at(i)); i++) {
		struct buf line = BUF_INIT;

		if (action->group != group)
			continue;
		describe(action, &line);
		strv_push(lines, buf_str(&line));
		buf_release(&line);
	}
}

void act_menu_help(struct console *console)
{
	struct popup *popup = &console->ui.popup;
	size_t i;

	popup_open(popup, POPUP_TEXT, _("Help"));
	popup->key_columns = KEY_COLUMNS;
	for (i = 0; i < ARRAY_SIZE(group_order); i++) {
		push_title(popup, group_order[i]);
		push_group(&popup->lines, group_order[i]);
	}
	strv_push(&popup->lines, "");
	strv_push(&popup->lines, _("The mouse works too: click a row, a tab, a column head or a key below."));
	console->dirty = true;
}

/* The action of each line of the open menu; NULL: a heading, or the blank above it. */
#define MENU_MAX 120

static const struct action *menu[MENU_MAX + 2];

/* Moving about is for the keys. */
static bool is_general(const struct action *action)
{
	return action->group == GROUP_GENERAL && action->run != act_journal && action->run != act_learn;
}

/* What the key on the line does here is what the line says: no line of another pane. */
static bool in_menu(const struct console *console, const struct action *action)
{
	return !is_general(action) && action->run != act_list_enter &&
	       action_find(console, action->keys[0]) == action;
}

static void menu_done(struct console *console, size_t choice)
{
	if (choice < ARRAY_SIZE(menu) && menu[choice])
		action_run(console, menu[choice]);
}

/* The keys that the menu prints work in it. */
static bool menu_key(struct console *console, unsigned key)
{
	const struct action *action = key == KC_ENTER ? NULL : action_find(console, key);

	if (!action || !in_menu(console, action))
		return false;
	popup_close(&console->ui.popup);
	action_run(console, action);
	return true;
}

static void push_menu(struct console *console, enum action_group group)
{
	struct popup *popup = &console->ui.popup;
	const struct action *action;
	bool first = true;
	size_t i;

	for (i = 0; (action = action_at(i)); i++) {
		struct buf line = BUF_INIT;

		if (action->group != group || !in_menu(console, action) || popup->lines.n >= MENU_MAX)
			continue;
		if (first)
			push_title(popup, group);
		first = false;
		menu[popup->lines.n] = action;
		describe(action, &line);
		strv_push(&popup->lines, buf_str(&line));
		buf_release(&line);
	}
}

/* The group of the pane with the focus comes first. */
void act_menu(struct console *console)
{
	enum action_group first = action_group_here(console);
	size_t i;

	ask_menu(console, _("Actions"), menu_done);
	console->popup_key = menu_key;
	console->ui.popup.key_columns = KEY_COLUMNS;
	memset(menu, 0, sizeof(menu));
	push_menu(console, first);
	for (i = 0; i < ARRAY_SIZE(group_order); i++)
		if (group_order[i] != first)
			push_menu(console, group_order[i]);
	console->ui.popup.list.height = console->ui.popup.lines.n;
	popup_settle(&console->ui.popup, MOTION_HOME);
}
