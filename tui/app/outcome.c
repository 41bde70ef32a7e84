/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/outcome.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "app/job.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/param.h"
#include "model/secret.h"

/* Sentences about a module begin so in English; a translated one keeps the name and a colon in front. */
static const char it[] = "It ";

static bool begins_with_it(const char *sentence)
{
	return !strncmp(sentence, it, sizeof(it) - 1);
}

char *outcome_about(const char *name, const char *sentence)
{
	struct buf out = BUF_INIT;

	if (begins_with_it(sentence))
		buf_printf(&out, "%s %s", name, sentence + sizeof(it) - 1);
	else
		buf_printf(&out, "%s: %s", name, sentence);
	return buf_detach(&out);
}

void outcome_remarks(const char *name, const struct strv *remarks, struct strv *out)
{
	char *line;
	size_t i;

	*out = (struct strv)STRV_INIT;
	for (i = 0; i < remarks->n; i++) {
		line = name && begins_with_it(remarks->v[i]) ? outcome_about(name, remarks->v[i]) :
		       xstrdup(remarks->v[i]);
		strv_push(out, line);
		free(line);
	}
}

/* Names beyond these are only counted. */
#define NAMES_MAX 3

char *outcome_names(const struct strv *names)
{
	size_t i, shown = names->n > NAMES_MAX + 1 ? NAMES_MAX : names->n;
	struct buf out = BUF_INIT;

	for (i = 0; i < shown; i++)
		buf_printf(&out, !i ? "%s" : i + 1 < names->n ? _(", %s") : _(" and %s"), names->v[i]);
	if (shown < names->n)
		buf_printf(&out, _(" and %zu more"), names->n - shown);
	return buf_detach(&out);
}

/* The kernel: "kmt_hello: `99' invalid for parameter `times'"; a '-' of a name may be a '_' there. */
static bool complains(const char *line, const char *name, size_t len)
{
	static const char before[] = "parameter `";
	const char *at = strstr(line, before), *end;
	char *there, *given = xstrndup(name, len);
	bool same = false;

	if (at) {
		at += sizeof(before) - 1;
		end = strchr(at, '\'');
		there = xstrndup(at, end ? (size_t)(end - at) : strlen(at));
		same = util_name_equal(there, given);
		free(there);
	}
	free(given);
	return same;
}

const char *outcome_refused(const struct strv *options, const struct strv *log)
{
	size_t i, k;

	for (i = 0; options && i < options->n; i++)
		for (k = 0; k < log->n && strchr(options->v[i], '='); k++)
			if (complains(log->v[k], options->v[i], strcspn(options->v[i], "=")))
				return options->v[i];
	return NULL;
}

/* "warn   kmt_hello: text" */
static const char *text_of(const char *line)
{
	line += strcspn(line, " ");
	return line + strspn(line, " ");
}

void outcome_unquoted(const char *sentence, const struct strv *log, struct strv *out)
{
	size_t i;

	*out = (struct strv)STRV_INIT;
	for (i = 0; log && i < log->n; i++)
		if (!*text_of(log->v[i]) || !strstr(sentence, text_of(log->v[i])))
			strv_push(out, log->v[i]);
}

/* "times: how many times to greet, 1-10", in a new string; NULL: that is not known. */
static char *meaning_of(struct console *console, const char *module, const char *option)
{
	struct paramlist params = PARAMLIST_INIT;
	char *name = xstrndup(option, strcspn(option, "="));
	struct buf out = BUF_INIT;
	struct param *param;

	details_declare(console, module, &params);
	param = paramlist_find(&params, name);
	if (param && param->description)
		buf_printf(&out, "%s: %s", name, param->description);
	if (out.len && buf_str(&out)[out.len - 1] != '.')
		buf_addch(&out, '.');
	paramlist_release(&params);
	free(name);
	return out.len ? buf_detach(&out) : NULL;
}

/* Which value the module does not take, what the parameter is for, and what the kernel said: each of it once. */
static void tell_refused(struct console *console, const struct result *result, const char *option)
{
	char *word = secret_mask_word(option), *meaning = meaning_of(console, result->failed, option);
	struct strv more = STRV_INIT;
	struct buf line = BUF_INIT;
	char title[128];
	size_t i;

	buf_printf(&line, _("%s does not take %s."), result->failed, word);
	if (meaning)
		strv_push(&more, meaning);
	for (i = 0; i < result->log->n; i++)
		strv_push(&more, result->log->v[i]);
	snprintf(title, sizeof(title), "%s %s", result->verb, result->failed);
	console_explain(console, title, buf_str(&line), &more);
	console_say(console, MESSAGE_BAD, "%s%s%s", buf_str(&line), meaning ? " " : "", meaning ? meaning : "");
	free(word);
	free(meaning);
	strv_release(&more);
	buf_release(&line);
}

static void tell_failure(struct console *console, const struct result *result)
{
	const char *sentence = result->sentence ? result->sentence : _("The action failed.");
	char *line = outcome_about(result->failed, sentence), title[128];
	struct strv more;

	outcome_unquoted(sentence, result->log, &more);
	console_say(console, MESSAGE_BAD, "%s", line);
	snprintf(title, sizeof(title), "%s %s", result->verb, result->failed);
	console_explain(console, title, line, &more);
	strv_release(&more);
	free(line);
}

void outcome_tell(struct console *console, const struct result *result, const char *good,
		  const struct strv *options)
{
	const char *option = result->status ? outcome_refused(options, result->log) : NULL;

	if (option)
		tell_refused(console, result, option);
	else if (result->status)
		tell_failure(console, result);
	else if (result->log->n)
		console_say(console, MESSAGE_GOOD,
			    ngettext("%s in %u ms (%s); %zu new log record.",
				     "%s in %u ms (%s); %zu new log records.", result->log->n),
			    good, (unsigned)result->ms, result->equivalent, result->log->n);
	else
		console_say(console, MESSAGE_GOOD, _("%s in %u ms (%s)."), good, (unsigned)result->ms,
			    result->equivalent);
}
