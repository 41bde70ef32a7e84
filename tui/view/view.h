/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Views: what they are shown, what they keep, and the table of functions each one is.
 *
 * A view gets the model const and draws it; it never changes anything but its own
 * cursor.  A new view is one file with a const struct view_ops and one line in a table of screen.c.
 */
#ifndef KMT_VIEW_VIEW_H
#define KMT_VIEW_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strv.h"
#include "model/busy.h"
#include "model/deptree.h"
#include "model/fulltext.h"
#include "model/holding.h"
#include "model/info.h"
#include "model/logfilter.h"
#include "model/logring.h"
#include "model/module.h"
#include "model/order.h"
#include "model/param.h"
#include "model/policy.h"
#include "model/tags.h"
#include "view/draw.h"
#include "view/list.h"
#include "view/prompt.h"

/* Everything there is to show; owned and filled by app/. */
struct shown {
	struct modtable table;
	struct order order;
	struct order_rows rows;
	struct finding search;		/* what n and N look for, highlighted */
	struct fulltext text;		/* what all modules on disk say of themselves */
	bool indexing;			/* that is being read */
	uint64_t indexing_ms;		/* since then */
	struct tags tags;
	struct policy policy;
	struct logring log;
	struct logfilter log_filter;	/* of the pane */
	struct match log_search;	/* what n and N look for in the log, highlighted */
	bool log_wall;			/* the time of the day, not that since the start of the machine */
	int64_t wall_offset;		/* what makes the one from the other, in microseconds */
	char *log_obstacle;		/* why there is no log: a sentence; NULL: there is one */
	struct module *selected;	/* the row under the cursor, NULL none */
	struct info info;		/* of the selected module; n 0: none */
	struct paramlist params;
	struct deptree_rows needs, users;	/* of the selected module, while the tab Tree shows them */
	const struct strv *drivers;	/* of the selected module, while the tab Log shows its records; NULL: none known */
	struct info stats;		/* of the selected module, while the tab Stats shows them */
	struct holding holding;		/* of the selected module, while the tab Holders shows it */
	char *info_obstacle;		/* why there is no info: a sentence; NULL: there is */
	char *stale;			/* why the list is not fresh: a sentence; NULL: it is */
	size_t unread;			/* lines of /proc/modules that were not understood */
	char *root_dir;			/* --root, NULL: this machine */
	bool readonly;
	const char *elevated_by;	/* "sudo": changes are made by its leave; NULL: by this user's own */
	const struct busy *busy;	/* modules that actions are at work on; NULL none */
	uint64_t now_ms;
	char *message;			/* the result of the last action, in words */
	bool message_old;		/* it is drawn dim: what it tells was a while ago */
	enum { MESSAGE_PLAIN, MESSAGE_GOOD, MESSAGE_BAD } mood;
};

struct view;

struct view_ops {
	const char *name;		/* for scripts and tests */
	const char *title;		/* N_() of its tab */
	void (*draw)(struct view *view, const struct shown *shown, struct area area, bool focus);
	void (*move)(struct view *view, const struct shown *shown, enum motion motion);
};

/* A view on the screen: its functions and where one is in it. */
struct view {
	const struct view_ops *ops;
	struct list list;
	int left;			/* columns scrolled off to the left */
	bool unfolded;			/* info: the bytes of the signature are shown */
	bool paused;			/* log: the text stands still */
	uint64_t anchor;		/* log, paused: records pushed up to the last one shown */
	uint64_t mark;			/* log: records pushed up to the one a search found; 0: none */
};

extern const struct view_ops view_modules, view_log, view_info, view_params, view_tree, view_holders,
	view_stats, view_modlog;

/* Draws fields, a value of several lines on several, from the first line in sight on. */
void view_info_draw(struct view *view, const struct shown *shown, const struct info *info, struct area area);
/* The line of the tab Info in which the search finds the first thing: true, and *line; else false. */
bool view_info_find(const struct view *view, const struct shown *shown, size_t *line);
/* Scrolls them: there is no cursor to see. */
void view_info_move(struct view *view, const struct shown *shown, enum motion motion);
/* Which records a view of the log shows; the name in it is the model's. */
struct logfilter view_modlog_filter(const struct view *view, const struct shown *shown);
/* The module in line @at of the tab Tree, or NULL. */
const char *view_tree_name(const struct shown *shown, size_t at);

/* A popup above all: a text to read, a choice, or a question. */
struct popup {
	enum popup_kind { POPUP_NONE, POPUP_TEXT, POPUP_MENU, POPUP_CONFIRM, POPUP_SETUP } kind;
	char *title;
	struct strv lines;		/* raw text; of a menu: its choices */
	struct list list;
	unsigned also;			/* POPUP_MENU: a key that chooses as Enter does; 0: none */
	bool yes;			/* POPUP_CONFIRM: what Enter means; starts as no */
	unsigned third;			/* POPUP_CONFIRM: the key of a third answer, 2; 0: there is none */
	const char *third_label;	/* "All" */
	size_t *heads, n_heads;		/* lines that are headings, in their order; no cursor goes there */
	int key_columns;		/* the other lines begin with keys, in so many columns; 0: they do not */
	struct match find;		/* POPUP_TEXT: what n and N look for */
};

void popup_open(struct popup *popup, enum popup_kind kind, const char *title);
void popup_close(struct popup *popup);
/* Adds a line that is a heading, or the blank above one. */
void popup_head(struct popup *popup, const char *text);
/* Moves the cursor, or the window of a text; never onto a heading. */
void popup_move(struct popup *popup, enum motion motion);
/* Off a heading, the way @motion goes. */
void popup_settle(struct popup *popup, enum motion motion);
/* Scrolls a text to the next line that popup->find finds (step 1, -1), with @here from the first one in sight on. */
bool popup_find(struct popup *popup, int step, bool here);
/* One of its lines is the chosen one. */
bool popup_has_cursor(const struct popup *popup);
void popup_draw(struct popup *popup, int columns, int rows);

enum pane { PANE_LIST, PANE_DETAILS, PANE_LOG, PANE_POPUP, PANES };

/* What the person is looking at; app/ moves it by actions. */
struct ui {
	struct view list, log;
	struct view *tabs;		/* the views of the details, in the order of view_tabs */
	size_t n_tabs, tab;		/* how many, and which one is in front */
	enum pane focus;
	bool zoom;			/* the pane with the focus has the whole screen */
	bool details;			/* narrow screen: the details are in the list's place */
	struct popup popup;
	struct prompt prompt;
};

/* The bottom line: label and key of what the function keys do now. */
struct bar_entry {
	unsigned key;
	const char *label;
};

void ui_init(struct ui *ui);
void ui_release(struct ui *ui);
/* The view that has the focus. */
struct view *ui_focus(struct ui *ui);
/* The tab of those view_ops is in front and on the screen. */
bool ui_tab_is(const struct ui *ui, const struct view_ops *ops);

/* Draws the whole screen. */
void screen_draw(struct ui *ui, const struct shown *shown, const struct bar_entry *bar, size_t n_bar);
/* List and details stand side by side. */
bool screen_is_wide(void);
/* Whether they may, where there is room; they do unless told otherwise. */
void screen_set_beside(bool beside);

/* Parts of the screen with a file of their own. */
void header_draw(const struct shown *shown, struct area area);
void footer_draw_message(const struct shown *shown, struct area area);
void footer_draw_bar(const struct bar_entry *bar, size_t n_bar, struct area area);

#endif
