/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/modopt.h"
#include "kernel/modprobed.h"
#include "model/param.h"

#define BLANKS " \t"

/* What must follow the name, else modprobe ignores the line; a second blank is text enough. */
enum need { NEED_NOTHING, NEED_TEXT, NEED_NAME };

static const struct {
	const char *word;
	enum modprobed_kind kind;
	enum need need;
} statements[] = {
	{ "options", MODPROBED_OPTIONS, NEED_TEXT },
	{ "install", MODPROBED_INSTALL, NEED_TEXT },
	{ "remove", MODPROBED_REMOVE, NEED_TEXT },
	{ "blacklist", MODPROBED_BLACKLIST, NEED_NOTHING },
	{ "alias", MODPROBED_ALIAS, NEED_NAME },
	{ "softdep", MODPROBED_SOFTDEP, NEED_TEXT },
	{ "weakdep", MODPROBED_WEAKDEP, NEED_TEXT },
};

void modprobed_release(struct modprobed *conf)
{
	size_t i;

	for (i = 0; i < conf->n; i++) {
		free(conf->v[i].name);
		free(conf->v[i].rest);
		free(conf->v[i].file);
	}
	free(conf->v);
	memset(conf, 0, sizeof(*conf));
}

/* Takes over @line->name and @line->rest; copies the file's name.  Tabs among options become blanks. */
static void line_push(struct modprobed *conf, const struct modprobed_line *line)
{
	struct modprobed_line *to;
	char *s;

	if (conf->n == conf->size) {
		conf->size = conf->size ? 2 * conf->size : 32;
		conf->v = xrealloc(conf->v, conf->size, sizeof(*conf->v));
	}
	to = &conf->v[conf->n++];
	*to = *line;
	to->file = xstrdup(line->file);
	for (s = to->rest; *s && to->kind == MODPROBED_OPTIONS; s++)
		if (*s == '\t')
			*s = ' ';
}

/* '-' becomes '_' but inside brackets; false when a bracket has no partner. */
static bool pattern_normalize(char *s)
{
	for (; *s; s++) {
		if (*s == '-')
			*s = '_';
		if (*s == ']')
			return false;
		if (*s == '[') {
			s = strchr(s, ']');
			if (!s)
				return false;
		}
	}
	return true;
}

/*
 * One line with its continuations: a backslash hides the line end behind it, and before
 * anything else it is dropped.
 */
static bool logical_line(const char **pos, const char *end, struct buf *out, unsigned *lines)
{
	char c;

	buf_reset(out);
	if (*pos == end)
		return false;
	while (*pos < end) {
		c = *(*pos)++;
		if (c == '\\') {
			if (*pos == end)
				break;
			c = *(*pos)++;
			if (c == '\n') {
				++*lines;
				continue;
			}
		} else if (c == '\n') {
			break;
		}
		buf_addch(out, c);
	}
	++*lines;
	return true;
}

/* The next word of @s, NUL-terminated in place; *s moves behind it.  NULL: none. */
static char *word_cut(char **s)
{
	char *word = *s + strspn(*s, BLANKS);

	if (!*word)
		return NULL;
	*s = word + strcspn(word, BLANKS);
	if (**s)
		*(*s)++ = '\0';
	return word;
}

static char *rest_cut(char *s)
{
	size_t n;

	s += strspn(s, BLANKS);
	for (n = strlen(s); n && strchr(BLANKS, s[n - 1]); n--)
		;
	return xstrndup(s, n);
}

/* Fills rest as the statement wants it, or returns false. */
static bool rest_parse(struct modprobed_line *line, enum need need, char *text)
{
	char *word;

	if (need == NEED_NAME) {
		word = word_cut(&text);
		if (!word || !pattern_normalize(word))
			return false;
		line->rest = xstrdup(word);
		return true;
	}
	if (need == NEED_TEXT && !*text)
		return false;
	/* An open quote of the line before takes in the blanks at both ends. */
	line->rest = line->kind == MODPROBED_OPTIONS ? xstrdup(text) : rest_cut(text);
	return true;
}

static void statement_parse(struct modprobed *conf, char *text, struct modprobed_line line)
{
	char *word = *text == '#' ? NULL : word_cut(&text), *name;
	size_t i;

	for (i = 0; word && i < ARRAY_SIZE(statements); i++) {
		if (strcmp(word, statements[i].word))
			continue;
		line.kind = statements[i].kind;
		name = word_cut(&text);
		if (!name || !pattern_normalize(name) ||
		    !rest_parse(&line, statements[i].need, text))
			return;
		line.name = xstrdup(name);
		line_push(conf, &line);
		return;
	}
}

void modprobed_parse(struct modprobed *conf, const char *file, const char *text, size_t len)
{
	struct modprobed_line line = { .file = (char *)file, .line = 1 };
	const char *pos = text, *end = text + len;
	struct buf buf = BUF_INIT;
	unsigned lines = 0;

	while (logical_line(&pos, end, &buf, &lines)) {
		buf_addch(&buf, '\0');
		statement_parse(conf, buf.data, line);
		line.line = lines + 1;
	}
	buf_release(&buf);
}

void modprobed_push_cmdline(struct modprobed *conf, enum modprobed_kind kind, char *name, char *rest)
{
	line_push(conf, &(struct modprobed_line){
		.kind = kind, .name = name, .rest = rest, .file = (char *)MODPROBED_CMDLINE, .line = 1,
	});
}

const struct modprobed_line *modprobed_find(const struct modprobed *conf, enum modprobed_kind kind,
					    const char *name)
{
	const struct modprobed_line *line, *found = NULL;
	char *copy = xstrdup(name);
	size_t i;

	util_name_normalize(copy);
	for (i = 0; i < conf->n && !found; i++) {
		line = &conf->v[i];
		if (line->kind == kind && (kind == MODPROBED_BLACKLIST ? !strcmp(line->name, copy) :
					   !fnmatch(line->name, copy, 0)))
			found = line;
	}
	free(copy);
	return found;
}

static bool line_masks(const struct modprobed_line *line)
{
	static const char *const commands[] = {
		"/bin/false", "/bin/true", "/usr/bin/false", "/usr/bin/true",
	};
	size_t i;

	for (i = 0; line && i < ARRAY_SIZE(commands); i++)
		if (!strcmp(line->rest, commands[i]))
			return true;
	return false;
}

bool modprobed_install_masks(const struct modprobed *conf, const char *name)
{
	return line_masks(modprobed_find(conf, MODPROBED_INSTALL, name));
}

bool modprobed_has_needs(const struct modprobed_line *line)
{
	const char *pos = line ? line->rest : "", *end = pos + strlen(pos), *token;
	bool counts = false;
	size_t len;

	while (parse_token(&pos, end, BLANKS, &token, &len)) {
		if ((len == 4 && !memcmp(token, "pre:", len)) || (len == 5 && !memcmp(token, "post:", len)))
			counts = true;
		else if (counts)
			return true;
	}
	return false;
}

bool modprobed_is_masked(const struct modprobed *conf, const char *name)
{
	return modprobed_install_masks(conf, name) &&
	       !modprobed_has_needs(modprobed_find(conf, MODPROBED_SOFTDEP, name));
}

static bool line_sets(const struct modprobed_line *line, const char *param)
{
	const char *pos = line->rest, *end = pos + strlen(pos);
	struct modopt opt;
	bool found = false;
	char *name;

	while (!found && modopt_next(&pos, end, &opt)) {
		name = xstrndup(opt.name, opt.name_len);
		found = util_name_equal(name, param);
		free(name);
	}
	return found;
}

const struct modprobed_line *modprobed_option_line(const struct modprobed *conf, const char *name,
						   const char *param)
{
	size_t i;

	for (i = conf->n; i-- > 0;)
		if (conf->v[i].kind == MODPROBED_OPTIONS &&
		    util_name_equal(conf->v[i].name, name) && line_sets(&conf->v[i], param))
			return &conf->v[i];
	return NULL;
}

/* An option without a value stands for "1". */
static void option_apply(const struct modopt *opt, bool cmdline, struct paramlist *list)
{
	char *name = xstrndup(opt->name, opt->name_len), **to;
	struct param *param;

	util_name_normalize(name);
	param = paramlist_find(list, name);
	free(name);
	if (!param)
		return;
	to = cmdline ? &param->cmdline : &param->configured;
	free(*to);
	*to = opt->value ? xstrndup(opt->value, opt->value_len) : xstrdup("1");
}

static void add_options(const struct modprobed *conf, const char *name, bool cmdline, struct buf *text)
{
	const struct modprobed_line *line;
	size_t i;

	for (i = 0; i < conf->n; i++) {
		line = &conf->v[i];
		if (line->kind != MODPROBED_OPTIONS || !util_name_equal(line->name, name) ||
		    cmdline != !strcmp(line->file, MODPROBED_CMDLINE))
			continue;
		if (text->len)
			buf_addch(text, ' ');
		buf_addstr(text, line->rest);
	}
}

/* modprobe makes one text of all lines, so a quote that one leaves open reaches into the next. */
void modprobed_apply(const struct modprobed *conf, const char *name, struct paramlist *list)
{
	struct buf text = BUF_INIT;
	const char *pos, *end;
	struct modopt opt;
	size_t files;

	add_options(conf, name, false, &text);
	files = text.len;
	add_options(conf, name, true, &text);
	pos = buf_str(&text);
	end = pos + text.len;
	while (modopt_next(&pos, end, &opt))
		option_apply(&opt, files < text.len && opt.name >= text.data + files, list);
	buf_release(&text);
}
