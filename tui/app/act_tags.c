/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tags, and actions on all tagged modules: one plan, one question, the commands in order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/batch.h"
#include "app/console.h"
#include "app/foresee.h"
#include "app/showplan.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "kernel/kmod_deps.h"
#include "kernel/procmods.h"
#include "model/plan.h"
#include "model/tags.h"

/* What a question about the tagged modules is made from. */
struct gathering {
	struct console *console;
	struct modlist live;
	struct plan plan;
	struct strv notes;		/* tagged modules that are left as they are, and why */
	struct buf equivalent;
};

/* Tagged modules that are already as they are to be: a yes takes their tags away with the others. */
static struct strv settled;

static void begin(struct gathering *all, struct console *console)
{
	*all = (struct gathering){ .console = console };
	procmods_read(&console->root, &all->live);
	strv_release(&settled);
	settled = (struct strv)STRV_INIT;
	batch_reset();
}

static void end(struct gathering *all)
{
	modlist_release(&all->live);
	plan_release(&all->plan);
	strv_release(&all->notes);
	buf_release(&all->equivalent);
}

void act_tags_toggle(struct console *console)
{
	struct tags *tags = &console->shown.tags;
	const char *name = console->shown.selected->name;

	if (tags_has(tags, name))
		tags_remove(tags, name);
	else
		tags_add(tags, name);
	act_list_down(console);
}

void act_tags_clear(struct console *console)
{
	size_t n = console->shown.tags.names.n;

	tags_release(&console->shown.tags);
	if (n)
		console_say(console, MESSAGE_PLAIN,
			    ngettext("%zu tag was taken away.", "%zu tags were taken away.", n), n);
	else
		console_say(console, MESSAGE_PLAIN, _("No module is tagged; Space tags the one under the cursor."));
}

/* Tagged modules without a row in the list as it is now. */
static size_t count_hidden(const struct shown *shown)
{
	size_t i, seen = 0;

	for (i = 0; i < shown->rows.n; i++)
		seen += tags_has(&shown->tags, shown->rows.v[i]->name);
	return shown->tags.names.n - seen;
}

bool act_tags_busy(struct console *console)
{
	if (!console->job)
		return false;
	console_say(console, MESSAGE_BAD, _("Another action is still under way; wait for it."));
	return true;
}

void act_tags_remark(struct console *console)
{
	size_t n = count_hidden(&console->shown);
	struct buf line = BUF_INIT;

	if (!n)
		return;
	buf_printf(&line, ngettext("%zu tagged module is not in the list as it is shown now.",
				   "%zu tagged modules are not in the list as it is shown now.", n), n);
	strv_push(&console->ui.popup.lines, "");
	strv_push(&console->ui.popup.lines, buf_str(&line));
	buf_release(&line);
}

static void note(struct gathering *all, const char *name, const char *why)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, _("leave    %s: %s"), name, why);
	strv_push(&all->notes, buf_str(&line));
	buf_release(&line);
}

/* One command, which is done with @name when it is done. */
static void add(const char *verb, const char *name, const char *equivalent)
{
	struct strv command = STRV_INIT, names = STRV_INIT;
	struct buf same = BUF_INIT;

	strv_push(&command, verb);
	strv_push(&command, name);
	strv_push(&names, name);
	buf_printf(&same, "%s %s", equivalent, name);
	batch_add(&command, &names, buf_str(&same));
	strv_release(&command);
	strv_release(&names);
	buf_release(&same);
}

static void show_lines(struct console *console, const struct strv *lines)
{
	size_t i;

	for (i = 0; i < lines->n; i++)
		strv_push(&console->ui.popup.lines, lines->v[i]);
}

/* The question, or why there is none. */
static void ask(struct gathering *all, const char *title, const char *nothing,
		void (*done)(struct console *console, size_t yes))
{
	struct console *console = all->console;

	if (!batch_count()) {
		console_say(console, MESSAGE_PLAIN, "%s", nothing);
		if (all->notes.n)
			console_explain(console, _("Tagged modules"), nothing, &all->notes);
		return;
	}
	ask_confirm(console, title, done);
	showplan_steps(console, &all->plan);
	foresee_load(console, &all->plan);
	foresee_unload(console, &all->live, &all->plan);
	act_care_open(console, &all->live, &all->plan);
	show_lines(console, &all->notes);
	act_tags_remark(console);
	showplan_equivalent(console, buf_str(&all->equivalent));
}

static void confirmed(struct console *console, size_t yes)
{
	size_t i;

	for (i = 0; yes && i < settled.n; i++)
		tags_remove(&console->shown.tags, settled.v[i]);
	if (yes)
		batch_run(console);
	else
		console_say(console, MESSAGE_PLAIN, _("Cancelled: nothing was done, and the tags stay."));
}

static void gather_load(struct gathering *all, const char *name)
{
	const struct module *module = modtable_find(&all->console->shown.table, name);
	struct plan one = PLAN_INIT;
	int err = kmod_deps_plan_load(all->console->lib, name, NULL, &all->live, &one);

	if (err)
		note(all, name, strerror(-err));
	else
		plan_merge(&all->plan, &one);
	if (module && module->loaded)
		strv_push(&settled, name);
	plan_release(&one);
}

static void ask_load(struct gathering *all)
{
	const struct tags *tags = &all->console->shown.tags;
	const struct plan_step *step;
	char title[128];
	size_t i;

	for (i = 0; i < tags->names.n; i++)
		gather_load(all, tags->names.v[i]);
	buf_addstr(&all->equivalent, "modprobe -a");
	for (i = 0; i < all->plan.n; i++) {
		step = &all->plan.v[i];
		if (step->verb == PLAN_KEEP || !tags_has(tags, step->name))
			continue;
		add("load", step->name, "modprobe");
		buf_printf(&all->equivalent, " %s", step->name);
	}
	snprintf(title, sizeof(title), ngettext("Load %zu tagged module?", "Load %zu tagged modules?",
						batch_count()), batch_count());
	ask(all, title, _("All tagged modules that can be loaded are there already."), confirmed);
}

/* Why there is nothing to unload: words behind the name; NULL: there is. */
static const char *not_loaded(struct console *console, const char *name)
{
	const struct module *module = modtable_find(&console->shown.table, name);

	if (!module)
		return _("gone");
	if (module->loaded)
		return NULL;
	return module->state == MODULE_BUILTIN ? _("built into this kernel") : _("not loaded");
}

static void gather_unload(struct gathering *all, const char *name)
{
	const struct module *module = modtable_find(&all->console->shown.table, name);
	const char *why = not_loaded(all->console, name);
	struct plan one = PLAN_INIT;
	int err = why ? 0 : kmod_deps_plan_unload(all->console->lib, name, true, &all->live, &one);

	if (why || err)
		note(all, name, why ? why : strerror(-err));
	else
		plan_merge(&all->plan, &one);
	if (!module || module->state == MODULE_DISK)
		strv_push(&settled, name);
	plan_release(&one);
}

static void ask_unload(struct gathering *all)
{
	const struct tags *tags = &all->console->shown.tags;
	const struct plan *plan = &all->plan;
	size_t i, others = 0;
	char title[160];

	for (i = 0; i < tags->names.n; i++)
		gather_unload(all, tags->names.v[i]);
	buf_addstr(&all->equivalent, "rmmod");
	for (i = 0; i < plan->n; i++) {
		add("unload", plan->v[i].name, "rmmod");
		buf_printf(&all->equivalent, " %s", plan->v[i].name);
		others += !tags_has(tags, plan->v[i].name);
	}
	snprintf(title, sizeof(title), others ?
		 ngettext("Unload %zu tagged module and all that use it?",
			  "Unload %zu tagged modules and all that use them?", plan->n - others) :
		 ngettext("Unload %zu tagged module?", "Unload %zu tagged modules?", plan->n - others),
		 plan->n - others);
	ask(all, title, _("None of the tagged modules is loaded."), confirmed);
}

/* Takes the first of @left, and those that share a user with it, or with each other, or use one another. */
static void take_group(struct gathering *all, struct tags *left, struct strv *names, struct plan *plan)
{
	struct plan one = PLAN_INIT;
	size_t i = 0;

	while (i < left->names.n) {
		kmod_deps_plan_unload(all->console->lib, left->names.v[i], true, &all->live, &one);
		if (names->n && !plan_overlaps(plan, &one)) {
			i++;
		} else {
			strv_push(names, left->names.v[i]);
			plan_merge(plan, &one);
			tags_remove(left, names->v[names->n - 1]);
			/* What had nothing to do with the others before may have now. */
			i = 0;
		}
		plan_release(&one);
	}
}

/* One reload: down with all that use them, and up again, each once. */
static void add_reload(struct gathering *all, struct tags *left)
{
	struct strv command = STRV_INIT, names = STRV_INIT;
	struct buf same = BUF_INIT;
	struct plan one = PLAN_INIT;
	size_t i;

	take_group(all, left, &names, &one);
	strv_push(&command, "reload");
	buf_addstr(&same, "kmodtui reload");
	for (i = 0; i < names.n; i++) {
		strv_push(&command, names.v[i]);
		buf_printf(&same, " %s", names.v[i]);
	}
	for (i = 0; i < one.n; i++)
		plan_push(&all->plan, PLAN_UNLOAD, one.v[i].name, NULL);
	for (i = one.n; i-- > 0;)
		plan_push(&all->plan, PLAN_LOAD, one.v[i].name, NULL);
	batch_add(&command, &names, buf_str(&same));
	buf_printf(&all->equivalent, "%s\n", buf_str(&same));
	plan_release(&one);
	strv_release(&command);
	strv_release(&names);
	buf_release(&same);
}

static void ask_reload(struct gathering *all)
{
	const struct tags *tags = &all->console->shown.tags;
	struct tags left = { 0 };
	char title[128];
	size_t i;

	for (i = 0; i < tags->names.n; i++) {
		const char *name = tags->names.v[i], *why = not_loaded(all->console, name);

		if (why)
			note(all, name, why);
		else
			tags_add(&left, name);
	}
	while (left.names.n)
		add_reload(all, &left);
	snprintf(title, sizeof(title), ngettext("Reload %zu tagged module?", "Reload %zu tagged modules?",
						batch_count()), batch_count());
	if (batch_count())
		strv_push(&all->notes, _("Each module gets back the parameters it has now."));
	ask(all, title, _("None of the tagged modules is loaded."), confirmed);
	tags_release(&left);
}

/* True: the action was about the tagged modules, and they were asked about. */
static bool on_tags(struct console *console, void (*ask_all)(struct gathering *all))
{
	struct gathering all;

	if (!console->shown.tags.names.n)
		return false;
	if (act_tags_busy(console))
		return true;
	if (!console->lib) {
		console_say(console, MESSAGE_BAD, _("The modules of this kernel can not be read."));
		return true;
	}
	begin(&all, console);
	ask_all(&all);
	end(&all);
	return true;
}

bool act_tags_load(struct console *console)
{
	return on_tags(console, ask_load);
}

bool act_tags_unload(struct console *console)
{
	return on_tags(console, ask_unload);
}

bool act_tags_reload(struct console *console)
{
	return on_tags(console, ask_reload);
}
