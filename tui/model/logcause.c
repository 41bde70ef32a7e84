/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/logcause.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/logring.h"

#define LEVEL_WARN 4

/* kernel/module/ and kernel/params.c, 5.4 to 7.0, and kernel/panic.c behind them. */
bool logcause_is_taint(const struct logrec *rec)
{
	static const char *const words[] = {
		"tainting kernel", "taints kernel", "kernel tainted", "due to kernel taint", "inheriting taint",
		"from the staging directory, the quality is unknown",
	};
	size_t i;

	if (!rec->text || rec->facility || rec->level < LEVEL_WARN)
		return false;
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (strstr(rec->text, words[i]))
			return true;
	return false;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* @name as a word of its own: "led" is neither in "failed" nor in "gpio_led". */
static bool names(const char *text, const char *name)
{
	size_t len = strlen(name);
	const char *at;

	for (at = strstr(text, name); at; at = strstr(at + 1, name))
		if ((at == text || !is_word(at[-1])) && !is_word(at[len]))
			return true;
	return false;
}

/* The lower the better it tells; 0: not at all. */
static unsigned rank_of(const struct logrec *rec, const char *name)
{
	bool own = logrec_is_of(rec, name, NULL);

	if (!rec->text || rec->facility || logcause_is_taint(rec) || (logrec_splat(rec) && rec->line))
		return 0;
	if (rec->level <= LEVEL_WARN)
		return 1 + rec->level * 2 + (own ? 0 : 1) + (own || !rec->module ? 0 : 100);
	return own ? 200 : !rec->module && names(rec->text, name) ? 201 : 0;
}

/* What a parameter's own function said stands in front of what the kernel makes of its answer. */
static const char *reason_before(const struct logrec *v, size_t at, const char *name)
{
	static const char mark[] = "for parameter `";
	const char *param = strstr(v[at].text, mark);
	const struct logrec *before = at ? &v[at - 1] : NULL;
	size_t len;

	if (!param || !before || !before->text || before->facility || before->level > LEVEL_WARN ||
	    logcause_is_taint(before) || strstr(before->text, mark))
		return NULL;
	param += strlen(mark);
	len = strcspn(param, "'");
	if (!before->module || logrec_is_of(before, name, NULL) ||
	    (!strncmp(before->text, param, len) && before->text[len] == ':'))
		return before->text;
	return NULL;
}

char *logcause_find(const struct logrec *v, size_t n, const char *name)
{
	unsigned rank, best_rank = 0;
	size_t i, best = 0;
	const char *reason;
	struct buf out = BUF_INIT;

	for (i = 0; i < n; i++) {
		rank = rank_of(&v[i], name);
		if (!rank || (best_rank && rank > best_rank))
			continue;
		best = i;
		best_rank = rank;
	}
	if (!best_rank)
		return NULL;
	reason = reason_before(v, best, name);
	buf_printf(&out, "%s%s%s", reason ? reason : "", reason ? "; " : "", v[best].text);
	return buf_detach(&out);
}
