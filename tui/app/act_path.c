/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loading a module by its file.  The file is somebody's, and may be anything: the plan comes from the command
 * load, in a child, and this process does not look into it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "app/foresee.h"
#include "app/inputs.h"
#include "app/job.h"
#include "app/outcome.h"
#include "app/showplan.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/words.h"
#include "base/xalloc.h"
#include "kernel/pathlist.h"
#include "model/complete.h"
#include "model/param.h"
#include "model/plan.h"

/* What the open question is about. */
static struct {
	char *name;			/* of the module, as its file is called */
	struct strv words;		/* the file, then "name=value" */
	char *equivalent;
} asked;

/* "/tmp/kmt-timer.ko.xz" is kmt_timer; the caller frees. */
static char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/'), *last = slash ? slash + 1 : path;
	char *name = xstrndup(last, strcspn(last, "."));

	util_name_normalize(name);
	return name;
}

static int start(struct console *console, bool planned,
		 void (*done)(struct console *console, const struct result *result))
{
	struct job_request request = { .module = asked.name, .done = done };
	size_t i;

	request.equivalent = asked.equivalent;
	strv_push(&request.command, "load");
	if (planned)
		strv_push(&request.command, "--dry-run");
	for (i = 0; i < asked.words.n; i++)
		strv_push(&request.command, asked.words.v[i]);
	return job_start(console, &request);
}

static void load_ended(struct console *console, const struct result *result)
{
	char good[128];

	snprintf(good, sizeof(good), _("%s was loaded"), result->module);
	outcome_tell(console, result, good, &asked.words);
}

static void confirmed(struct console *console, size_t yes)
{
	char *line;

	/* A message is one line. */
	for (line = asked.equivalent; (line = strchr(line, '\n')); line++)
		*line = ';';
	if (yes)
		start(console, false, load_ended);
	else
		console_say(console, MESSAGE_PLAIN, _("Cancelled: %s was not loaded."), asked.name);
}

/* modprobe for what it needs, insmod for itself. */
static char *equivalent(const struct plan *plan)
{
	struct buf out = BUF_INIT;
	size_t i;

	for (i = 0; i < plan->n; i++)
		if (plan->v[i].verb == PLAN_LOAD && !util_name_equal(plan->v[i].name, asked.name))
			buf_printf(&out, "modprobe %s\n", plan->v[i].name);
	buf_addstr(&out, "insmod");
	for (i = 0; i < asked.words.n; i++) {
		buf_addch(&out, ' ');
		words_quote(&out, asked.words.v[i]);
	}
	return buf_detach(&out);
}

static void planned(struct console *console, const struct result *result)
{
	char title[160], *line;

	if (result->status) {
		outcome_tell(console, result, "", &asked.words);
		return;
	}
	if (!result->plan->n) {
		line = outcome_about(result->module, result->sentence ? result->sentence : _("There is nothing to load."));
		console_say(console, MESSAGE_PLAIN, "%s", line);
		free(line);
		return;
	}
	free(asked.equivalent);
	asked.equivalent = equivalent(result->plan);
	snprintf(title, sizeof(title), _("Load the file of %s?"), asked.name);
	ask_confirm(console, title, confirmed);
	strv_push(&console->ui.popup.lines, asked.words.v[0]);
	showplan_steps(console, result->plan);
	foresee_load_file(console, result->plan, asked.name, asked.words.v[0]);
	showplan_equivalent(console, asked.equivalent);
	console_say(console, MESSAGE_PLAIN, _("This is the plan; nothing was loaded yet."));
}

/* A name without a slash is one in the current directory. */
static void take_words(const struct strv *words)
{
	struct buf path = BUF_INIT;
	size_t i;

	strv_release(&asked.words);
	free(asked.name);
	free(asked.equivalent);
	buf_printf(&path, "%s%s", strchr(words->v[0], '/') ? "" : "./", words->v[0]);
	asked.name = name_of(words->v[0]);
	strv_push(&asked.words, buf_str(&path));
	for (i = 1; i < words->n; i++)
		strv_push(&asked.words, words->v[i]);
	asked.equivalent = xstrdup("kmodtui load --dry-run");
	buf_release(&path);
}

static void typed(struct console *console, const char *text)
{
	struct strv words = STRV_INIT;

	if (words_split(text, &words)) {
		console_say(console, MESSAGE_BAD, _("A quote is not closed; nothing was loaded."));
	} else if (!words.n) {
		console_say(console, MESSAGE_PLAIN, _("Nothing was loaded."));
	} else {
		take_words(&words);
		start(console, true, planned);
	}
	strv_release(&words);
}

/* The first word is the path.  Parameters are known if the module directory has one of that name. */
static void complete(struct console *console, const char *text, size_t at, struct strv *words)
{
	size_t start = complete_start(text, at), begin = strspn(text, " \t");
	char *word = xstrndup(text + start, at - start), *path, *name;
	struct paramlist params = PARAMLIST_INIT;

	if (start <= begin) {
		pathlist_read(word, words);
	} else {
		path = xstrndup(text + begin, strcspn(text + begin, " \t"));
		name = name_of(path);
		details_declare(console, name, &params);
		complete_params(&params, word, strlen(word), words);
		paramlist_release(&params);
		free(name);
		free(path);
	}
	free(word);
}

void act_path_load(struct console *console)
{
	if (act_tags_busy(console))
		return;
	ask_text(console, _("Load the file (PATH name=value)"), "", typed);
	console->prompt_complete = complete;
	inputs_offer(console, "file");
}
