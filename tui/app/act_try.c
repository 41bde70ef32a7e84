/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trying a module in the throwaway machine.  Nothing of this kernel changes. */
#include <stdio.h>
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "app/job.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/words.h"

/* The verdict, then what speaks against it and what appeared. */
static void ended(struct console *console, const struct result *result)
{
	const char *sentence = result->sentence ? result->sentence : _("The trial failed.");
	char title[128];

	console_say(console, result->status ? MESSAGE_BAD : MESSAGE_GOOD, "%s", sentence);
	snprintf(title, sizeof(title), _("Trial of %s (%u s)"), result->module, (unsigned)(result->ms / 1000));
	console_explain(console, title, sentence, result->remarks);
}

static void typed(struct console *console, const char *text)
{
	struct strv words = STRV_INIT;
	struct job_request request = { .done = ended };
	struct buf same = BUF_INIT;
	const char *slash;
	size_t i;

	if (words_split(text, &words)) {
		console_say(console, MESSAGE_BAD, _("A quote is not closed; nothing was tried."));
		return;
	}
	if (!words.n) {
		console_say(console, MESSAGE_PLAIN, _("No file was named; nothing was tried."));
		return;
	}
	buf_addstr(&same, "kmodtui try");
	strv_push(&request.command, "try");
	strv_push(&request.command, "--started");
	for (i = 0; i < words.n; i++) {
		strv_push(&request.command, words.v[i]);
		buf_addch(&same, ' ');
		words_quote(&same, words.v[i]);
	}
	slash = strrchr(words.v[0], '/');
	request.module = slash ? slash + 1 : words.v[0];
	request.equivalent = buf_str(&same);
	job_start(console, &request);
	buf_release(&same);
	strv_release(&words);
}

void act_try(struct console *console)
{
	const struct module *module = console->shown.selected;
	struct buf text = BUF_INIT, file = BUF_INIT;

	if (module && module->path && console->root.module_dir) {
		buf_printf(&file, "%s/%s", console->root.module_dir,
			   module->path + (module->path[0] == '/'));
		words_quote(&text, buf_str(&file));
		buf_addstr(&text, " --cycles 5");
	}
	ask_text(console, _("Try (FILE name=value ...)"), buf_str(&text), typed);
	buf_release(&file);
	buf_release(&text);
}
