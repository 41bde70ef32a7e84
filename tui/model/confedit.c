/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/confedit.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"

#define BLANKS " \t"

/* One line with those that continue it, as bytes of the text and as words. */
struct line {
	const char *start;
	size_t len;		/* with its '\n', if it has one */
	bool ended;		/* that no backslash hides */
	struct strv words;
};

/* The end of a line is the first '\n' that no backslash hides; the last line may have none. */
static size_t line_length(const char *text, bool *ended)
{
	const char *s = text;

	while (*s && *s != '\n')
		s += *s == '\\' && s[1] ? 2 : 1;
	*ended = *s == '\n';
	return (size_t)(s - text) + *ended;
}

/* A word ends at a blank outside of double quotes; a hidden line end is no part of it. */
static const char *word_next(const char *s, const char *end, struct strv *words)
{
	struct buf word = BUF_INIT;
	bool quoted = false;

	for (; s < end && (quoted || !strchr(BLANKS "\n", *s)); s++) {
		if (*s == '\\' && s + 1 < end) {
			if (*++s == '\n')
				continue;
			buf_addch(&word, '\\');
		} else if (*s == '"') {
			quoted = !quoted;
		}
		buf_addch(&word, *s);
	}
	if (word.len)
		strv_push(words, buf_str(&word));
	buf_release(&word);
	return s;
}

static bool line_next(const char **pos, struct line *line)
{
	const char *s = *pos, *end;

	if (!*s)
		return false;
	line->start = s;
	line->len = line_length(s, &line->ended);
	line->words = (struct strv)STRV_INIT;
	*pos = end = s + line->len;
	while (*line->start != '#' && s < end) {
		while (s < end && strchr(BLANKS "\n", *s))
			s++;
		s = word_next(s, end, &line->words);
	}
	return true;
}

static bool line_is(const struct line *line, const char *statement, const char *module)
{
	return line->words.n >= 2 && !strcmp(line->words.v[0], statement) &&
	       util_name_equal(line->words.v[1], module);
}

/* A line kept.  The last one of a text may lack its end, and a backslash there would hide the one it gets. */
static void keep(struct buf *out, const struct line *line)
{
	buf_add(out, line->start, line->len);
	if (!line->ended && line->start[line->len - 1] == '\\')
		buf_addch(out, '\n');
	if (!line->ended)
		buf_addch(out, '\n');
}

/* Whether "name=value" in @option sets what one of @names ("name", or "name=value") says. */
static bool names_have(const struct strv *names, const char *option)
{
	size_t len = option[0] == '"' ? 0 : strcspn(option, "="), i;
	char *name = xstrndup(option, len), *other;
	bool found = false;

	for (i = 0; i < names->n && !found; i++) {
		other = xstrndup(names->v[i], strcspn(names->v[i], "="));
		found = util_name_equal(name, other);
		free(other);
	}
	free(name);
	return found;
}

/* An options line without @names and with @more behind it; nothing when no option is left. */
static void options_rewrite(struct buf *out, const struct line *line, const struct strv *names,
			    const struct strv *more)
{
	size_t i, left = 0, begin = out->len;

	buf_printf(out, "options %s", line->words.v[1]);
	for (i = 2; i < line->words.n; i++) {
		if (!names->n || names_have(names, line->words.v[i]))
			continue;
		buf_printf(out, " %s", line->words.v[i]);
		left++;
	}
	for (i = 0; more && i < more->n; i++, left++)
		buf_printf(out, " %s", more->v[i]);
	buf_addch(out, '\n');
	if (!left) {
		out->len = begin;
		out->data[begin] = '\0';
	}
}

static bool options_touch(const struct line *line, const struct strv *names)
{
	size_t i;

	for (i = 2; i < line->words.n; i++)
		if (!names->n || names_have(names, line->words.v[i]))
			return true;
	return false;
}

/* The first options line of the module takes the new ones; they leave its others. */
char *confedit_set(const char *text, const char *module, const struct strv *options)
{
	const struct strv *more = options;
	struct buf out = BUF_INIT;
	struct line line;
	size_t i;

	while (line_next(&text, &line)) {
		if (line_is(&line, "options", module) && (more || options_touch(&line, options))) {
			options_rewrite(&out, &line, options, more);
			more = NULL;
		} else {
			keep(&out, &line);
		}
		strv_release(&line.words);
	}
	if (more) {
		buf_printf(&out, "options %s", module);
		for (i = 0; i < options->n; i++)
			buf_printf(&out, " %s", options->v[i]);
		buf_addch(&out, '\n');
	}
	return buf_detach(&out);
}

char *confedit_unset(const char *text, const char *module, const struct strv *names)
{
	struct buf out = BUF_INIT;
	struct line line;

	while (line_next(&text, &line)) {
		if (line_is(&line, "options", module) && options_touch(&line, names))
			options_rewrite(&out, &line, names, NULL);
		else
			keep(&out, &line);
		strv_release(&line.words);
	}
	return buf_detach(&out);
}

/* An install line that only fails, or only does nothing. */
static bool line_masks(const struct line *line, const char *module)
{
	static const char *const commands[] = {
		"/bin/false", "/bin/true", "/usr/bin/false", "/usr/bin/true",
	};
	size_t i;

	for (i = 0; line->words.n == 3 && i < ARRAY_SIZE(commands); i++)
		if (!strcmp(line->words.v[2], commands[i]))
			return line_is(line, "install", module);
	return false;
}

static bool line_blacklists(const struct line *line, const char *module)
{
	return line_is(line, "blacklist", module);
}

/* "softdep NAME pre:", which says that there are none. */
static bool line_hardens(const struct line *line, const char *module)
{
	return line->words.n == 3 && !strcmp(line->words.v[2], "pre:") && line_is(line, "softdep", module);
}

static bool line_boots(const struct line *line, const char *module)
{
	return line->words.n == 1 && line->words.v[0][0] != ';' &&
	       util_name_equal(line->words.v[0], module);
}

static bool has(const char *text, const char *module,
		bool (*is)(const struct line *line, const char *module))
{
	struct line line;
	bool found = false;

	while (!found && line_next(&text, &line)) {
		found = is(&line, module);
		strv_release(&line.words);
	}
	return found;
}

static char *without(const char *text, const char *module,
		     bool (*is)(const struct line *line, const char *module))
{
	struct buf out = BUF_INIT;
	struct line line;

	while (line_next(&text, &line)) {
		if (!is(&line, module))
			keep(&out, &line);
		strv_release(&line.words);
	}
	return buf_detach(&out);
}

static void keep_all(struct buf *out, const char *text)
{
	struct line line;

	while (line_next(&text, &line)) {
		keep(out, &line);
		strv_release(&line.words);
	}
}

char *confedit_mask(const char *text, const char *module)
{
	struct buf out = BUF_INIT;

	keep_all(&out, text);
	if (!has(text, module, line_masks))
		buf_printf(&out, "install %s /bin/false\n", module);
	if (!has(text, module, line_hardens))
		buf_printf(&out, "softdep %s pre:\n", module);
	if (!has(text, module, line_blacklists))
		buf_printf(&out, "blacklist %s\n", module);
	return buf_detach(&out);
}

char *confedit_unmask(const char *text, const char *module)
{
	char *some = without(text, module, line_masks), *more = without(some, module, line_hardens);
	char *all = without(more, module, line_blacklists);

	free(some);
	free(more);
	return all;
}

char *confedit_boot(const char *text, const char *module)
{
	struct buf out = BUF_INIT;

	keep_all(&out, text);
	if (!has(text, module, line_boots))
		buf_printf(&out, "%s\n", module);
	return buf_detach(&out);
}

char *confedit_unboot(const char *text, const char *module)
{
	return without(text, module, line_boots);
}

/* Where the line @wanted stands in @text, or NULL. */
static char *find_line(char *text, const char *wanted)
{
	size_t len = strlen(wanted);
	char *s;

	for (s = text; *s; s += strcspn(s, "\n"), s += *s == '\n')
		if (!strncmp(s, wanted, len) && (s[len] == '\n' || !s[len]))
			return s;
	return NULL;
}

static void cut_line(char *at)
{
	size_t len = strcspn(at, "\n");

	len += at[len] == '\n';
	memmove(at, at + len, strlen(at + len) + 1);
}

char *confedit_replace(const char *text, const struct strv *what, const struct strv *with)
{
	char *rest = xstrdup(text), *at = NULL;
	struct buf out = BUF_INIT;
	size_t i;

	for (i = what->n; i-- > 0;) {
		at = find_line(rest, what->v[i]);
		if (!at) {
			free(rest);
			return NULL;
		}
		cut_line(at);
	}
	if (!at)
		at = rest + strlen(rest);
	buf_add(&out, rest, (size_t)(at - rest));
	if (out.len && out.data[out.len - 1] != '\n')
		buf_addch(&out, '\n');
	for (i = 0; i < with->n; i++)
		buf_printf(&out, "%s\n", with->v[i]);
	buf_addstr(&out, at);
	free(rest);
	return buf_detach(&out);
}

char *confedit_spell(const char *name, const char *value)
{
	const char *quote = value[strcspn(value, BLANKS)] ? "\"" : "";
	struct buf out = BUF_INIT;

	buf_printf(&out, "%s=%s", name, quote);
	for (; *value; value++) {
		if (*value == '\\')
			buf_addch(&out, '\\');
		buf_addch(&out, *value);
	}
	buf_addstr(&out, quote);
	return buf_detach(&out);
}
