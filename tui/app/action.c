/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The action table, and what is made from it. */
#include "app/action.h"

#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "app/job.h"
#include "app/signals.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "model/learn.h"

static bool in_list(const struct console *console)
{
	return console->ui.focus == PANE_LIST;
}

static bool in_params(const struct console *console)
{
	return console->ui.focus == PANE_DETAILS && ui_tab_is(&console->ui, &view_params);
}

static bool in_tree(const struct console *console)
{
	return console->ui.focus == PANE_DETAILS && ui_tab_is(&console->ui, &view_tree);
}

static bool in_info(const struct console *console)
{
	return console->ui.focus == PANE_DETAILS && ui_tab_is(&console->ui, &view_info);
}

static bool in_log(const struct console *console)
{
	return console->ui.focus == PANE_LOG ||
	       (console->ui.focus == PANE_DETAILS && ui_tab_is(&console->ui, &view_modlog));
}

static const struct action actions[] = {
	{ { KC_F(1), '?' }, GROUP_GENERAL, 0, N_("Help"), N_("show what every key does"), act_menu_help, NULL },
	{ { KC_F(2) }, GROUP_GENERAL, 0, N_("Setup"), N_("choose colours and other settings, which are kept"),
	  act_setup, NULL },
	{ { KC_F(3), '/' }, GROUP_LIST, 0, N_("Search"),
	  N_("search all that modules say (regular expression)"), act_find_search, NULL },
	{ { 'n' }, GROUP_LIST, 0, NULL, N_("go to the next match"), act_find_next, NULL },
	{ { 'N' }, GROUP_LIST, 0, NULL, N_("go to the previous match"), act_find_previous, NULL },
	{ { KC_F(4), '\\' }, GROUP_LIST, 0, N_("Filter"), N_("show only the modules that match"),
	  act_find_filter, NULL },
	{ { KC_F(5), 's' }, GROUP_LIST, 0, N_("States"),
	  N_("show all modules, or only those of one state"), act_list_states, NULL },
	{ { KC_F(6), '>' }, GROUP_LIST, 0, N_("Sort"), N_("choose the column to sort by"), act_list_sort, NULL },
	{ { 'I' }, GROUP_LIST, 0, NULL, N_("sort the other way round"), act_list_invert, NULL },
	{ { 'H' }, GROUP_LIST, 0, NULL, N_("show which modules came and went"), act_list_history, NULL },
	{ { KC_SPACE }, GROUP_LIST, ACTION_MODULE, NULL, N_("tag the module, or take its tag away, and move down"),
	  act_tags_toggle, in_list },
	{ { 'U' }, GROUP_LIST, 0, NULL, N_("take all tags away"), act_tags_clear, NULL },
	{ { KC_F(7), 'L' }, GROUP_MODULE, ACTION_MODULES | ACTION_CHANGE, N_("Load"),
	  N_("load the module (or all tagged ones), after showing the plan"), act_module_load, NULL },
	{ { 'o' }, GROUP_MODULE, ACTION_MODULE | ACTION_CHANGE, NULL, N_("load the module with options"),
	  act_module_load_options, NULL },
	{ { 'O' }, GROUP_MODULE, ACTION_CHANGE, NULL, N_("load a module by the path of its file"), act_path_load, NULL },
	{ { KC_F(8), 'X' }, GROUP_MODULE, ACTION_MODULES | ACTION_CHANGE, N_("Unload"),
	  N_("unload the module (or all tagged ones), after showing the plan"), act_module_unload, NULL },
	{ { 'R' }, GROUP_MODULE, ACTION_MODULES | ACTION_CHANGE, NULL,
	  N_("reload the module (or all tagged ones) and those that use it"), act_module_reload, NULL },
	{ { 'T' }, GROUP_MODULE, 0, NULL, N_("try a module in a throwaway machine, not in this kernel"),
	  act_try, NULL },
	{ { 'V' }, GROUP_MODULE, ACTION_CHANGE, NULL,
	  N_("watch the file of a module and load each new build, or end that"), act_watch, NULL },
	{ { 'p' }, GROUP_MODULE, ACTION_MODULE, NULL, N_("show the parameters of the module"),
	  act_tab_parameters, NULL },
	{ { 't' }, GROUP_MODULE, ACTION_MODULE, NULL,
	  N_("show what the module needs, and who needs it"), act_tab_tree, NULL },
	{ { 'w' }, GROUP_MODULE, ACTION_MODULE, NULL,
	  N_("show who holds the module, so that it can not be unloaded"), act_tab_holders, NULL },
	{ { 'a' }, GROUP_MODULE, ACTION_MODULE, NULL,
	  N_("show every way by which the module can still be loaded"), act_look_audit, NULL },
	{ { 'i' }, GROUP_LIST, 0, NULL, N_("ask which module serves an alias or a device"), act_look_which, NULL },
	{ { 'D' }, GROUP_MODULE, 0, NULL,
	  N_("show the devices without a driver, and their modules"), act_devices, NULL },
	{ { KC_ENTER }, GROUP_MODULE, ACTION_MODULE, NULL,
	  N_("in the tree: go to the module under the cursor"), act_tab_go, in_tree },
	{ { KC_ENTER }, GROUP_MODULE, ACTION_MODULE, NULL,
	  N_("in Info: show the bytes of the signature, or fold them"), act_tab_fold, in_info },
	{ { KC_BACKSPACE, KC_CTRL('o') }, GROUP_MODULE, 0, NULL,
	  N_("go back to the module one came from (tree, i, D)"), act_list_return, NULL },
	{ { 'K' }, GROUP_MODULE, ACTION_MODULES | ACTION_WRITE | ACTION_ETC, NULL,
	  N_("mask the module (or all tagged ones) from loading, or unmask it"),
	  act_conf_mask, NULL },
	{ { 'B' }, GROUP_MODULE, ACTION_MODULES | ACTION_WRITE | ACTION_ETC, NULL,
	  N_("load the module (or all tagged ones) at boot, or no more"), act_conf_boot, NULL },
	{ { KC_ENTER, 'e' }, GROUP_PARAMS, ACTION_MODULE | ACTION_WRITE, NULL,
	  N_("change the parameter, if need be by a reload"), act_param_edit, in_params },
	{ { 'u' }, GROUP_PARAMS, ACTION_MODULE | ACTION_WRITE, NULL,
	  N_("take the last change of a parameter back"), act_param_undo, NULL },
	{ { 'Y' }, GROUP_MODULE, ACTION_WRITE, NULL,
	  N_("keep or roll back the change that waits for it"), act_care_answer, NULL },
	{ { 'P' }, GROUP_PARAMS, ACTION_MODULE | ACTION_WRITE | ACTION_ETC, NULL,
	  N_("make a value of the parameter permanent, or no more"), act_conf_persist, NULL },
	{ { 'Z', KC_CTRL('s') }, GROUP_LOG, 0, NULL, N_("pause the kernel log, or follow it again"),
	  act_log_pause, NULL },
	{ { '+' }, GROUP_LOG, 0, NULL, N_("show one more level of the log"), act_log_level_up, NULL },
	{ { '-' }, GROUP_LOG, 0, NULL, N_("show one level less of the log"), act_log_level_down, NULL },
	{ { 'm' }, GROUP_LOG, 0, NULL, N_("show the log of the selected module only, or all of it"),
	  act_log_module, NULL },
	{ { KC_F(3), '/' }, GROUP_LOG, 0, NULL, N_("in the log: search it (regular expression)"),
	  act_log_search, in_log },
	{ { 'n' }, GROUP_LOG, 0, NULL, N_("in the log: go to the next match"), act_log_search_next, in_log },
	{ { 'N' }, GROUP_LOG, 0, NULL, N_("in the log: go to the previous match"),
	  act_log_search_previous, in_log },
	{ { KC_ENTER }, GROUP_LOG, 0, NULL, N_("in the log: unfold a report of the kernel, or fold it"),
	  act_log_fold, in_log },
	{ { 'f' }, GROUP_LOG, 0, NULL, N_("in the log: show what the kernel wrote, or user space too"),
	  act_log_facility, in_log },
	{ { '@' }, GROUP_LOG, 0, NULL, N_("in the log: show the time of the day, or since the start"),
	  act_log_time, in_log },
	{ { 'S' }, GROUP_LOG, ACTION_FILE, NULL, N_("in the log: save it to a file"), act_logsave, in_log },
	{ { 'x' }, GROUP_MODULE, 0, NULL, N_("give up the action under way, when it hangs"), act_job_give_up, NULL },
	{ { KC_UP, 'k' }, GROUP_GENERAL, 0, NULL, N_("move up"), act_list_up, NULL },
	{ { KC_DOWN, 'j' }, GROUP_GENERAL, 0, NULL, N_("move down"), act_list_down, NULL },
	{ { KC_PGUP, KC_CTRL('b') }, GROUP_GENERAL, 0, NULL, N_("move a page up"), act_list_page_up, NULL },
	{ { KC_PGDN, KC_CTRL('f') }, GROUP_GENERAL, 0, NULL, N_("move a page down"),
	  act_list_page_down, NULL },
	{ { KC_HOME, 'g' }, GROUP_GENERAL, 0, NULL, N_("go to the first row"), act_list_home, NULL },
	{ { KC_END, 'G' }, GROUP_GENERAL, 0, NULL, N_("go to the last row; in the log: follow it"),
	  act_list_end, NULL },
	{ { KC_LEFT, 'h' }, GROUP_GENERAL, 0, NULL, N_("previous tab; in the log: scroll left"),
	  act_list_left, NULL },
	{ { KC_RIGHT, 'l' }, GROUP_GENERAL, 0, NULL, N_("next tab; in the log: scroll right"),
	  act_list_right, NULL },
	{ { KC_TAB }, GROUP_GENERAL, 0, NULL, N_("go to the next pane"), act_list_next_pane, NULL },
	{ { KC_BACKTAB }, GROUP_GENERAL, 0, NULL, N_("go to the previous pane"),
	  act_list_previous_pane, NULL },
	{ { 'z' }, GROUP_GENERAL, 0, NULL, N_("give the pane the whole screen, or show all panes"),
	  act_list_zoom, NULL },
	{ { KC_ENTER }, GROUP_LIST, 0, NULL, N_("show the details of the module"), act_list_enter, NULL },
	{ { KC_ESC }, GROUP_GENERAL, 0, NULL, N_("close what is open, go back to the list"),
	  act_list_back, NULL },
	{ { 'J' }, GROUP_GENERAL, 0, NULL, N_("show what was done, and take an action back"), act_journal, NULL },
	{ { 'C' }, GROUP_GENERAL, 0, NULL, N_("learn mode: explain the equivalent commands, or no more"), act_learn,
	  NULL },
	{ { 'M' }, GROUP_GENERAL, 0, NULL, N_("show the last message whole"), act_message, NULL },
	{ { KC_CTRL('r') }, GROUP_GENERAL, 0, NULL, N_("read everything again"), act_refresh, NULL },
	{ { KC_CTRL('l') }, GROUP_GENERAL, 0, NULL, N_("draw the screen again"), act_redraw, NULL },
	{ { KC_CTRL('z') }, GROUP_GENERAL, 0, NULL, N_("suspend kmodtui"), act_suspend, NULL },
	{ { KC_F(9) }, GROUP_GENERAL, 0, N_("Menu"), N_("choose one of these actions from a menu"),
	  act_menu, NULL },
	{ { KC_F(10), 'q', KC_CTRL('c') }, GROUP_GENERAL, 0, N_("Quit"), N_("leave kmodtui"), act_quit, NULL },
};

static bool has_key(const struct action *action, unsigned key)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(action->keys); i++)
		if (action->keys[i] == key)
			return true;
	return false;
}

const char *action_obstacle(const struct console *console, unsigned needs)
{
	const struct policy *policy = &console->shown.policy;

	if ((needs & ACTION_MODULE) && !console->shown.selected)
		return _("No module is selected.");
	if ((needs & ACTION_MODULES) && !console->shown.selected && !console->shown.tags.names.n)
		return _("No module is selected or tagged.");
	if ((needs & (ACTION_CHANGE | ACTION_WRITE | ACTION_FILE)) && console->options->readonly)
		return _("This console is read-only: it was started with --readonly.");
	if ((needs & ACTION_CHANGE) || ((needs & ACTION_WRITE) && !policy->live))
		return policy_obstacle(policy);
	if ((needs & ACTION_ETC) && !policy->root && !policy->elevates)
		return policy->no_elevation ? policy->no_elevation :
		       _("You may not change the settings of modules: run kmodtui as root or with sudo.");
	return NULL;
}

void action_run(struct console *console, const struct action *action)
{
	const char *why = action_obstacle(console, action->needs);

	if (why)
		console_say(console, MESSAGE_BAD, "%s", why);
	else
		action->run(console);
}

const struct action *action_find(const struct console *console, unsigned key)
{
	const struct action *everywhere = NULL;
	size_t i;

	for (i = 0; key != KC_NONE && i < ARRAY_SIZE(actions); i++) {
		if (!has_key(&actions[i], key))
			continue;
		if (actions[i].here && actions[i].here(console))
			return &actions[i];
		if (!actions[i].here && !everywhere)
			everywhere = &actions[i];
	}
	return everywhere;
}

/* A key that means something in another pane only. */
static void say_where(struct console *console, unsigned key)
{
	char name[16];
	size_t i;

	for (i = 0; key != KC_NONE && i < ARRAY_SIZE(actions); i++) {
		if (!has_key(&actions[i], key))
			continue;
		console_say(console, MESSAGE_PLAIN, actions[i].group == GROUP_LOG ?
			    _("%s is a key of the kernel log; Tab goes there.") :
			    _("%s is a key of the parameters; p shows them."), key_label(key, name));
		return;
	}
}

const struct action *action_at(size_t i)
{
	return i < ARRAY_SIZE(actions) ? &actions[i] : NULL;
}

enum action_group action_group_here(const struct console *console)
{
	return in_log(console) ? GROUP_LOG : in_params(console) ? GROUP_PARAMS : GROUP_LIST;
}

bool action_key(struct console *console, unsigned key)
{
	const struct action *action = action_find(console, key);

	if (action)
		action_run(console, action);
	else
		say_where(console, key);
	return action != NULL;
}

/* What the keys do where one is, if that is not what the function keys say. */
static const struct bar_entry bar_prompt[] = {
	{ KC_ENTER, N_("Done") }, { KC_ESC, N_("Cancel") }, { KC_CTRL('u'), N_("Empty") },
}, bar_complete[] = {
	{ KC_ENTER, N_("Done") }, { KC_ESC, N_("Cancel") }, { KC_TAB, N_("Complete") }, { KC_UP, N_("Earlier") },
	{ KC_CTRL('u'), N_("Empty") },
}, bar_confirm[] = {
	{ 'y', N_("Yes") }, { 'n', N_("No") }, { KC_ESC, N_("Cancel") },
}, bar_text[] = {
	{ KC_ESC, N_("Close") }, { KC_PGDN, N_("Page") }, { '/', N_("Search") }, { 'n', N_("Next") },
}, bar_menu[] = {
	{ KC_ENTER, N_("Choose") }, { KC_ESC, N_("Close") },
}, bar_setup[] = {
	{ KC_SPACE, N_("Change") }, { KC_ESC, N_("Save") },
}, bar_log[] = {
	{ KC_F(1), N_("Help") }, { '+', N_("More") }, { '-', N_("Less") }, { 'm', N_("Module") }, { '/', N_("Search") },
	{ 'S', N_("Save") }, { 'Z', N_("Pause") }, { 'z', N_("Zoom") }, { KC_F(9), N_("Menu") }, { KC_F(10), N_("Quit") },
}, bar_params[] = {
	{ KC_F(1), N_("Help") }, { KC_ENTER, N_("Change") }, { 'u', N_("Undo") }, { 'P', N_("Keep") },
	{ 'R', N_("Reload") }, { 'z', N_("Zoom") }, { KC_F(9), N_("Menu") }, { KC_F(10), N_("Quit") },
}, bar_tree[] = {
	{ KC_F(1), N_("Help") }, { KC_ENTER, N_("Go to") }, { KC_CTRL('o'), N_("Back") }, { 'z', N_("Zoom") },
	{ KC_F(9), N_("Menu") }, { KC_F(10), N_("Quit") },
};

#define BAR(name) (*n = ARRAY_SIZE(bar_##name), bar_##name)

static const struct bar_entry *bar_here(const struct console *console, size_t *n)
{
	switch (console->ui.prompt.open ? POPUP_NONE : console->ui.popup.kind) {
	case POPUP_CONFIRM:
		return BAR(confirm);
	case POPUP_TEXT:
		return BAR(text);
	case POPUP_MENU:
		return BAR(menu);
	case POPUP_SETUP:
		return BAR(setup);
	case POPUP_NONE:
		break;
	}
	if (console->ui.prompt.open)
		return console->prompt_complete ? BAR(complete) : BAR(prompt);
	if (in_log(console))
		return BAR(log);
	return in_params(console) ? BAR(params) : in_tree(console) ? BAR(tree) : NULL;
}

size_t action_bar(const struct console *console, struct bar_entry *bar, size_t max)
{
	size_t i, n = 0, n_here = 0;
	const struct bar_entry *here = bar_here(console, &n_here);
	const struct popup *popup = &console->ui.popup;
	unsigned f;

	for (i = 0; here && i < n_here && n < max; i++)
		bar[n++] = (struct bar_entry){ here[i].key, _(here[i].label) };
	if (popup->kind == POPUP_CONFIRM && !console->ui.prompt.open && popup->third && n < max)
		bar[n++] = (struct bar_entry){ popup->third, popup->third_label };
	for (f = 1; !here && f <= 12; f++)
		for (i = 0; i < ARRAY_SIZE(actions); i++)
			if (actions[i].bar && actions[i].keys[0] == KC_F(f) && n < max)
				bar[n++] = (struct bar_entry){ KC_F(f), _(actions[i].bar) };
	return n;
}

void act_quit(struct console *console)
{
	console->quit = true;
}

void act_redraw(struct console *console)
{
	term_repaint();
	console->dirty = true;
}

void act_refresh(struct console *console)
{
	details_forget(console);
	console->index_stamp = INDEX_UNREAD;
	console->index_again = true;
	refresh_live(console);
	refresh_slow(console);
	console_say(console, MESSAGE_PLAIN, _("Everything was read again."));
}

void act_message(struct console *console)
{
	struct strv words = STRV_INIT;
	const char *message = console->shown.message;

	/* The command it was done with, if the message tells one. */
	if (console->learn && console->equivalent && message && strstr(message, console->equivalent))
		learn_explain(console->equivalent, &words);
	if (message)
		console_explain(console, _("Message"), message, &words);
	strv_release(&words);
}

void act_learn(struct console *console)
{
	console->learn = !console->learn;
	console_say(console, MESSAGE_PLAIN, console->learn ?
		    _("Learn mode is on: questions explain the command, and M does so afterwards.") :
		    _("Learn mode is off."));
}

void act_job_give_up(struct console *console)
{
	job_give_up(console);
}

void act_suspend(struct console *console)
{
	if (term_fd() >= 0)
		signals_stop(console, 0);
}
