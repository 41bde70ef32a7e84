/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of options, for the reader and for --help. */
#ifndef KMT_CLI_OPTIONS_H
#define KMT_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/why.h"

struct command;
struct options;

enum option_whose {
	FOR_ALL,		/* the console and every command */
	FOR_CONSOLE,
	FOR_COMMANDS,		/* every command */
	FOR_SOME,		/* the console, and the commands that name it */
	FOR_ONE,		/* the commands that name it */
};

struct option_spec {
	const char *name;	/* long name; NULL ends the table */
	char letter;		/* short one, or 0 */
	enum option_whose whose;
	const char *argument;	/* what its value is called; NULL for a flag */
	bool flag;
	bool many;		/* may be given again: its member is a struct words */
	size_t offset;		/* of its member in struct options */
	const char *help;	/* N_() */
};

extern const struct option_spec options_table[];

/* Whether the option may be given with @command, NULL being the console. */
bool options_belong(const struct option_spec *spec, const struct command *command);

/* The work of cli_parse(), see cli.h. */
enum status options_parse(int argc, char **argv, struct options *options,
			  const struct command **command, int *first);

#endif
