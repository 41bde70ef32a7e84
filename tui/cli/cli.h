/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command line.  One command is one file cmd_<name>.c with one const struct command,
 * named in the table of cli.c.  Every change of the running system is one of these (law L4).
 */
#ifndef KMT_CLI_CLI_H
#define KMT_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "kernel/root.h"
#include "model/why.h"

/* An option that may be given again: its values in their order. */
struct words {
	const char *v[32];
	size_t n;
};

/* Everything the options said.  NULL and false mean: not given. */
struct options {
	const char *root, *kernel;
	bool json, readonly, ascii, safe, raw, help, version;
	const char *columns;		/* -o */
	const char *script, *record, *replay, *theme, *colors;	/* console only */
	bool no_mouse;
	const char *elevate;		/* console only; NULL: auto */
	bool started;
	const char *timeout;		/* as given, */
	unsigned timeout_s;		/* and read: 0 none */
	/* of commands */
	bool all, dry_run, run_install, users, follow, wall, boot, remove, unbound, strict, even_if_carrying;
	bool allow_open;
	const char *ignore;		/* audit: roads that do not count */
	const char *state, *level, *module, *rollback;
	bool debug, once;
	const char *cycles, *source, *accept;
	struct words with;
};

#define COMMAND_CHANGES  1u	/* changes the running system: refuses --readonly (3) */
#define COMMAND_LIVE     2u	/* acts on the running kernel: refuses --root (2) */
#define COMMAND_HIDDEN   4u	/* for programs: not in the help */

struct record;

struct cli {
	const struct options *options;
	struct root root;		/* open when run is called */
	struct record *record;		/* what goes to the journal; NULL: nothing does */
};

struct command {
	const char *name;
	const char *arguments;		/* "NAME PARAM=VALUE..." */
	const char *summary;		/* N_() one sentence for --help */
	const char *options;		/* of the long options above that belong to commands: "all state"; NULL none */
	int min_args, max_args;		/* max -1: any number */
	unsigned flags;
	/* Runs and prints; returns an exit status. */
	enum status (*run)(struct cli *cli, int argc, char **argv);
};

extern const struct command *const cli_commands[];	/* NULL-terminated */
const struct command *cli_find(const char *name);

/*
 * Reads the command line: options may stand before or after the command.  *command is NULL for the console.
 * The arguments of the command are left in argv[*first] to argv[argc - 1].  STATUS_DONE, or STATUS_USAGE after a line on stderr.
 */
enum status cli_parse(int argc, char **argv, struct options *options,
		      const struct command **command, int *first);
/* Runs @command with what cli_parse() left. */
enum status cli_run(const struct options *options, const struct command *command, int argc, char **argv);
/* --help, and --help of one command. */
void cli_help(const struct command *command);

#endif
