/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a person chose for the console: one table, from which the reader and the writer of the file, the
 * setup screen and the manual come.  A new setting is one line in settings.c, one here, and what it
 * does in app/setup.c.
 */
#ifndef KMT_MODEL_SETTINGS_H
#define KMT_MODEL_SETTINGS_H

#include <stddef.h>

struct buf;

enum setting_key {
	SETTING_THEME, SETTING_COLORS, SETTING_ASCII, SETTING_MOUSE, SETTING_DETAILS, SETTING_SORT,
	SETTING_REVERSE, SETTING_LEVEL, SETTING_TIME, SETTING_LEARN, SETTINGS
};

/* A value is one of a few words, kept as its number; the first one is the default unless .initial says another. */
struct setting {
	const char *name;
	const char *const *words;	/* NULL-terminated */
	unsigned initial;
	const char *help;		/* N_() no sentence: what it is, for a narrow column */
};

extern const struct setting settings_table[SETTINGS];

enum settings_colors { COLORS_AUTO, COLORS_8, COLORS_16, COLORS_256, COLORS_NONE };

struct settings {
	unsigned value[SETTINGS];
};

/* What stands in a file and can not be used: its first such line, and how many more. */
struct settings_problem {
	enum { PROBLEM_NONE, PROBLEM_SYNTAX, PROBLEM_NAME, PROBLEM_VALUE } kind;
	unsigned line, more;
	char *word;			/* the name or the value; raw */
	enum setting_key key;		/* PROBLEM_VALUE: of which setting */
};

void settings_init(struct settings *settings);
/* The number of @word, @len bytes of it; -EINVAL: it is none of the words of that setting. */
int settings_find(enum setting_key key, const char *word, size_t len);
const char *settings_word(const struct settings *settings, enum setting_key key);
/* The next word (@step 1) or the one before (-1), round and round. */
void settings_turn(struct settings *settings, enum setting_key key, int step);

/* Reads "key = value" lines; what is good is taken, the rest is told in *problem, for the caller to release. */
void settings_parse(const char *text, size_t len, struct settings *settings, struct settings_problem *problem);
/* A sentence without the file's name; the caller frees.  NULL: there is no problem. */
char *settings_complaint(const struct settings_problem *problem);
void settings_problem_release(struct settings_problem *problem);

/*
 * Appends @text, the file as it is, with these settings: lines with another value are changed in place, lines that are
 * missing come at the end, all others stay.  Without any text it is a new file, each setting with its help.
 */
void settings_write(const struct settings *settings, const char *text, size_t len, struct buf *out);

#endif
