/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/batch.h"

#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "app/job.h"
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
	struct buf line = BUF_INIT;
	size_t i;

	buf_printf(&line, "%s: %s", result->failed, sentence);
	if (!batch.first)
		batch.first = xstrdup(buf_str(&line));
	if (batch.failures.n)
		strv_push(&batch.failures, "");
	strv_push(&batch.failures, buf_str(&line));
	for (i = 0; i < result->log->n; i++)
		strv_push(&batch.failures, result->log->v[i]);
	buf_release(&line);
}

static void tell_end(struct console *console)
{
	size_t n = batch_count();
	struct buf text = BUF_INIT;

	if (!batch.first) {
		console_say(console, MESSAGE_GOOD, _("%zu of %zu done in %u ms."), batch.done, n,
			    (unsigned)(util_now_ms() - batch.started_ms));
	} else {
		console_say(console, MESSAGE_BAD, _("%zu of %zu done; %s"), batch.done, n, batch.first);
		buf_printf(&text, _("%zu of %zu done.  What failed:"), batch.done, n);
		console_explain(console, _("Tagged modules"), buf_str(&text), &batch.failures);
	}
	buf_release(&text);
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
