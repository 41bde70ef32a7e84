/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/foresee.h"

#include <stdlib.h>

#include "app/console.h"
#include "app/privilege.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "kernel/holders.h"
#include "kernel/kmod_info.h"
#include "kernel/modprobed.h"
#include "model/holding.h"
#include "model/plan.h"
#include "model/tainting.h"

/* The fields of a module, or false. */
static bool read_info(struct console *console, const char *name, struct info *info)
{
	struct info *infos = NULL;
	size_t i, n = 0;

	*info = (struct info)INFO_INIT;
	if (!console->lib || kmod_info_read(console->lib, name, &infos, &n) || !n)
		return false;
	*info = infos[0];
	for (i = 1; i < n; i++)
		info_release(&infos[i]);
	free(infos);
	return true;
}

static void push(struct console *console, char *sentence)
{
	console_wrap(&console->ui.popup.lines, sentence);
	free(sentence);
}

/* The marks of one module, read from @what, that the kernel has not yet are said; true: it sets none at all. */
static bool tell_taint(struct console *console, const char *name, const char *what, bool *first)
{
	const struct policy *policy = &console->shown.policy;
	unsigned long long bits, new;
	struct info info;
	int bit;

	if (!read_info(console, what, &info))
		return false;
	bits = tainting_of(&info, policy->sig_enforce != POLICY_UNKNOWN);
	new = bits & ~(policy->taint < 0 ? 0 : (unsigned long long)policy->taint);
	for (bit = 0; bit < 63; bit++) {
		if (!(new >> bit & 1))
			continue;
		if (*first)
			strv_push(&console->ui.popup.lines, "");
		*first = false;
		push(console, tainting_sentence(bit, name));
	}
	info_release(&info);
	return !bits;
}

/* @file: where the module @name comes from, not from the module directory; NULL: none does so. */
static bool load_marks(struct console *console, const struct plan *plan, const char *name, const char *file)
{
	bool harmless = true, first = true;
	size_t i, loads = 0;

	for (i = 0; i < plan->n; i++) {
		const struct plan_step *step = &plan->v[i];

		if (step->verb == PLAN_KEEP)
			continue;
		if (step->verb != PLAN_LOAD || modprobed_find(&console->conf, MODPROBED_BLACKLIST, step->name)) {
			harmless = false;
			continue;
		}
		loads++;
		harmless = tell_taint(console, step->name, file && util_name_equal(step->name, name) ? file : step->name,
				      &first) && harmless;
	}
	return harmless && loads == 1;
}

bool foresee_load(struct console *console, const struct plan *plan)
{
	return load_marks(console, plan, NULL, NULL);
}

/* The file is parsed in a child with limits unless nobody but root could have written it. */
void foresee_load_file(struct console *console, const struct plan *plan, const char *name, const char *file)
{
	load_marks(console, plan, name, file);
	/* Another file may stand there when it is asked for again. */
	if (console->lib)
		kmod_info_forget(console->lib);
}

/* Only holders that the module counts keep it loaded; care_open.c warns of those that it does not count. */
static void tell_holders(struct console *console, const struct module *module, bool *first)
{
	struct holding holding = HOLDING_INIT;
	struct strv types = STRV_INIT;
	struct buf line = BUF_INIT;
	struct info info;
	char *words;

	if (read_info(console, module->name, &info))
		info_types(&info, &types);
	info_release(&info);
	privilege_look(true);
	holders_read(&console->root, module, &types, &holding);
	privilege_look(false);
	words = holding_words(&holding);
	if (words)
		buf_printf(&line, _("%s is in use by %s: the kernel refuses to unload it until that ends."),
			   module->name, words);
	else
		buf_printf(&line, _("%s is in use by something that cannot be seen from here: the kernel will refuse to unload it."),
			   module->name);
	if (*first)
		strv_push(&console->ui.popup.lines, "");
	*first = false;
	push(console, buf_detach(&line));
	free(words);
	strv_release(&types);
	holding_release(&holding);
}

void foresee_unload(struct console *console, const struct modlist *live, const struct plan *plan)
{
	bool first = true;
	size_t i, k;

	for (i = 0; i < plan->n; i++)
		for (k = 0; plan->v[i].verb == PLAN_UNLOAD && k < live->n; k++)
			if (util_name_equal(live->v[k].name, plan->v[i].name) &&
			    live->v[k].refs > (int)live->v[k].users.n)
				tell_holders(console, &live->v[k], &first);
}

void foresee_unneeded(struct console *console, const struct modlist *live, const struct plan *plan,
		      struct strv *names)
{
	struct buf line = BUF_INIT;
	char *all;

	plan_unneeded(plan, live, names);
	if (!names->n)
		return;
	all = strv_join(names, ", ");
	buf_printf(&line, _("Nobody needs %s then; a unloads that as well, as modprobe -r does."), all);
	strv_push(&console->ui.popup.lines, "");
	push(console, buf_detach(&line));
	free(all);
	console->ui.popup.third = 'a';
	console->ui.popup.third_label = _("All");
}
