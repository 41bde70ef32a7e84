/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What keys do.  One table: the help, the key bar and the actions menu are made from it.  A new
 * action is one line in action.c and one function in an act_*.c.
 */
#ifndef KMT_APP_ACTION_H
#define KMT_APP_ACTION_H

#include <stdbool.h>
#include <stddef.h>

#include "view/view.h"

struct buf;
struct console;

enum action_needs {
	ACTION_MODULE = 1u,		/* a module is selected */
	ACTION_MODULES = 8u,		/* the same, or some are tagged */
	ACTION_CHANGE = 2u,		/* this user may load and unload on this kernel */
	ACTION_WRITE = 4u,		/* this console may write to the running kernel; files have modes of their own */
	ACTION_ETC = 32u,		/* this user, or a program that asks for leave, may write to the configuration */
	ACTION_FILE = 16u,		/* writes a file of the person's own: not with --readonly */
};

enum action_group { GROUP_GENERAL, GROUP_LIST, GROUP_MODULE, GROUP_PARAMS, GROUP_LOG, ACTION_GROUPS };

struct action {
	unsigned keys[4];		/* the first one is shown */
	enum action_group group;
	unsigned needs;
	const char *bar;		/* N_() word of the key bar; NULL: not in it */
	const char *help;		/* N_() one sentence */
	void (*run)(struct console *console);
	/* Where the key counts; NULL: everywhere. */
	bool (*here)(const struct console *console);
};

/* Runs the action of @key, if there is one and what it needs is there; false: no such key. */
bool action_key(struct console *console, unsigned key);
/* Its action where the focus is: one of this place comes before one of everywhere; NULL: there is none. */
const struct action *action_find(const struct console *console, unsigned key);
/* Runs it, or says what is missing. */
void action_run(struct console *console, const struct action *action);
/* The table, line by line; NULL behind its end. */
const struct action *action_at(size_t i);
/* The group of the pane that has the focus. */
enum action_group action_group_here(const struct console *console);
/* The key bar, from left to right; returns how many entries. */
size_t action_bar(const struct console *console, struct bar_entry *bar, size_t max);

/* What stands against an action that needs @needs: a sentence; NULL: nothing does. */
const char *action_obstacle(const struct console *console, unsigned needs);

/* The actions themselves, by file. */
void act_menu_help(struct console *console);
void act_menu(struct console *console);
void act_quit(struct console *console);
void act_redraw(struct console *console);
void act_refresh(struct console *console);
void act_suspend(struct console *console);
void act_message(struct console *console);
void act_learn(struct console *console);
void act_setup(struct console *console);
/* A key in the setup screen; false: it changes nothing there. */
bool act_setup_key(struct console *console, unsigned key);

void act_list_up(struct console *console);
void act_list_down(struct console *console);
void act_list_page_up(struct console *console);
void act_list_page_down(struct console *console);
void act_list_home(struct console *console);
void act_list_end(struct console *console);
void act_list_left(struct console *console);
void act_list_right(struct console *console);
void act_list_next_pane(struct console *console);
void act_list_previous_pane(struct console *console);
void act_list_enter(struct console *console);
void act_list_back(struct console *console);
void act_find_search(struct console *console);
void act_find_next(struct console *console);
void act_find_previous(struct console *console);
void act_find_filter(struct console *console);
/* "3 of 17.": which match one is at, of how many; @wrapped: behind the last one, or before the first, by @step (1, -1). */
void act_find_place(size_t at, size_t n, bool wrapped, int step, struct buf *out);
/* Takes the filter away, if there is one; else what a search highlights; false: there was neither. */
bool act_find_clear(struct console *console);
void act_list_sort(struct console *console);
void act_list_invert(struct console *console);
void act_list_states(struct console *console);
void act_list_history(struct console *console);
/* Sorts by @key; again by the same one: the other way round. */
void act_list_sort_by(struct console *console, enum order_key key);
void act_list_tab(struct console *console, size_t tab);
/* Puts the cursor on the module, which is shown if it was hidden. */
void act_list_go(struct console *console, const char *name);
/* Back to where the last of these ways began. */
void act_list_return(struct console *console);
void act_list_zoom(struct console *console);

void act_job_give_up(struct console *console);

void act_module_load(struct console *console);
void act_module_load_options(struct console *console);
void act_module_unload(struct console *console);
void act_module_reload(struct console *console);
/* The same with "param=value" (NULL: none) for the module. */
void act_module_reload_with(struct console *console, const char *module, const char *option);
/* Asks for the file of a module and loads that. */
void act_path_load(struct console *console);
void act_tab_parameters(struct console *console);
void act_tab_tree(struct console *console);
void act_tab_holders(struct console *console);
void act_tab_go(struct console *console);
void act_tab_fold(struct console *console);

struct modlist;
struct plan;
struct strv;
/*
 * Adds to the open question what @plan takes away that one stands on, or that somebody has open; true: it does, so
 * act_care_ask() follows a yes.
 */
bool act_care_warn(struct console *console, const struct modlist *live, const struct plan *plan);
/* The second part of that alone: who has something open that its module does not count, a crash to come. */
bool act_care_open(struct console *console, const struct modlist *live, const struct plan *plan);
/* Has the name of @module typed and, where there is one, a way back chosen; then calls @go with its seconds, 0 for none. */
void act_care_ask(struct console *console, const char *module,
		  void (*go)(struct console *console, unsigned seconds));
/* The options that go with that. */
void act_care_options(struct strv *command, unsigned seconds);
void act_care_answer(struct console *console);

struct param;
/* The parameter under the cursor; NULL: none. */
const struct param *act_param_current(const struct console *console);
void act_param_edit(struct console *console);
void act_param_undo(struct console *console);

/* Which module serves an alias or a device; by which roads the module can be loaded. */
void act_look_which(struct console *console);
void act_look_audit(struct console *console);

/* The window of what was done, from which an action can be taken back. */
void act_journal(struct console *console);

/* Tags: what they are put on and taken off by, and the actions on all tagged modules: false: there are none. */
void act_tags_toggle(struct console *console);
void act_tags_clear(struct console *console);
bool act_tags_load(struct console *console);
bool act_tags_unload(struct console *console);
bool act_tags_reload(struct console *console);
/* Says so when an action is under way: the next question has to wait. */
bool act_tags_busy(struct console *console);
/* A line of the question when tagged modules are out of sight. */
void act_tags_remark(struct console *console);
/* Devices without a driver. */
void act_devices(struct console *console);

void act_conf_persist(struct console *console);
void act_conf_mask(struct console *console);
void act_conf_boot(struct console *console);

void act_try(struct console *console);
void act_watch(struct console *console);

void act_log_pause(struct console *console);
void act_log_level_up(struct console *console);
void act_log_level_down(struct console *console);
void act_log_module(struct console *console);
void act_log_facility(struct console *console);
void act_log_time(struct console *console);
void act_log_search(struct console *console);
void act_log_search_next(struct console *console);
void act_log_search_previous(struct console *console);
void act_log_fold(struct console *console);
/* A click on a report. */
void act_log_click(struct console *console, const struct hit *hit);
void act_logsave(struct console *console);

#endif
