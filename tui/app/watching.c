/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watching a module's file: the console sees that there is a new one, and the command `watch --once'
 * loads it (law L4).
 */
#include "app/watching.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "app/job.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/words.h"
#include "base/xalloc.h"
#include "kernel/filewatch.h"

struct watching {
	struct filewatch file;
	struct strv words;		/* as typed: the file, then "name=value" */
	bool due;			/* there is a new one to load */
};

int watching_fd(const struct watching *watching)
{
	return watching ? watching->file.fd : -1;
}

int watching_wait(const struct watching *watching)
{
	if (!watching)
		return -1;
	/* Another action is under way: again in a moment. */
	return watching->due ? 200 : filewatch_wait(&watching->file);
}

void watching_stop(struct console *console)
{
	struct watching *watching = console->watching;

	if (!watching)
		return;
	filewatch_close(&watching->file);
	strv_release(&watching->words);
	free(watching);
	console->watching = NULL;
}

/* The log shows what the module said since. */
static void show_log_of(struct console *console, const char *module)
{
	struct logfilter *filter = &console->shown.log_filter;

	free(filter->module);
	filter->module = xstrdup(module);
	filter->since = console->has_kmsg ? console->kmsg.next_seq : 0;
	console->dirty = true;
}

static void ended(struct console *console, const struct result *result)
{
	const char *sentence = result->sentence ? result->sentence : _("The action failed.");

	if (result->status)
		console_say(console, MESSAGE_BAD, "%s: %s", result->module, sentence);
	else if (console->watching)
		console_say(console, MESSAGE_GOOD, _("%s: %s; V ends the watch."), result->module, sentence);
	else
		console_say(console, MESSAGE_GOOD, "%s: %s", result->module, sentence);
}

static void load(struct console *console)
{
	struct watching *watching = console->watching;
	struct job_request request = { .done = ended };
	const char *file = watching->words.v[0], *slash = strrchr(file, '/');
	struct buf same = BUF_INIT;
	char *name;
	size_t i;

	slash = slash ? slash + 1 : file;
	name = xstrndup(slash, strcspn(slash, "."));
	buf_addstr(&same, "kmodtui watch --once");
	strv_push(&request.command, "watch");
	strv_push(&request.command, "--once");
	for (i = 0; i < watching->words.n; i++) {
		strv_push(&request.command, watching->words.v[i]);
		buf_addch(&same, ' ');
		words_quote(&same, watching->words.v[i]);
	}
	request.module = name;
	request.equivalent = buf_str(&same);
	show_log_of(console, name);
	watching->due = false;
	job_start(console, &request);
	buf_release(&same);
	free(name);
}

void watching_read(struct console *console)
{
	struct watching *watching = console->watching;

	if (!watching)
		return;
	switch (filewatch_read(&watching->file)) {
	case FILEWATCH_NEW:
		watching->due = true;
		break;
	case FILEWATCH_BROKEN:
		console_say(console, MESSAGE_BAD, _("%s is not a whole module; what is loaded stays until there is one."),
			    watching->words.v[0]);
		break;
	case FILEWATCH_NONE:
		break;
	}
	if (watching->due && !console->job)
		load(console);
}

void watching_start(struct console *console, const char *text)
{
	struct watching *watching = xcalloc(1, sizeof(*watching));
	int err = words_split(text, &watching->words);
	bool split = !err;

	if (!err && !watching->words.n)
		err = -ENOENT;
	if (!err)
		err = filewatch_open(&watching->file, watching->words.v[0]);
	if (err) {
		console_say(console, MESSAGE_BAD, _("Nothing is watched: %s."), split && err == -EINVAL ?
			    _("this is a device or a pipe, and not a file") : strerror(-err));
		strv_release(&watching->words);
		free(watching);
		return;
	}
	console->watching = watching;
	/* As the command does, it begins with the file as it is now. */
	watching->due = true;
	console_say(console, MESSAGE_PLAIN, _("%s is watched; V ends that."), watching->words.v[0]);
	watching_read(console);
}

const char *watching_file(const struct watching *watching)
{
	return watching ? watching->words.v[0] : NULL;
}
