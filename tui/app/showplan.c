/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/showplan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "app/job.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "model/learn.h"
#include "model/plan.h"
#include "model/secret.h"

static void push_step(struct strv *lines, const struct plan_step *step)
{
	static const char *const words[] = {
		[PLAN_LOAD] = N_("load     %s %s"), [PLAN_UNLOAD] = N_("unload   %s %s"),
		[PLAN_KEEP] = N_("keep     %s %s(is there already)"),
		[PLAN_INSTALL_COMMAND] = N_("run      %s: %s"),
		[PLAN_MISSING] = N_("missing  %s %s(there is no such module)"),
	};
	char *detail = secret_mask(step->detail ? step->detail : "");
	bool skipped = step->verb == PLAN_INSTALL_COMMAND && step->soft;
	struct buf line = BUF_INIT;

	/* What is only recommended is not worth a shell. */
	buf_printf(&line, skipped ? _("skip     %s: not loaded, but \"%s\" run instead") : _(words[step->verb]),
		   step->name, detail);
	strv_push(lines, buf_str(&line));
	buf_release(&line);
	free(detail);
}

void showplan_steps(struct console *console, const struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->n; i++)
		push_step(&console->ui.popup.lines, &plan->v[i]);
}

void showplan_failed(struct console *console, const char *module, int err)
{
	if (err == -ENOENT)
		console_say(console, MESSAGE_BAD, _("modprobe finds no module %s: depmod's index of this kernel has none."),
			    module);
	else if (err == -EPERM)
		console_say(console, MESSAGE_BAD, _("%s is an alias here, and every module it stands for is blacklisted."),
			    module);
	else
		console_say(console, MESSAGE_BAD, _("There is no plan for %s: %s."), module, strerror(-err));
}

void showplan_learn(struct console *console, const struct strv *lines)
{
	struct strv *all = &console->ui.popup.lines, words = STRV_INIT;
	size_t i;

	for (i = 0; console->learn && i < lines->n; i++)
		learn_explain(lines->v[i], &words);
	if (words.n)
		strv_push(all, "");
	for (i = 0; i < words.n; i++)
		strv_push(all, words.v[i]);
	strv_release(&words);
}

void showplan_equivalent(struct console *console, const char *equivalent)
{
	const char *pos = equivalent, *end = pos + strlen(pos), *start;
	struct strv commands = STRV_INIT, *lines = &console->ui.popup.lines;
	struct buf line = BUF_INIT;
	char *typed;
	size_t len;

	strv_push(lines, "");
	while (parse_line(&pos, end, &start, &len)) {
		buf_reset(&line);
		strv_pushn(&commands, start, len);
		typed = job_equivalent(console, commands.v[commands.n - 1]);
		buf_printf(&line, "$ %s", typed);
		free(typed);
		strv_push(lines, buf_str(&line));
	}
	showplan_learn(console, &commands);
	strv_release(&commands);
	buf_release(&line);
}
