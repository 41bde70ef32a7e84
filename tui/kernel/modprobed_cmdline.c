/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What modprobe takes from the kernel command line.  Its reader is not the kernel's (modopt.h): a quote may stand
 * before the whole word or within the value only, a word that opens one and never closes it is passed over, and
 * nothing ends at "--".
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/modprobed.h"

#define BLANKS " \t\n\v\f\r"

/* "NAME.PARAM" or "NAME.PARAM=VALUE", cut at its marks. */
struct word {
	const char *start, *end;	/* without a quote before it */
	const char *dot, *equals;	/* NULL: there is none */
	bool quoted;			/* a quote stands before it */
	bool usable;
};

/* Whether this byte may stand where it does; notes the marks. */
static bool take(struct word *word, const char *s, bool inside)
{
	if (word->equals)
		return true;
	if (*s == '"' || (inside && strchr(BLANKS, *s)))
		return false;
	if (*s == '.' && word->dot)
		return false;
	if (*s == '.')
		word->dot = s;
	if (*s == '=' && !word->dot)
		return false;
	if (*s == '=')
		word->equals = s;
	return true;
}

/* The next word from *pos on; false: there is none. */
static bool next(const char **pos, const char *end, struct word *word)
{
	const char *s = *pos;
	bool inside;

	while (s < end && strchr(BLANKS, *s))
		s++;
	if (s == end)
		return false;
	*word = (struct word){ .quoted = *s == '"', .usable = true };
	inside = word->quoted;
	s += word->quoted;
	for (word->start = s; s < end && (inside || !strchr(BLANKS, *s)); s++) {
		word->usable = word->usable && take(word, s, inside);
		if (*s == '"')
			inside = !inside;
	}
	word->end = *pos = s;
	word->usable = word->usable && word->dot && !inside;
	return true;
}

/* What stands behind the dot; a quote before the whole moves to where the value begins. */
static char *rest_of(const struct word *word)
{
	const char *value = word->equals ? word->equals + 1 : word->end;
	struct buf text = BUF_INIT;

	buf_add(&text, word->dot + 1, (size_t)(value - word->dot - 1));
	buf_addstr(&text, word->quoted ? "\"" : "");
	buf_add(&text, value, (size_t)(word->end - value));
	return buf_detach(&text);
}

/* modprobe compares each piece with the name of a module as it stands, so "usb-disk" names none. */
static void add_blacklist(struct modprobed *conf, const char *list)
{
	size_t len;

	for (;; list += len + 1) {
		len = strcspn(list, ",");
		if (len)
			modprobed_push_cmdline(conf, MODPROBED_BLACKLIST, xstrndup(list, len), xstrdup(""));
		if (!list[len])
			break;
	}
}

static void add(struct modprobed *conf, const struct word *word)
{
	static const char blacklist[] = "blacklist=";
	char *name = xstrndup(word->start, (size_t)(word->dot - word->start)), *rest = rest_of(word);

	if (!strcmp(name, "modprobe") && !strncmp(rest, blacklist, strlen(blacklist))) {
		add_blacklist(conf, rest + strlen(blacklist));
	} else if (util_name_valid(name)) {
		util_name_normalize(name);
		modprobed_push_cmdline(conf, MODPROBED_OPTIONS, name, rest);
		return;
	}
	free(name);
	free(rest);
}

void modprobed_cmdline_parse(struct modprobed *conf, const char *text, size_t len)
{
	const char *pos = text, *end = text + (len ? strnlen(text, len) : 0);
	struct word word;

	while (next(&pos, end, &word))
		if (word.usable)
			add(conf, &word);
}
