/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of options, for the reader and for --help. */
#ifndef KMT_CLI_OPTIONS_H
#define KMT_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct command;

enum option_whose {
	FOR_ALL,		/* the console and every command */
	FOR_CONSOLE,
	FOR_COMMANDS,		/* every command */
	FOR_ONE,		/* the commands that name it */
};

struct option_spec {
	const char *name;	/* long name; NULL ends the table */
	char letter;		/* short one, or 0 */
	enum option_whose whose;
	const char *argument;	/* what its value is called; NULL for a flag */
	bool flag;
	size_t offset;		/* of its member in struct options */
	const char *help;	/* N_() */
};

extern const struct option_spec option_specs[];

/* Whether the option may be given with @command, NULL being the console. */
bool option_belongs(const struct option_spec *spec, const struct command *command);

#endif
