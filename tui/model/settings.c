/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/settings.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"

/* So much of a word that is wrong is shown. */
#define WORD_MAX 40u

/* Of themes and sort keys: in the order of enum theme and of order_columns, which a test compares. */
static const char *const themes[] = { "default", "light", "colorblind", NULL };
static const char *const colors[] = { "auto", "8", "16", "256", "none", NULL };
static const char *const no_yes[] = { "no", "yes", NULL };
static const char *const columns[] = {
	"state", "name", "size", "refs", "users", "taint", "description", NULL
};
static const char *const levels[] = {
	"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug", NULL
};

static const char *const times[] = { "boot", "day", NULL };

const struct setting settings_table[SETTINGS] = {
	[SETTING_THEME] = { "theme", themes, 0, N_("colours of the screen") },
	[SETTING_COLORS] = { "colors", colors, COLORS_AUTO, N_("how many colours are used") },
	[SETTING_ASCII] = { "ascii", no_yes, 0, N_("show ASCII characters only") },
	[SETTING_MOUSE] = { "mouse", no_yes, 1, N_("clicks and wheel are for kmodtui") },
	[SETTING_DETAILS] = { "details", no_yes, 1, N_("list and details side by side if there is room") },
	[SETTING_SORT] = { "sort", columns, 0, N_("column the list is sorted by at the start") },
	[SETTING_REVERSE] = { "reverse", no_yes, 0, N_("sorted the other way round") },
	[SETTING_LEVEL] = { "level", levels, 6, N_("records of the kernel log: that level and worse") },
	[SETTING_TIME] = { "time", times, 0, N_("time in the log: since the start, or of the day") },
	[SETTING_LEARN] = { "learn", no_yes, 0, N_("explain the commands one would type without kmodtui") },
};

void settings_init(struct settings *settings)
{
	int i;

	for (i = 0; i < SETTINGS; i++)
		settings->value[i] = settings_table[i].initial;
}

/* Whether @len bytes of @s are that word. */
static bool is_word(const char *word, const char *s, size_t len)
{
	return strlen(word) == len && !memcmp(word, s, len);
}

int settings_find(enum setting_key key, const char *word, size_t len)
{
	const char *const *words = settings_table[key].words;
	int i;

	for (i = 0; words[i]; i++)
		if (is_word(words[i], word, len))
			return i;
	return -EINVAL;
}

const char *settings_word(const struct settings *settings, enum setting_key key)
{
	return settings_table[key].words[settings->value[key]];
}

void settings_turn(struct settings *settings, enum setting_key key, int step)
{
	unsigned n = 0;

	while (settings_table[key].words[n])
		n++;
	settings->value[key] = (settings->value[key] + n + (unsigned)step) % n;
}

/* A line taken apart; blanks around name and value are no part of them. */
struct pair {
	const char *name, *value;
	size_t name_len, value_len;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static void trim(const char **s, size_t *len)
{
	while (*len && is_blank(**s)) {
		(*s)++;
		(*len)--;
	}
	while (*len && is_blank((*s)[*len - 1]))
		(*len)--;
}

enum line_kind { LINE_EMPTY, LINE_PAIR, LINE_OTHER };

static enum line_kind split(const char *line, size_t len, struct pair *pair)
{
	const char *equals;

	trim(&line, &len);
	if (!len || *line == '#')
		return LINE_EMPTY;
	*pair = (struct pair){ .name = line, .name_len = len };
	equals = memchr(line, '=', len);
	if (!equals)
		return LINE_OTHER;
	pair->name_len = (size_t)(equals - line);
	pair->value = equals + 1;
	pair->value_len = len - pair->name_len - 1;
	trim(&pair->name, &pair->name_len);
	trim(&pair->value, &pair->value_len);
	return pair->name_len ? LINE_PAIR : LINE_OTHER;
}

/* SETTINGS: there is none of that name. */
static enum setting_key find_key(const struct pair *pair)
{
	int i;

	for (i = 0; i < SETTINGS; i++)
		if (is_word(settings_table[i].name, pair->name, pair->name_len))
			break;
	return (enum setting_key)i;
}

static void note(struct settings_problem *problem, int kind, unsigned line, const char *word, size_t len)
{
	if (problem->kind) {
		problem->more++;
		return;
	}
	problem->kind = kind;
	problem->line = line;
	problem->word = xstrndup(word, MIN(len, WORD_MAX));
}

void settings_parse(const char *text, size_t len, struct settings *settings, struct settings_problem *problem)
{
	const char *pos = text, *line;
	struct pair pair;
	unsigned number = 0;
	size_t n;

	*problem = (struct settings_problem){ 0 };
	while (parse_line(&pos, text + len, &line, &n)) {
		enum line_kind kind = split(line, n, &pair);
		enum setting_key key = kind == LINE_PAIR ? find_key(&pair) : SETTINGS;
		int value;

		number++;
		if (kind == LINE_OTHER)
			note(problem, PROBLEM_SYNTAX, number, pair.name, pair.name_len);
		else if (kind == LINE_PAIR && key == SETTINGS)
			note(problem, PROBLEM_NAME, number, pair.name, pair.name_len);
		if (key == SETTINGS)
			continue;
		value = settings_find(key, pair.value, pair.value_len);
		if (value >= 0) {
			settings->value[key] = (unsigned)value;
			continue;
		}
		if (!problem->kind)
			problem->key = key;
		note(problem, PROBLEM_VALUE, number, pair.value, pair.value_len);
	}
}

static void list_words(struct buf *out, enum setting_key key)
{
	const char *const *word;

	for (word = settings_table[key].words; *word; word++)
		buf_printf(out, "%s%s", word == settings_table[key].words ? "" : ", ", *word);
}

char *settings_complaint(const struct settings_problem *problem)
{
	struct buf text = BUF_INIT, words = BUF_INIT;

	if (!problem->kind)
		return NULL;
	if (problem->kind == PROBLEM_SYNTAX) {
		buf_printf(&text, _("Settings, line %u: \"%s\" is not \"name = value\"."), problem->line, problem->word);
	} else if (problem->kind == PROBLEM_NAME) {
		buf_printf(&text, _("Settings, line %u: There is no setting \"%s\"; F2 shows all."), problem->line,
			   problem->word);
	} else {
		list_words(&words, problem->key);
		buf_printf(&text, _("Settings, line %u: %s can not be \"%s\"; it is one of %s."), problem->line,
			   settings_table[problem->key].name, problem->word, buf_str(&words));
		buf_release(&words);
	}
	if (problem->more)
		buf_printf(&text, ngettext(" One more line is wrong.", " %u more lines are wrong.", problem->more),
			   problem->more);
	return buf_detach(&text);
}

void settings_problem_release(struct settings_problem *problem)
{
	free(problem->word);
	problem->word = NULL;
}

static void write_pair(const struct settings *settings, enum setting_key key, struct buf *out)
{
	buf_printf(out, "%s = %s\n", settings_table[key].name, settings_word(settings, key));
}

static void write_new(const struct settings *settings, struct buf *out)
{
	int i;

	buf_addstr(out, "# Settings of kmodtui, written by F2 Setup.  Lines of your own stay as they are.\n");
	for (i = 0; i < SETTINGS; i++) {
		struct buf words = BUF_INIT;

		list_words(&words, (enum setting_key)i);
		buf_printf(out, "\n# %s: %s\n", settings_table[i].help, buf_str(&words));
		write_pair(settings, (enum setting_key)i, out);
		buf_release(&words);
	}
}

/* A line that says it already is not touched, nor one of another version; the last one of a name counts. */
static void write_line(const struct settings *settings, const char *line, size_t len, struct buf *out)
{
	struct pair pair;
	enum setting_key key = SETTINGS;

	if (split(line, len, &pair) == LINE_PAIR)
		key = find_key(&pair);
	if (key == SETTINGS || settings_find(key, pair.value, pair.value_len) < 0 ||
	    is_word(settings_word(settings, key), pair.value, pair.value_len)) {
		buf_add(out, line, len);
		buf_addch(out, '\n');
	} else {
		write_pair(settings, key, out);
	}
}

void settings_write(const struct settings *settings, const char *text, size_t len, struct buf *out)
{
	struct settings_problem problem;
	const char *pos = text, *line;
	struct settings said;
	size_t start = out->len, n;
	int i;

	if (!len) {
		write_new(settings, out);
		return;
	}
	while (parse_line(&pos, text + len, &line, &n))
		write_line(settings, line, n, out);
	settings_init(&said);
	settings_parse(buf_str(out) + start, out->len - start, &said, &problem);
	settings_problem_release(&problem);
	for (i = 0; i < SETTINGS; i++)
		if (said.value[i] != settings->value[i])
			write_pair(settings, (enum setting_key)i, out);
}
