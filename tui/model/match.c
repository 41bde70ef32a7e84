/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/module.h"

/* "x{1,255}{1,255}" would take all memory. */
#define REPETITIONS_MAX 1000ul

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

/* The largest number of times that braces of @pattern ask for something, one inside the other. */
static unsigned long repetitions(const char *pattern)
{
	unsigned long n, most = 1;

	for (; *pattern; pattern++) {
		if (*pattern == '\\' && pattern[1]) {
			pattern++;
		} else if (*pattern == '{') {
			for (n = 1; pattern[1] && pattern[1] != '}'; pattern++)
				if (pattern[1] >= '0' && pattern[1] <= '9')
					n = MAX(n, strtoul(pattern + 1, NULL, 10));
			most = MIN(most, REPETITIONS_MAX + 1) * MIN(n, REPETITIONS_MAX + 1);
		}
	}
	return most;
}

static bool has_reference(const char *pattern)
{
	for (; *pattern; pattern++)
		if (*pattern == '\\' && *++pattern >= '1' && *pattern <= '9')
			return true;
		else if (!*pattern)
			break;
	return false;
}

/* ASCII without any sign of an expression stands for itself, which is found faster. */
static bool is_plain(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text > 126 || strchr("\\^$.[]|()*+?{}", *text))
			return false;
	return true;
}

/* Expressions that could take for ever are not asked of the library. */
static void compile(struct match *match, const char *pattern)
{
	char text[128];
	int err;

	if (is_plain(match->text))
		return;
	if (has_reference(pattern)) {
		match->complaint = xstrdup(_("back references are not taken"));
		return;
	}
	if (repetitions(pattern) > REPETITIONS_MAX) {
		match->complaint = xstrdup(_("it repeats too much"));
		return;
	}
	err = regcomp(&match->regex, pattern, REG_EXTENDED | (match->fold ? REG_ICASE : 0));
	if (err) {
		regerror(err, &match->regex, text, sizeof(text));
		match->complaint = xstrdup(text);
	}
	match->is_regex = !err;
}

void match_set(struct match *match, const char *text)
{
	char *pattern = text && *text ? widen(text) : NULL, *copy = pattern ? xstrdup(text) : NULL;

	match_release(match);
	if (!pattern)
		return;
	match->text = copy;
	match->fold = !has_upper(copy);
	compile(match, pattern);
	free(pattern);
}

void match_release(struct match *match)
{
	if (match->is_regex)
		regfree(&match->regex);
	free(match->text);
	free(match->complaint);
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

/* Where the text as it stands is in @s, or NULL. */
static const char *find_plain(const struct match *match, const char *s)
{
	char first = plain(*match->text, match->fold);

	for (; *s; s++)
		if (plain(*s, match->fold) == first && starts_with(s, match->text, match->fold))
			return s;
	return NULL;
}

bool match_text(const struct match *match, const char *s)
{
	if (!match->text)
		return true;
	if (match->is_regex)
		return regexec(&match->regex, s, 0, NULL, 0) == 0;
	return find_plain(match, s) != NULL;
}

bool match_find(const struct match *match, const char *s, size_t *at, size_t *end)
{
	const char *from = s + *at, *found;
	regmatch_t where;

	if (!match->text)
		return false;
	if (match->is_regex) {
		if (regexec(&match->regex, from, 1, &where, *at ? REG_NOTBOL : 0) ||
		    where.rm_eo <= where.rm_so)
			return false;
		*end = *at + (size_t)where.rm_eo;
		*at += (size_t)where.rm_so;
		return true;
	}
	found = find_plain(match, from);
	if (!found)
		return false;
	*at = (size_t)(found - s);
	*end = *at + strlen(match->text);
	return true;
}

bool match_users(const struct match *match, const struct module *module)
{
	for (size_t i = 0; i < module->users.n; i++)
		if (match_text(match, module->users.v[i]))
			return true;
	return false;
}

bool match_module(const struct match *match, const struct module *module)
{
	return match_text(match, module->name) ||
	       (module->description && match_text(match, module->description)) ||
	       match_users(match, module);
}
