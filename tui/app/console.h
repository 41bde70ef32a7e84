/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The console's own state, shared by the files of app/ and nobody else. */
#ifndef KMT_APP_CONSOLE_H
#define KMT_APP_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

#include "app/elevate.h"
#include "app/setup.h"
#include "app/values.h"
#include "base/strv.h"
#include "cli/cli.h"
#include "kernel/indexer.h"
#include "kernel/kmsg.h"
#include "kernel/modprobed.h"
#include "kernel/root.h"
#include "view/view.h"

struct console;
struct job;
struct kmod_lib;
struct recorder;
struct result;
struct script;
struct uevent;
struct watching;

/* Names of the drivers of a module, which records of the log begin with. */
struct drivers {
	char *of;			/* the module; NULL: none was asked for */
	unsigned tick;			/* when they were read */
	struct strv names;
};

/* No stamp is this: the index is to be read whatever its stamp is now. */
#define INDEX_UNREAD (~0ULL)

struct console {
	const struct options *options;
	struct root root;
	struct kmod_lib *lib;		/* NULL: libkmod could not start */
	struct modprobed conf;
	struct kmsg kmsg;
	bool has_kmsg;
	struct uevent *uevent;		/* NULL: none, the timer alone refreshes */
	struct shown shown;
	struct ui ui;
	struct setup setup;

	struct elevate elevate;		/* how a command gets the privilege this console has not */
	bool lent;			/* the terminal is the elevating program's, to ask for a password */
	struct job *job;		/* the action under way, NULL none */
	unsigned patience_s;		/* an action that takes longer is said to hang */
	struct job *given_up;		/* those nobody waits for, until their children end */
	int jobs_fd;			/* readable when a child of any job has written; -1: there was none */
	struct watching *watching;	/* a module's file, NULL none */
	struct script *script;		/* NULL: a person is at the keys */
	struct recorder *recorder;	/* NULL: nothing is recorded */
	char *details_of;		/* whose info and params are shown */
	const struct module *found;	/* what a search went to: its details are to show the match; NULL: they do */
	struct values values;		/* of its parameters */
	bool details_old;		/* they are to be read again */
	struct deptree tree;		/* of all modules, once the tab Tree was shown */
	bool tree_read;
	unsigned long long tree_stamp;	/* of the lists it was made from */
	char *tree_of;			/* whose rows are shown */
	char *holders_of;		/* whose holders are shown */
	unsigned holders_tick;		/* when they were read */
	char *stats_of;			/* whose stats are shown */
	unsigned stats_tick;		/* when they were read */
	struct drivers pane_drivers, tab_drivers;	/* of the module of the log pane, and of the tab Log */
	unsigned long long live_stamp;	/* of the list of live modules that was read */
	unsigned long long index_stamp;	/* of the module index that was read, or INDEX_UNREAD */
	uint64_t next_tick_ms;
	uint64_t said_ms;		/* when the message line was last written */
	int rollback_seconds;		/* until a change is rolled back, at the last look; 0: none waits */
	unsigned ticks;
	struct indexer indexer;		/* the child that makes the full-text index */
	bool index_again;		/* whatever there is: make it */
	bool filtering;			/* the rows are of another filter or index: what is new is looked through */
	char *filter_from;		/* the module under the cursor when the filter was asked for, or NULL */
	struct strv track;		/* modules that one went on from, the last one last */
	bool filter_best;		/* the cursor goes to what the filter means best, not to that module */
	int find_step;			/* 1, -1: the cursor goes to the next match that way; 0: it stays */
	bool find_here;			/* from row find_from on, that included */
	bool find_told;			/* what comes of it is said */
	size_t find_from;
	size_t find_origin;		/* where the cursor was when the question came */
	bool log_drained, uevents_drained;
	uint64_t splat_told;		/* the last report of the kernel that the person was told of */
	bool splat_named;		/* and it was told which module it is about */
	bool log_behind;		/* records were read that are not drawn */
	uint64_t log_drawn_ms;
	bool log_started;		/* what was in the log at the start is read */
	int signal_fd;

	/* What an open prompt or popup is for. */
	void (*prompt_changed)(struct console *console, const char *text);	/* may be NULL */
	void (*prompt_done)(struct console *console, const char *text);
	void (*prompt_cancelled)(struct console *console);			/* may be NULL */
	/* Adds what may stand in the place of the word that ends at byte @at of @text; may be NULL. */
	void (*prompt_complete)(struct console *console, const char *text, size_t at, struct strv *words);
	void (*popup_done)(struct console *console, size_t choice);		/* menu: row; confirm: yes */
	/* A key of the menu of its own; true: it was one.  NULL: there is none. */
	bool (*popup_key)(struct console *console, unsigned key);
	char *saved;			/* text to go back to when a prompt is cancelled; file to save to */
	bool save_all;			/* not only what the filter of the log shows */

	bool learn;			/* equivalent commands are explained */
	char *equivalent;		/* of the last action; NULL: none yet */
	bool dirty;			/* the screen is behind the model */
	bool quit;
	int quit_signal;		/* 0: a key or the script ended it */
	enum status status;
};

/* console.c: the line above the key bar; @format is a translated whole sentence. */
void console_say(struct console *console, int mood, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Adds @text to the lines of a window, broken at blanks where it is too long for one. */
void console_wrap(struct strv *lines, const char *text);
/* A window with @text, lines broken at blanks, and @more (NULL: none) below it. */
void console_explain(struct console *console, const char *title, const char *text,
		     const struct strv *more);
/* frame.c: draws if anything changed. */
void frame_draw(struct console *console);

/* loop.c */
void loop_run(struct console *console);
/* Nothing runs, nothing is left to read, the screen is drawn. */
bool loop_idle(const struct console *console);

/* input.c: one event, wherever it belongs. */
void input_handle(struct console *console, const struct input *input);

/* ask.c: @done is called once, after the question is closed. */
void ask_text(struct console *console, const char *label, const char *text,
	      void (*done)(struct console *console, const char *text));
void ask_confirm(struct console *console, const char *title,
		 void (*done)(struct console *console, size_t yes));
void ask_menu(struct console *console, const char *title,
	      void (*done)(struct console *console, size_t choice));
/* Lines to change; @done when that is over. */
void ask_setup(struct console *console, const char *title,
	       void (*done)(struct console *console, size_t choice));

/* refresh.c: reading the kernel into the model. */
void refresh_start(struct console *console);
void refresh_live(struct console *console);
void refresh_tick(struct console *console);
/* Policy, module index and configuration: what seldom changes. */
void refresh_slow(struct console *console);
/* Rows again after order, filter or table changed; the cursor stays on its module. */
void refresh_rows(struct console *console);
/* The same, with the cursor on the module called @name, or where that is left out on the first row. */
void refresh_rows_of(struct console *console, const char *name);
/* The same, with the cursor on what the filter means best. */
void refresh_rows_best(struct console *console);
/* The selected row after the cursor moved. */
void refresh_selection(struct console *console);
/* Puts the cursor on a row of the list. */
void refresh_select(struct console *console, size_t row);
/* report.c: tells of a report of the kernel that is new in the log. */
void report_check(struct console *console);
/* A report is still in bright colours, or has just lost them. */
bool report_is_fresh(const struct console *console);
/* At most 256 records of the log, and for at most 4 ms. */
void refresh_log(struct console *console);

/* index.c: the full-text index. */
/* The list of modules on disk was read: the index of it is taken from the cache, or made by a child. */
void index_update(struct console *console);
/* What the child wrote. */
void index_read(struct console *console);
int index_fd(const struct console *console);
/* A slice of what search and filter look through; true while there is more. */
bool index_search(struct console *console);
/* All the slices that are left: what a key is pressed on is what was searched for. */
/* A search or filter is not complete without the index that is being made. */
bool index_waited_for(const struct console *console);
void index_settle(struct console *console);
/* Reads descriptions of rows in sight that the index did not bring; true while some are missing. */
bool index_describe(struct console *console);

/* act_find.c: the cursor goes to a match, as find_step and so on say. */
void act_find_go(struct console *console);

/* details.c */
/* Info and parameters of the selected module, if they are on the screen and not there yet. */
void details_update(struct console *console);
/* Parameter values again. */
void details_reread(struct console *console);
void details_forget(struct console *console);
/* Adds the parameters module @name declares to @params. */
void details_declare(struct console *console, const char *name, struct paramlist *params);

/* act_care.c: says when a change is about to be rolled back */
void act_care_tick(struct console *console);

/* tabs.c */
/* What the tab in front shows of the selected module, if it is not there yet. */
void tabs_update(struct console *console);
/* The configuration was read again: all of it may be otherwise. */
void tabs_forget(struct console *console);
void tabs_release(struct console *console);
/* The tree of all modules, read if need be. */
const struct deptree *tabs_tree(struct console *console);

#endif
