/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What one stands on, or somebody has open: a yes is not enough to unload it.  Where there is a way back it is offered. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "app/job.h"
#include "app/privilege.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/carry.h"
#include "kernel/holders.h"
#include "kernel/pending.h"
#include "model/module.h"
#include "model/plan.h"
#include "model/uncounted.h"

/* The open question, and what it is about. */
static struct {
	char *module;
	void (*go)(struct console *console, unsigned seconds);
	bool carrying, open;		/* what makes it one */
} asked;

bool act_care_open(struct console *console, const struct modlist *live, const struct plan *plan)
{
	struct strv *lines = &console->ui.popup.lines;
	struct uncounted list = UNCOUNTED_INIT;
	char *sentence;
	bool any;
	size_t i;

	privilege_look(true);
	holders_uncounted(&console->root, live, plan, &list);
	privilege_look(false);
	any = list.n;
	if (any)
		strv_push(lines, "");
	for (i = 0; i < list.n; i++) {
		sentence = uncounted_sentence(&list.v[i]);
		strv_push(lines, sentence);
		free(sentence);
	}
	uncounted_release(&list);
	return any;
}

bool act_care_warn(struct console *console, const struct modlist *live, const struct plan *plan)
{
	struct strv *lines = &console->ui.popup.lines;
	struct carrying list = CARRYING_INIT;
	const struct carrying_entry *entry;
	bool any = false;
	char *sentence;
	size_t i;

	carry_look(&console->root, live, &list);
	for (i = 0; i < plan->n; i++) {
		entry = plan->v[i].verb == PLAN_UNLOAD ? carrying_find(&list, plan->v[i].name) : NULL;
		if (!entry)
			continue;
		if (!any)
			strv_push(lines, "");
		any = true;
		sentence = carrying_sentence(entry);
		strv_push(lines, sentence);
		free(sentence);
	}
	asked.carrying = any;
	asked.open = act_care_open(console, live, plan);
	any = any || asked.open;
	if (any)
		strv_push(lines, _("Yes leads to one more question."));
	carrying_release(&list);
	return any;
}

static const struct { unsigned seconds; const char *text; } ways[] = {
	{ 30, N_("roll it back after 30 seconds, unless I keep it") },
	{ 120, N_("roll it back after 2 minutes, unless I keep it") },
	{ 0, N_("no way back") },
};

static void way_chosen(struct console *console, size_t choice)
{
	if (choice < ARRAY_SIZE(ways))
		asked.go(console, ways[choice].seconds);
}

static void not_done(struct console *console)
{
	console_say(console, MESSAGE_PLAIN, _("The name was not typed: nothing was done."));
}

static void name_typed(struct console *console, const char *text)
{
	char title[128];
	size_t i;

	if (!util_name_equal(text, asked.module)) {
		not_done(console);
		return;
	}
	/* Behind a crash there is no way back. */
	if (!asked.carrying) {
		asked.go(console, 0);
		return;
	}
	snprintf(title, sizeof(title), _("A way back for %s?"), asked.module);
	ask_menu(console, title, way_chosen);
	for (i = 0; i < ARRAY_SIZE(ways); i++)
		strv_push(&console->ui.popup.lines, _(ways[i].text));
}

void act_care_ask(struct console *console, const char *module,
		  void (*go)(struct console *console, unsigned seconds))
{
	char label[128];

	free(asked.module);
	asked.module = xstrdup(module);
	asked.go = go;
	snprintf(label, sizeof(label), _("Type %s to unload it all the same"), module);
	ask_text(console, label, "", name_typed);
	console->prompt_cancelled = not_done;
}

void act_care_options(struct strv *command, unsigned seconds)
{
	struct buf word = BUF_INIT;

	if (asked.carrying)
		strv_push(command, "--even-if-carrying");
	if (asked.open)
		strv_push(command, "--allow-open");
	if (seconds) {
		buf_printf(&word, "--rollback=%u", seconds);
		strv_push(command, buf_str(&word));
	}
	buf_release(&word);
}

/* Seconds until the first of the changes that wait is rolled back; 0: none waits.  *dead: of one nobody is left to do it. */
static int first_deadline(struct console *console, bool *dead)
{
	struct pendinglist list = PENDINGLIST_INIT;
	int first = 0;
	size_t i;

	if (root_is_host(&console->root))
		pending_read(&console->root, &list);
	*dead = false;
	for (i = 0; i < list.n; i++) {
		*dead |= list.v[i].dead;
		if (!list.v[i].rolling && !list.v[i].dead && list.v[i].seconds && (!first || list.v[i].seconds < first))
			first = list.v[i].seconds;
	}
	pendinglist_release(&list);
	return first;
}

/* What was said just now is to be read first; what is said here may be replaced at once. */
#define READING_MS 2500

/* Above all else that could be said: whoever does not hear of it loses the change. */
void act_care_tick(struct console *console)
{
	bool dead;
	int seconds = first_deadline(console, &dead);

	if ((!seconds && !console->rollback_seconds) || util_now_ms() - console->said_ms < READING_MS)
		return;
	if (seconds && !console->job)
		console_say(console, MESSAGE_BAD,
			    ngettext("In %d second the change is rolled back: Y keeps it.",
				     "In %d seconds the change is rolled back: Y keeps it.", seconds), seconds);
	else if (!seconds && dead && console->rollback_seconds && !console->job)
		console_say(console, MESSAGE_BAD,
			    _("The process that was to roll the change back is gone: the change stays; undo takes it back."));
	else if (!seconds && console->rollback_seconds && !console->job)
		console_say(console, MESSAGE_PLAIN, _("Nothing waits to be rolled back any more."));
	console->rollback_seconds = seconds;
	console->said_ms = 0;
}

static void answered(struct console *console, const struct result *result)
{
	if (result->status)
		console_say(console, MESSAGE_BAD, "%s", result->sentence ? result->sentence :
			    _("The answer did not get through."));
	else if (!strcmp(result->verb, "keep"))
		console_say(console, MESSAGE_GOOD, _("The change stays as it is."));
	else
		console_say(console, MESSAGE_GOOD, _("The change was rolled back; the journal tells how that went."));
	console->rollback_seconds = 0;
}

static const struct { const char *verb, *equivalent, *text; } answers[] = {
	{ "keep", "kmodtui keep", N_("keep it as it is now") },
	{ "rollback", "kmodtui rollback", N_("roll it back now") },
};

static void answer_chosen(struct console *console, size_t choice)
{
	struct job_request request = { .module = _("the roll-back"), .done = answered };

	if (choice >= ARRAY_SIZE(answers))
		return;
	request.equivalent = answers[choice].equivalent;
	strv_push(&request.command, answers[choice].verb);
	job_start(console, &request);
}

void act_care_answer(struct console *console)
{
	bool dead;
	size_t i;

	if (!first_deadline(console, &dead)) {
		if (dead)
			console_say(console, MESSAGE_BAD,
				    _("The process that was to roll the change back is gone: the change stays; undo takes it back."));
		else
			console_say(console, MESSAGE_PLAIN, _("Nothing waits to be rolled back."));
		return;
	}
	ask_menu(console, _("The change that waits"), answer_chosen);
	for (i = 0; i < ARRAY_SIZE(answers); i++)
		strv_push(&console->ui.popup.lines, _(answers[i].text));
}
