/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/complete.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/param.h"

size_t complete_start(const char *text, size_t at)
{
	size_t i, start = 0;
	char quote = '\0';

	for (i = 0; i < at; i++) {
		if (quote)
			quote = text[i] == quote ? '\0' : quote;
		else if (text[i] == '"' || text[i] == '\'')
			quote = text[i];
		else if (text[i] == ' ' || text[i] == '\t')
			start = i + 1;
	}
	return start;
}

static void push_once(struct strv *out, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < out->n; i++)
		if (strlen(out->v[i]) == len && !strncmp(out->v[i], text, len))
			return;
	strv_pushn(out, text, len);
}

/* The next of "a, b or c": its length, and *rest behind what parts it from the one after it. */
static size_t next_word(const char *at, const char **rest)
{
	static const char *const between[] = { ", or ", ", ", " or ", " | ", "|", "," };
	size_t len, i;

	for (len = 0; at[len] && at[len] != '('; len++)
		for (i = 0; i < ARRAY_SIZE(between); i++)
			if (!strncmp(at + len, between[i], strlen(between[i]))) {
				*rest = at + len + strlen(between[i]);
				return len;
			}
	*rest = NULL;
	while (len && (at[len - 1] == ' ' || at[len - 1] == '.'))
		len--;
	return len;
}

/* "what runs: timer, hrtimer or all (default timer)" lists three; prose lists nothing. */
static void push_listed(const char *description, struct strv *out)
{
	const char *colon = strrchr(description, ':'), *at = colon ? colon + 1 : description;
	struct strv found = STRV_INIT;
	bool words = true;
	size_t i;

	for (at += strspn(at, " "); at && words;) {
		const char *rest;
		size_t len = next_word(at, &rest);

		words = len && len + (at[len] == '.') == strcspn(at, " ,|(");
		strv_pushn(&found, at, len);
		at = rest;
	}
	for (i = 0; words && found.n > 1 && i < found.n; i++)
		push_once(out, found.v[i], strlen(found.v[i]));
	strv_release(&found);
}

static void push_value(struct strv *out, const char *value)
{
	/* What has blanks would need quotes. */
	if (value && *value && !value[strcspn(value, " \t\n\"'")])
		push_once(out, value, strlen(value));
}

void complete_values(const struct param *param, struct strv *out)
{
	bool is_bool = param->type && (!strcmp(param->type, "bool") || !strcmp(param->type, "invbool"));

	if (is_bool) {
		push_once(out, "Y", 1);
		push_once(out, "N", 1);
	}
	push_value(out, param->value);
	push_value(out, param->configured);
	push_value(out, param->cmdline);
	if (param->description && !is_bool)
		push_listed(param->description, out);
}

static void push_names(const struct paramlist *params, const char *word, size_t len, struct strv *out)
{
	struct buf name = BUF_INIT;
	size_t i;

	for (i = 0; i < params->n; i++) {
		if (strncmp(params->v[i].name, word, len))
			continue;
		buf_reset(&name);
		buf_printf(&name, "%s=", params->v[i].name);
		push_once(out, buf_str(&name), name.len);
	}
	buf_release(&name);
}

void complete_params(const struct paramlist *params, const char *word, size_t len, struct strv *out)
{
	const char *equals = memchr(word, '=', len);
	struct strv values = STRV_INIT;
	struct buf full = BUF_INIT;
	const struct param *param;
	char *name;
	size_t i;

	if (!equals) {
		push_names(params, word, len, out);
		strv_sort(out);
		return;
	}
	name = xstrndup(word, (size_t)(equals - word));
	param = paramlist_find(params, name);
	if (param)
		complete_values(param, &values);
	for (i = 0; i < values.n; i++) {
		buf_reset(&full);
		buf_printf(&full, "%s=%s", name, values.v[i]);
		if (!strncmp(buf_str(&full), word, len))
			strv_push(out, buf_str(&full));
	}
	strv_sort(out);
	strv_release(&values);
	buf_release(&full);
	free(name);
}

size_t complete_common(const struct strv *words)
{
	size_t i, len = words->n ? strlen(words->v[0]) : 0;

	for (i = 1; i < words->n; i++)
		while (len && strncmp(words->v[0], words->v[i], len))
			len--;
	return len;
}
