/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One event: to the popup, to the prompt, to the mouse's target, or to the action table. */
#include <stdlib.h>

#include "app/action.h"
#include "app/console.h"
#include "app/inputs.h"
#include "app/recorder.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/complete.h"

/* As far as all that it may be agree; what they are is shown below. */
static void complete(struct console *console)
{
	struct prompt *prompt = &console->ui.prompt;
	const char *text = buf_str(&prompt->text);
	size_t start = complete_start(text, prompt->at), common;
	struct strv words = STRV_INIT;
	char *first, *all;

	if (console->prompt_complete)
		console->prompt_complete(console, text, prompt->at, &words);
	common = complete_common(&words);
	if (words.n && common >= prompt->at - start) {
		first = xstrndup(words.v[0], common);
		prompt_replace(prompt, start, prompt->at, first);
		free(first);
	}
	all = strv_join(&words, "  ");
	if (words.n != 1)
		prompt_hint(prompt, words.n ? all : _("Nothing to complete."));
	free(all);
	strv_release(&words);
}

/* Keys that bring another text; true: it was one. */
static bool prompt_help(struct console *console, enum prompt_result result)
{
	if (result == PROMPT_OLDER || result == PROMPT_NEWER)
		inputs_turn(console, result == PROMPT_OLDER ? -1 : 1);
	else if (result == PROMPT_COMPLETE && console->prompt_complete)
		complete(console);
	else
		return result == PROMPT_COMPLETE;
	return true;
}

static void prompt_event(struct console *console, unsigned key)
{
	struct prompt *prompt = &console->ui.prompt;
	enum prompt_result result = prompt_key(prompt, key);
	char *text;

	console->dirty = true;
	if (prompt_help(console, result))
		return;
	if (result == PROMPT_CHANGED && console->prompt_changed)
		console->prompt_changed(console, buf_str(&prompt->text));
	if (result == PROMPT_MORE || result == PROMPT_CHANGED)
		return;
	text = xstrdup(buf_str(&prompt->text));
	prompt_close(prompt);
	if (result == PROMPT_DONE)
		inputs_keep(text);
	if (result == PROMPT_DONE)
		console->prompt_done(console, text);
	else if (console->prompt_cancelled)
		console->prompt_cancelled(console);
	free(text);
}

static const struct {
	unsigned key;
	enum motion motion;
} motions[] = {
	{ KC_UP, MOTION_UP },		{ 'k', MOTION_UP },
	{ KC_DOWN, MOTION_DOWN },	{ 'j', MOTION_DOWN },
	{ KC_PGUP, MOTION_PAGE_UP },	{ KC_PGDN, MOTION_PAGE_DOWN },
	{ KC_HOME, MOTION_HOME },	{ KC_END, MOTION_END },
	{ KC_WHEEL_UP, MOTION_UP },	{ KC_WHEEL_DOWN, MOTION_DOWN },
};

static bool popup_motion(struct popup *popup, unsigned key)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(motions); i++) {
		if (motions[i].key != key)
			continue;
		popup_move(popup, motions[i].motion);
		return true;
	}
	return false;
}

/* Closed before the answer is acted on: the action may open the next one. */
static void popup_answer(struct console *console, size_t choice)
{
	void (*done)(struct console *console, size_t choice) = console->popup_done;

	popup_close(&console->ui.popup);
	console->popup_done = NULL;
	if (done)
		done(console, choice);
}

/* Keys that leave a window leave the console only when there is none. */
static bool closes(unsigned key)
{
	return key == KC_ESC || key == 'q' || key == KC_F(10) || key == KC_CTRL('c');
}

static void confirm_event(struct console *console, unsigned key)
{
	struct popup *popup = &console->ui.popup;

	if (key == 'y' || key == 'Y')
		popup_answer(console, 1);
	else if (popup->third && (key == popup->third || key == popup->third - 'a' + 'A'))
		popup_answer(console, 2);
	else if (key == KC_LEFT || key == KC_RIGHT || key == KC_TAB)
		popup->yes = !popup->yes;
	else if (key == KC_ENTER)
		popup_answer(console, popup->yes);
	else if (key == 'n' || key == 'N' || closes(key))
		popup_answer(console, 0);
}

static void text_found(struct console *console, const char *text)
{
	if (*text && !popup_find(&console->ui.popup, 1, true))
		console_say(console, MESSAGE_BAD, _("Nothing here matches \"%s\"."), text);
}

static void text_searched(struct console *console, const char *text)
{
	match_set(&console->ui.popup.find, text);
	popup_find(&console->ui.popup, 1, true);
}

/* Keys that search a text; true: it was one. */
static bool text_search(struct console *console, unsigned key)
{
	struct popup *popup = &console->ui.popup;

	if (key == '/' || key == KC_F(3)) {
		ask_text(console, _("Search"), "", text_found);
		console->prompt_changed = text_searched;
	} else if (popup->find.text && (key == 'n' || key == 'N')) {
		popup_find(popup, key == 'n' ? 1 : -1, false);
	} else {
		return false;
	}
	return true;
}

static void popup_event(struct console *console, unsigned key)
{
	struct popup *popup = &console->ui.popup;

	console->dirty = true;
	if (popup->kind == POPUP_MENU && console->popup_key && console->popup_key(console, key))
		return;
	if (popup_motion(popup, key) || (popup->kind == POPUP_TEXT && text_search(console, key)))
		return;
	if (popup->kind == POPUP_CONFIRM) {
		confirm_event(console, key);
		return;
	}
	if (popup->kind == POPUP_SETUP) {
		if (!act_setup_key(console, key) && (key == KC_F(2) || closes(key)))
			popup_answer(console, 0);
		return;
	}
	if (popup->kind == POPUP_MENU && (key == KC_ENTER || (popup->also && key == popup->also)))
		popup_answer(console, popup->list.cursor);
	else if (key == KC_ENTER || key == KC_F(1) || closes(key))
		popup_close(popup);
}

static void click_row(struct console *console, const struct hit *hit)
{
	struct ui *ui = &console->ui;

	if (hit->pane == PANE_POPUP && ui->popup.kind == POPUP_MENU) {
		popup_answer(console, hit->arg);
		return;
	}
	if (hit->pane == PANE_POPUP && ui->popup.kind == POPUP_SETUP) {
		list_set(&ui->popup.list, hit->arg);
		act_setup_key(console, KC_ENTER);
	}
	if (hit->pane == PANE_POPUP)
		return;
	ui->focus = (enum pane)hit->pane;
	if (hit->pane == PANE_LIST)
		refresh_select(console, hit->arg);
	else
		list_set(&ui_focus(ui)->list, hit->arg);
}

static void click(struct console *console, const struct hit *hit)
{
	bool popup = console->ui.popup.kind != POPUP_NONE;

	console->dirty = true;
	/* What lies below a popup can not be hit. */
	if (popup && hit->pane != PANE_POPUP)
		return;
	switch (hit->kind) {
	case HIT_ROW:
		click_row(console, hit);
		break;
	case HIT_REPORT:
		act_log_click(console, hit);
		break;
	case HIT_TAB:
		act_list_tab(console, hit->arg);
		break;
	case HIT_COLUMN:
		act_list_sort_by(console, (enum order_key)hit->arg);
		break;
	case HIT_KEY:
		if (popup)
			popup_event(console, hit->arg);
		else
			action_key(console, hit->arg);
		break;
	case HIT_PANE:
		console->ui.focus = (enum pane)hit->pane;
		break;
	case HIT_NONE:
		break;
	}
}

/* The wheel moves what is under it, wherever the focus is. */
static void wheel(struct console *console, const struct input *input)
{
	struct hit hit = draw_hit_at(input->row, input->column);
	enum pane focus = console->ui.focus;
	unsigned key = input->key == KC_WHEEL_UP ? KC_UP : KC_DOWN;
	int i;

	if (hit.kind == HIT_NONE || hit.pane == PANE_POPUP)
		return;
	console->ui.focus = (enum pane)hit.pane;
	for (i = 0; i < 3; i++)
		action_key(console, key);
	console->ui.focus = focus;
}

void input_handle(struct console *console, const struct input *input)
{
	struct hit hit;

	recorder_input(console, input);
	if (!console->ui.prompt.open)
		index_settle(console);
	if (input->key == KC_CLICK && !console->ui.prompt.open) {
		hit = draw_hit_at(input->row, input->column);
		click(console, &hit);
	} else if (console->ui.prompt.open) {
		prompt_event(console, input->key);
	} else if (console->ui.popup.kind != POPUP_NONE) {
		popup_event(console, input->key);
	} else if (input->key == KC_WHEEL_UP || input->key == KC_WHEEL_DOWN) {
		wheel(console, input);
	} else {
		action_key(console, input->key);
	}
}
