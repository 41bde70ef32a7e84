/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/blame.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/xalloc.h"
#include "cli/act.h"
#include "cli/step.h"
#include "model/logring.h"

/* The parameter that "`X' invalid for parameter `NAME'" blames; NULL: none.  The caller frees. */
static char *blamed(const struct logrec *rec)
{
	static const char mark[] = "for parameter `";
	const char *start = rec->text ? strstr(rec->text, mark) : NULL;
	size_t len;

	if (!start)
		return NULL;
	start += strlen(mark);
	len = strcspn(start, "'");
	return start[len] ? xstrndup(start, len) : NULL;
}

/* "a=1 b=2" without b. */
static char *without_param(const char *options, const char *param)
{
	struct buf out = BUF_INIT;
	const char *s = options;
	size_t len, name;

	while (*s) {
		len = step_word(s);
		name = strcspn(s, "=");
		if (name != strlen(param) || strncmp(s, param, name)) {
			buf_addstr(&out, out.len ? " " : "");
			buf_add(&out, s, len);
		}
		s += len + (s[len] == ' ');
	}
	return buf_detach(&out);
}

static bool was_given(const struct strv *given, const char *param)
{
	size_t i;

	for (i = 0; given && i < given->n; i++)
		if (!strncmp(given->v[i], param, strlen(param)) && given->v[i][strlen(param)] == '=')
			return true;
	return false;
}

/* True when @param was in it. */
static bool leave_out(char **options, const char *param)
{
	char *less = without_param(*options, param);
	bool was = strcmp(less, *options) != 0;

	free(*options);
	*options = less;
	return was;
}

bool blame_leave(const struct act *act, const struct strv *given, char **options,
		 struct strv *left)
{
	bool again = false;
	char *param;
	size_t i;

	for (i = act->heard.since; i < act->heard.n; i++) {
		param = blamed(&act->heard.v[i]);
		if (param && !was_given(given, param) && leave_out(options, param)) {
			strv_push(left, param);
			again = true;
		}
		free(param);
	}
	return again;
}
