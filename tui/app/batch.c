/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/batch.h"

#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "app/job.h"
#include "app/outcome.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/tags.h"

struct item {
	struct strv command, names;
	char *equivalent;
};

/* The one that is gathered or runs. */
static struct {
	struct item *v;
	size_t n, at;
	size_t done;			/* modules */
	uint64_t started_ms;
	struct strv failures;		/* "kmt_x: sentence", the log below it */
	char *first;			/* failure */
} batch;

void batch_reset(void)
{
	size_t i;

	for (i = 0; i < batch.n; i++) {
		strv_release(&batch.v[i].command);
		strv_release(&batch.v[i].names);
		free(batch.v[i].equivalent);
	}
	free(batch.v);
	strv_release(&batch.failures);
	free(batch.first);
	memset(&batch, 0, sizeof(batch));
}

static void copy(struct strv *to, const struct strv *from)
{
	size_t i;

	for (i = 0; i < from->n; i++)
		strv_push(to, from->v[i]);
}

void batch_add(const struct strv *command, const struct strv *names, const char *equivalent)
{
	struct item *item;

	batch.v = xrealloc(batch.v, batch.n + 1, sizeof(*batch.v));
	item = &batch.v[batch.n++];
	memset(item, 0, sizeof(*item));
	copy(&item->command, command);
	copy(&item->names, names);
	item->equivalent = xstrdup(equivalent);
}

size_t batch_count(void)
{
	size_t i, n = 0;

	for (i = 0; i < batch.n; i++)
		n += batch.v[i].names.n;
	return n;
}

static void push_failure(const struct result *result)
{
	const char *sentence = result->sentence ? result->sentence : _("The action failed.");
	char *line = outcome_about(result->failed, sentence);
	struct strv log;
	size_t i;

	if (!batch.first)
		batch.first = xstrdup(line);
	if (batch.failures.n)
		strv_push(&batch.failures, "");
	strv_push(&batch.failures, line);
	outcome_unquoted(sentence, result->log, &log);
	for (i = 0; i < log.n; i++)
		strv_push(&batch.failures, log.v[i]);
	strv_release(&log);
	free(line);
}

/* What one says of each command: of one module, of more, and of some of all. */
static const struct { const char *verb; bool remove; const char *one, *more, *some; } ends[] = {
	{ "load", false, N_("%s was loaded in %u ms."), N_("%s were loaded in %u ms."),
	  N_("%zu of %zu modules were loaded") },
	{ "unload", false, N_("%s was unloaded in %u ms."), N_("%s were unloaded in %u ms."),
	  N_("%zu of %zu modules were unloaded") },
	{ "reload", false, N_("%s was reloaded in %u ms."), N_("%s were reloaded in %u ms."),
	  N_("%zu of %zu modules were reloaded") },
	{ "persist", true, N_("%s is no longer loaded at boot (%u ms)."), N_("%s are no longer loaded at boot (%u ms)."),
	  N_("%zu of %zu modules are no longer loaded at boot") },
	{ "persist", false, N_("%s will be loaded at boot (%u ms)."), N_("%s will be loaded at boot (%u ms)."),
	  N_("%zu of %zu modules will be loaded at boot") },
};

/* Which of them the batch is: its commands are all of a kind. */
static size_t end_of(void)
{
	const struct strv *command = &batch.v[0].command;
	bool remove = !strcmp(command->v[command->n - 1], "--remove");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ends) - 1; i++)
		if (!strcmp(ends[i].verb, command->v[0]) && (!ends[i].remove || remove))
			break;
	return i;
}

static void tell_good(struct console *console)
{
	unsigned ms = (unsigned)(util_now_ms() - batch.started_ms);
	struct strv names = STRV_INIT;
	size_t i;
	char *all;

	for (i = 0; i < batch.n; i++)
		copy(&names, &batch.v[i].names);
	all = outcome_names(&names);
	i = end_of();
	console_say(console, MESSAGE_GOOD, _(names.n == 1 ? ends[i].one : ends[i].more), all, ms);
	free(all);
	strv_release(&names);
}

static void tell_bad(struct console *console)
{
	struct buf some = BUF_INIT, text = BUF_INIT;

	buf_printf(&some, _(ends[end_of()].some), batch.done, batch_count());
	buf_printf(&text, _("%s.  What failed:"), buf_str(&some));
	console_say(console, MESSAGE_BAD, "%s; %s", buf_str(&some), batch.first);
	console_explain(console, _("Tagged modules"), buf_str(&text), &batch.failures);
	buf_release(&some);
	buf_release(&text);
}

static void tell_end(struct console *console)
{
	if (batch.first)
		tell_bad(console);
	else
		tell_good(console);
	batch_reset();
}

static void start_next(struct console *console);

static void item_ended(struct console *console, const struct result *result)
{
	const struct item *item = &batch.v[batch.at++];
	size_t i;

	if (result->status) {
		push_failure(result);
	} else {
		batch.done += item->names.n;
		for (i = 0; i < item->names.n; i++)
			tags_remove(&console->shown.tags, item->names.v[i]);
	}
	start_next(console);
}

static void start_next(struct console *console)
{
	struct job_request request = { .done = item_ended };
	const struct item *item;

	if (batch.at == batch.n) {
		tell_end(console);
		return;
	}
	item = &batch.v[batch.at];
	copy(&request.command, &item->command);
	request.module = item->names.v[0];
	request.equivalent = item->equivalent;
	/* What can not be started says so itself. */
	if (job_start(console, &request))
		batch_reset();
}

void batch_run(struct console *console)
{
	batch.started_ms = util_now_ms();
	start_next(console);
}
