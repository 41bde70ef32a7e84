/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "model/module.h"

/* An upper-case letter as text: "\W" is none. */
static bool has_upper(const char *s)
{
	for (; *s; s++) {
		if (*s == '\\' && s[1])
			s++;
		else if (*s >= 'A' && *s <= 'Z')
			return true;
	}
	return false;
}

/*
 * The end of the bracket expression that begins at @s: a ']' that is not the first in it
 * and not inside [: :], [. .] or [= =].  Without one, the end of the text.
 */
static const char *bracket_end(const char *s)
{
	const char *p = s + 1;

	if (*p == '^')
		p++;
	if (*p == ']')
		p++;
	for (; *p && *p != ']'; p++) {
		if (p[0] == '[' && p[1] && strchr(":.=", p[1])) {
			char close[] = { p[1], ']', '\0' };
			const char *end = strstr(p + 2, close);

			if (end)
				p = end + 1;
		}
	}
	return *p ? p + 1 : p;
}

/* The pattern with every '-' and '_' outside brackets standing for both. */
static char *widen(const char *s)
{
	struct buf out = BUF_INIT;

	while (*s) {
		size_t n = 1;

		if (*s == '[')
			n = (size_t)(bracket_end(s) - s);
		else if (*s == '\\' && s[1])
			n = 2;
		if (n == 1 && (*s == '-' || *s == '_'))
			buf_addstr(&out, "[-_]");
		else
			buf_add(&out, s, n);
		s += n;
	}
	return buf_detach(&out);
}

void match_set(struct match *match, const char *text)
{
	char *pattern;

	match_release(match);
	if (!text || !*text)
		return;
	match->text = xstrdup(text);
	match->fold = !has_upper(text);
	pattern = widen(text);
	match->is_regex = regcomp(&match->regex, pattern, REG_EXTENDED | REG_NOSUB |
				  (match->fold ? REG_ICASE : 0)) == 0;
	free(pattern);
}

void match_release(struct match *match)
{
	if (match->is_regex)
		regfree(&match->regex);
	free(match->text);
	memset(match, 0, sizeof(*match));
}

static char plain(char c, bool fold)
{
	if (c == '-')
		return '_';
	return fold && c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool starts_with(const char *s, const char *text, bool fold)
{
	for (; *text; s++, text++)
		if (plain(*s, fold) != plain(*text, fold))
			return false;
	return true;
}

bool match_text(const struct match *match, const char *s)
{
	if (!match->text)
		return true;
	if (match->is_regex)
		return regexec(&match->regex, s, 0, NULL, 0) == 0;
	for (; *s; s++)
		if (starts_with(s, match->text, match->fold))
			return true;
	return false;
}

bool match_module(const struct match *match, const struct module *module)
{
	if (match_text(match, module->name))
		return true;
	if (module->description && match_text(match, module->description))
		return true;
	for (size_t i = 0; i < module->users.n; i++)
		if (match_text(match, module->users.v[i]))
			return true;
	return false;
}
