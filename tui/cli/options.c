/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line's options: one table, one reader. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/parse.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "cli/options.h"

#define FLAG(member) NULL, true, false, offsetof(struct options, member)
#define TEXT(member, word) word, false, false, offsetof(struct options, member)
#define WORDS(member, word) word, false, true, offsetof(struct options, member)

const struct option_spec options_table[] = {
	{ "root", 0, FOR_ALL, TEXT(root, "DIR"),
	  N_("read the machine below DIR instead of this one") },
	{ "kernel", 0, FOR_ALL, TEXT(kernel, "VERSION"),
	  N_("show the modules of that kernel") },
	{ "readonly", 0, FOR_ALL, FLAG(readonly), N_("change nothing") },
	{ "ascii", 0, FOR_ALL, FLAG(ascii), N_("show ASCII characters only") },
	{ "theme", 0, FOR_CONSOLE, TEXT(theme, "THEME"),
	  N_("colours of the console: default, light or colorblind") },
	{ "colors", 0, FOR_CONSOLE, TEXT(colors, "NUMBER"), N_("use 256, 16 or 8 colours, or none") },
	{ "no-mouse", 0, FOR_CONSOLE, FLAG(no_mouse), N_("leave the mouse to the terminal") },
	{ "script", 0, FOR_CONSOLE, TEXT(script, "FILE"),
	  N_("run the console by the commands in FILE (- for standard input)") },
	{ "record", 0, FOR_CONSOLE, TEXT(record, "FILE"),
	  N_("write down what is done at the console, as such commands") },
	{ "replay", 0, FOR_CONSOLE, TEXT(replay, "FILE"),
	  N_("show it again on the terminal; a key takes over") },
	{ "elevate", 0, FOR_CONSOLE, TEXT(elevate, "PROGRAM"),
	  N_("make changes by sudo, doas, pkexec or another (auto, none)") },
	{ "started", 0, FOR_COMMANDS, FLAG(started),
	  N_("tell the console that a password was accepted, and how far a trial is") },
	{ "timeout", 0, FOR_SOME, TEXT(timeout, "SECONDS"),
	  N_("give up a load, unload, write or trial that takes so long") },
	{ "json", 0, FOR_COMMANDS, FLAG(json), N_("print JSON") },
	{ "safe", 0, FOR_COMMANDS, FLAG(safe),
	  N_("make control characters visible even in a pipe or file") },
	{ "raw", 0, FOR_COMMANDS, FLAG(raw), N_("print bytes as they are even to a terminal") },
	{ "columns", 'o', FOR_ONE, TEXT(columns, "COLUMNS"),
	  N_("print these columns, separated by commas") },
	{ "all", 0, FOR_ONE, FLAG(all), N_("also modules on disk and built in") },
	{ "state", 0, FOR_ONE, TEXT(state, "STATE"),
	  N_("only live, coming, going, disk, builtin or masked modules") },
	{ "dry-run", 0, FOR_ONE, FLAG(dry_run), N_("print the plan and do nothing") },
	{ "run-install", 0, FOR_ONE, FLAG(run_install),
	  N_("let modprobe run an install line of modprobe.d") },
	{ "users", 0, FOR_ONE, FLAG(users), N_("the modules that use it too") },
	{ "even-if-carrying", 0, FOR_ONE, FLAG(even_if_carrying),
	  N_("also what carries the root file system, the console or the ssh session") },
	{ "allow-open", 0, FOR_ONE, FLAG(allow_open),
	  N_("also what a process has open and the module does not count: a crash, most likely") },
	{ "rollback", 0, FOR_ONE, TEXT(rollback, "SECONDS"),
	  N_("take it back after so long, unless keep says otherwise") },
	{ "boot", 0, FOR_ONE, FLAG(boot), N_("load the module at boot") },
	{ "remove", 0, FOR_ONE, FLAG(remove), N_("take what was kept out again") },
	{ "strict", 0, FOR_ONE, FLAG(strict), N_("with --all: live and built-in modules, too") },
	{ "ignore", 0, FOR_ONE, TEXT(ignore, "ROAD,..."), N_("roads that do not count") },
	{ "unbound", 0, FOR_ONE, FLAG(unbound), N_("the devices without a driver") },
	{ "follow", 0, FOR_ONE, FLAG(follow), N_("wait for new records") },
	{ "level", 0, FOR_ONE, TEXT(level, "LEVEL"), N_("only that level and worse") },
	{ "module", 0, FOR_ONE, TEXT(module, "NAME"), N_("only records of that module") },
	{ "cycles", 0, FOR_ONE, TEXT(cycles, "N"), N_("load and unload it that often") },
	{ "accept", 0, FOR_ONE, TEXT(accept, "ERRNO,..."), N_("a load refused with that errno is no failure") },
	{ "with", 0, FOR_ONE, WORDS(with, "FILE"), N_("a module that it needs, to be loaded first") },
	{ "debug", 0, FOR_ONE, FLAG(debug), N_("on a kernel that looks for faults") },
	{ "source", 0, FOR_ONE, TEXT(source, "DIR"), N_("build it for that kernel from DIR") },
	{ "once", 0, FOR_ONE, FLAG(once), N_("load it anew now, and end") },
	{ "wall", 0, FOR_ONE, FLAG(wall), N_("wall-clock time") },
	{ "help", 'h', FOR_ALL, FLAG(help), N_("show this help") },
	{ "version", 'V', FOR_ALL, FLAG(version), N_("show the version") },
	{ NULL, 0, FOR_ALL, NULL, false, false, 0, NULL },
};

/* Where one reading of the command line stands. */
struct reader {
	int argc;
	char **argv;
	int next;			/* argument to look at */
	bool only_arguments;		/* "--" was seen */
	char **positional;		/* what is no option, in order */
	int n_positional;
	struct options *options;
	bool given[ARRAY_SIZE(options_table)];
};

/* One line on stderr, made safe; @subject and @second fill the sentence's %s. */
static enum status complain(const char *sentence, const char *subject, const char *second)
{
	char *safe = text_safe(subject), *safe_second = text_safe(second);

	fputs("kmodtui: ", stderr);
	fprintf(stderr, sentence, safe, safe_second);
	fputc('\n', stderr);
	free(safe);
	free(safe_second);
	return STATUS_USAGE;
}

/* The option of that long name; @len bytes of @name count. */
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
		if (spec->letter && spec->letter == letter)
			return spec;
	return NULL;
}

static enum status take_more(struct words *words, const struct option_spec *spec, const char *value)
{
	if (words->n == ARRAY_SIZE(words->v))
		return complain(_("The option --%s was given too often."), spec->name, NULL);
	words->v[words->n++] = value;
	return STATUS_DONE;
}

/* Stores what the option says; @value is what was glued to it, or NULL. */
static enum status take(struct reader *reader, const struct option_spec *spec, const char *value)
{
	char *base = (char *)reader->options;

	reader->given[spec - options_table] = true;
	if (spec->flag) {
		if (value)
			return complain(_("The option --%s takes no value."), spec->name, NULL);
		*(bool *)(base + spec->offset) = true;
		return STATUS_DONE;
	}
	if (!value) {
		if (reader->next >= reader->argc)
			return complain(_("The option --%s needs a value: %s."), spec->name,
					spec->argument);
		value = reader->argv[reader->next++];
	}
	if (spec->many)
		return take_more((struct words *)(base + spec->offset), spec, value);
	*(const char **)(base + spec->offset) = value;
	return STATUS_DONE;
}

static enum status read_long(struct reader *reader, const char *word)
{
	size_t len = strcspn(word, "=");
	const struct option_spec *spec = find_long(word, len);

	if (!spec)
		return complain(_("There is no option --%s. Try kmodtui --help."), word, NULL);
	return take(reader, spec, word[len] == '=' ? word + len + 1 : NULL);
}

/* Letters may stand together; the rest of the word is the value of one that takes a value. */
static enum status read_letters(struct reader *reader, const char *letters)
{
	const struct option_spec *spec;
	enum status status;
	char text[2] = "";

	while (*letters) {
		text[0] = *letters;
		spec = find_letter(*letters++);
		if (!spec)
			return complain(_("There is no option -%s. Try kmodtui --help."), text,
					NULL);
		if (!spec->flag)
			return take(reader, spec, *letters ? letters : NULL);
		status = take(reader, spec, NULL);
		if (status)
			return status;
	}
	return STATUS_DONE;
}

static enum status read_word(struct reader *reader)
{
	char *word = reader->argv[reader->next++];

	if (reader->only_arguments || word[0] != '-' || !word[1]) {
		reader->positional[reader->n_positional++] = word;
		return STATUS_DONE;
	}
	if (!strcmp(word, "--")) {
		reader->only_arguments = true;
		return STATUS_DONE;
	}
	if (word[1] == '-')
		return read_long(reader, word + 2);
	return read_letters(reader, word + 1);
}

/* Whether "@name" is a word of @names, which are separated by blanks. */
static bool names_have(const char *names, const char *name)
{
	size_t len = strlen(name);
	const char *pos = names;

	while (pos && (pos = strstr(pos, name))) {
		if ((pos == names || pos[-1] == ' ') && (!pos[len] || pos[len] == ' '))
			return true;
		pos += len;
	}
	return false;
}

bool options_belong(const struct option_spec *spec, const struct command *command)
{
	switch (spec->whose) {
	case FOR_ALL:
		return true;
	case FOR_CONSOLE:
		return !command;
	case FOR_COMMANDS:
		return command;
	case FOR_SOME:
		if (!command)
			return true;
		break;
	case FOR_ONE:
		break;
	}
	return command && names_have(command->options, spec->name);
}

#define TIMEOUT_MAX 86400

static bool read_timeout(struct options *options)
{
	unsigned long long seconds = 0;

	if (!options->timeout)
		return true;
	if (parse_decimal(options->timeout, &seconds) || !seconds || seconds > TIMEOUT_MAX)
		return false;
	options->timeout_s = (unsigned)seconds;
	return true;
}

static enum status check_given(const struct reader *reader, const struct command *command)
{
	size_t i;

	for (i = 0; options_table[i].name; i++) {
		if (!reader->given[i] || options_belong(&options_table[i], command))
			continue;
		if (!command)
			return complain(_("The option --%s goes with a command only."),
					options_table[i].name, NULL);
		return complain(_("The option --%s does not go with the command %s."),
				options_table[i].name, command->name);
	}
	if (!read_timeout(reader->options))
		return complain(_("The option --timeout takes a number of seconds, 1 to 86400."), NULL, NULL);
	if (reader->options->safe && reader->options->raw)
		return complain(_("The options --safe and --raw exclude each other."), NULL, NULL);
	if (reader->options->script && reader->options->replay)
		return complain(_("The options --script and --replay exclude each other."), NULL, NULL);
	if (reader->options->columns && reader->options->json)
		return complain(_("The option -o chooses columns of text and does not go with --json."),
				NULL, NULL);
	return STATUS_DONE;
}

static enum status check_count(const struct command *command, int n)
{
	const char *arguments = command->arguments;

	if (n < command->min_args)
		return complain(_("The command %1$s needs more: kmodtui %1$s %2$s"), command->name, arguments);
	if (command->max_args < 0 || n <= command->max_args)
		return STATUS_DONE;
	if (!command->max_args)
		return complain(_("The command %s takes no arguments."), command->name, NULL);
	return complain(_("The command %s takes only: %s."), command->name, arguments);
}

/* What the words mean together, after all of them were read. */
static enum status check_command(struct reader *reader, const struct command **command)
{
	const struct options *options = reader->options;
	enum status status;

	*command = NULL;
	if (reader->n_positional) {
		*command = cli_find(reader->positional[0]);
		if (!*command)
			return complain(_("There is no command %s. Try kmodtui --help."),
					reader->positional[0], NULL);
	}
	if (options->help || options->version)
		return STATUS_DONE;
	status = check_given(reader, *command);
	if (status || !*command)
		return status;
	return check_count(*command, reader->n_positional - 1);
}

enum status options_parse(int argc, char **argv, struct options *options,
			  const struct command **command, int *first)
{
	struct reader reader = { .argc = argc, .argv = argv, .next = 1, .options = options };
	enum status status = STATUS_DONE;
	int i, n;

	memset(options, 0, sizeof(*options));
	reader.positional = xcalloc((size_t)argc + 1, sizeof(*reader.positional));
	while (!status && reader.next < argc)
		status = read_word(&reader);
	if (!status)
		status = check_command(&reader, command);
	if (!status) {
		n = reader.n_positional ? reader.n_positional - 1 : 0;
		*first = argc - n;
		for (i = 0; i < n; i++)
			argv[*first + i] = reader.positional[1 + i];
	}
	free(reader.positional);
	return status;
}
