/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kmodtui complete: what may stand where a word is being typed.  The completions of the shells
 * (docs/completions/) ask this, so that each one is a few lines and always knows every command, option,
 * module and parameter.  The last word is the one being typed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/facts.h"
#include "cli/options.h"
#include "cli/out.h"
#include "kernel/modindex.h"
#include "kernel/procmods.h"
#include "model/logring.h"

/* What the words before the last one said. */
struct line {
	const struct root *root;
	const struct command *command;	/* NULL: none yet */
	const struct option_spec *option;	/* its value is being typed; NULL */
	char *subject;			/* first argument of the command, NULL */
	int arguments;			/* of the command so far */
	bool only_arguments;		/* "--" was seen */
	const char *word;		/* the one being typed, or the value in it */
	char *before;			/* what stands before that value in the same word; NULL: nothing */
	const char *root_dir, *kernel;	/* given by options; NULL */
};

/* Where only live modules make sense. */
static const char *const live_commands[] = { "unload", "reload", "set", "holders" };

static void offer(const struct line *line, const char *candidate, const char *meaning)
{
	char *safe, *safe_meaning;

	if (strncmp(candidate, line->word, strlen(line->word)))
		return;
	/* A name with a blank or control character is none that can be typed; the shell shows both on its terminal. */
	safe = text_safe(candidate);
	safe_meaning = text_safe(meaning);
	if (!strcmp(safe, candidate) && !strpbrk(candidate, " \t"))
		out_printf("%s%s\t%s\n", line->before ? line->before : "", candidate, safe_meaning);
	free(safe);
	free(safe_meaning);
}

static const struct option_spec *find_long(const char *name, size_t len)
{
	const struct option_spec *spec;

	for (spec = options_table; spec->name; spec++)
		if (strlen(spec->name) == len && !memcmp(spec->name, name, len))
			return spec;
	return NULL;
}

static const struct option_spec *find_letter(char letter)
{
	const struct option_spec *spec;

	for (spec = options_table; spec->name; spec++)
		if (spec->letter == letter)
			return spec;
	return NULL;
}

/*
 * The option in @word that takes a value, as the reader of options.c has it: "--name", "--name=VALUE", "-o", "-oVALUE", also behind
 * letters without a value.  *value is what stands for it in this word, NULL: that is the next word.
 */
static const struct option_spec *find_option(const char *word, const char **value)
{
	const struct option_spec *spec = NULL;
	size_t len;

	*value = NULL;
	if (word[1] == '-') {
		len = strcspn(word + 2, "=");
		spec = find_long(word + 2, len);
		*value = word[2 + len] ? word + 3 + len : NULL;
	} else {
		for (word++; *word && (!spec || spec->flag); word++)
			spec = find_letter(*word);
		*value = *word ? word : NULL;
	}
	return spec && !spec->flag ? spec : NULL;
}

/* These two say what is looked at. */
static void take_value(struct line *line, const struct option_spec *spec, const char *value)
{
	if (!strcmp(spec->name, "root"))
		line->root_dir = value;
	else if (!strcmp(spec->name, "kernel"))
		line->kernel = value;
}

/* One word that is complete. */
static void read_word(struct line *line, const char *word)
{
	const char *value;

	if (line->option) {
		take_value(line, line->option, word);
		line->option = NULL;
	} else if (!line->only_arguments && !strcmp(word, "--")) {
		line->only_arguments = true;
	} else if (!line->only_arguments && word[0] == '-' && word[1]) {
		line->option = find_option(word, &value);
		if (line->option && value) {
			take_value(line, line->option, value);
			line->option = NULL;
		}
	} else if (!line->command) {
		line->command = cli_find(word);
	} else if (line->arguments++ == 0) {
		line->subject = xstrdup(word);
	}
}

/* The word being typed: of "--state=l" and "-osi" only the value is, and each offer has what stands before it. */
static void split_word(struct line *line)
{
	const struct option_spec *spec;
	const char *value = NULL;

	if (line->option || line->only_arguments || line->word[0] != '-')
		return;
	spec = find_option(line->word, &value);
	if (!spec || !value)
		return;
	line->before = xstrndup(line->word, (size_t)(value - line->word));
	line->option = spec;
	line->word = value;
}

static void offer_options(const struct line *line)
{
	const struct option_spec *spec;
	char word[64];

	for (spec = options_table; spec->name; spec++) {
		if (!options_belong(spec, line->command))
			continue;
		snprintf(word, sizeof(word), "--%s", spec->name);
		offer(line, word, _(spec->help));
	}
}

static void offer_commands(const struct line *line)
{
	const struct command *const *command;

	for (command = cli_commands; *command; command++)
		if (!((*command)->flags & COMMAND_HIDDEN))
			offer(line, (*command)->name, _((*command)->summary));
}

static void offer_modules(const struct line *line, bool only_live)
{
	struct modlist live = MODLIST_INIT, index = MODLIST_INIT;
	size_t i;

	procmods_read(line->root, &live);
	if (!only_live)
		modindex_read(line->root, &index);
	for (i = 0; i < live.n; i++)
		offer(line, live.v[i].name, _("live"));
	for (i = 0; i < index.n; i++)
		if (!facts_find_live(&live, index.v[i].name))
			offer(line, index.v[i].name, NULL);
	modlist_release(&live);
	modlist_release(&index);
}

static bool wants_live(const struct command *command)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(live_commands); i++)
		if (!strcmp(command->name, live_commands[i]))
			return true;
	return false;
}

static void offer_values(const struct line *line, const struct param *param)
{
	char word[256];

	if (!param->type || strcmp(param->type, "bool"))
		return;
	snprintf(word, sizeof(word), "%s=Y", param->name);
	offer(line, word, NULL);
	snprintf(word, sizeof(word), "%s=N", param->name);
	offer(line, word, NULL);
}

/* "name=" of each parameter the module has; behind the "=" the values of a bool. */
static void offer_params(const struct line *line)
{
	struct facts facts = FACTS_INIT;
	char *sentence = NULL, word[256];
	size_t i;

	if (line->subject && !facts_read(&facts, line->root, line->subject, &sentence)) {
		for (i = 0; i < facts.params.n; i++) {
			snprintf(word, sizeof(word), "%s=", facts.params.v[i].name);
			if (strchr(line->word, '='))
				offer_values(line, &facts.params.v[i]);
			else
				offer(line, word, facts.params.v[i].description);
		}
	}
	free(sentence);
	facts_release(&facts);
}

static void offer_words(const struct line *line, const char *const *words)
{
	for (; *words; words++)
		offer(line, *words, NULL);
}

static void offer_states(const struct line *line)
{
	static const char *const states[] = { "live", "coming", "going", "disk", "builtin", "masked", NULL };

	offer_words(line, states);
}

static void offer_levels(const struct line *line)
{
	unsigned level;

	for (level = 0; level < 8; level++)
		offer(line, logrec_level_name(level), NULL);
}

static void offer_columns(const struct line *line)
{
	size_t i;

	for (i = 0; columns_name(i); i++)
		offer(line, columns_name(i), NULL);
}

static void offer_live(const struct line *line)
{
	offer_modules(line, true);
}

/* The shell completes these itself. */
static void offer_files(const struct line *line)
{
	(void)line;
	out_printf(":files\n");
}

/* What an argument or a value is called in the tables, and what may stand there. */
static const struct {
	const char *name;
	void (*offer)(const struct line *line);
} kinds[] = {
	{ "FILE", offer_files },	{ "DIR", offer_files },		{ "DEVICE", offer_files },
	{ "PARAM=VALUE", offer_params },	{ "STATE", offer_states },
	{ "LEVEL", offer_levels },	{ "COLUMNS", offer_columns },
};

static void offer_kind(const struct line *line, const char *name, size_t len)
{
	size_t i;

	if (len == 4 && !memcmp(name, "NAME", 4)) {
		if (line->option)
			offer_live(line);
		else
			offer_modules(line, wants_live(line->command));
		return;
	}
	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strlen(kinds[i].name) == len && !memcmp(kinds[i].name, name, len))
			kinds[i].offer(line);
}

/* Each of "NAME|FILE" in the description of the argument that stands here; the last one repeats. */
static void offer_argument(const struct line *line)
{
	const char *at = line->command->arguments, *next;
	int i;

	for (i = 0; i < line->arguments && (next = strchr(at, ' ')); i++)
		at = next + 1;
	if (i < line->arguments && !strstr(at, "..."))
		return;
	while (*at && *at != ' ') {
		size_t len = strcspn(at, "|[] .");

		offer_kind(line, at, len);
		at += len ? len : 1;
	}
}

static void offer_all(const struct line *line)
{
	if (line->option)
		offer_kind(line, line->option->argument, strlen(line->option->argument));
	else if (line->word[0] == '-' && !line->only_arguments)
		offer_options(line);
	else if (!line->command)
		offer_commands(line);
	else
		offer_argument(line);
}

static enum status run(struct cli *cli, int argc, char **argv)
{
	struct line line = { .word = argv[argc - 1] };
	enum status status = STATUS_DONE;
	struct root root;
	int i;

	(void)cli;
	for (i = 0; i + 1 < argc; i++)
		read_word(&line, argv[i]);
	split_word(&line);
	if (root_init(&root, line.root_dir, line.kernel)) {
		status = STATUS_FAILED;
	} else {
		line.root = &root;
		offer_all(&line);
		root_release(&root);
	}
	free(line.before);
	free(line.subject);
	return status;
}

const struct command cmd_complete = {
	.name = "complete",
	.arguments = "-- WORD...",
	.summary = N_("Answers a shell what may stand where the last word is typed."),
	.min_args = 1,
	.max_args = -1,
	.flags = COMMAND_HIDDEN,
	.run = run,
};
