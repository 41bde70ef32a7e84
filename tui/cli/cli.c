/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of commands, and what all of them share around their run. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/out.h"
#include "cli/record.h"
#include "cli/rollback.h"

const struct command *const cli_commands[] = {
	&cmd_list, &cmd_info, &cmd_tree, &cmd_holders, &cmd_which, &cmd_audit, &cmd_search,
	&cmd_params, &cmd_set, &cmd_load, &cmd_unload, &cmd_reload, &cmd_persist, &cmd_mask, &cmd_unmask,
	&cmd_try, &cmd_watch,
	&cmd_journal, &cmd_undo, &cmd_keep, &cmd_rollback, &cmd_log, &cmd_status, &cmd_complete,
	NULL,
};

const struct command *cli_find(const char *name)
{
	const struct command *const *command;

	for (command = cli_commands; *command; command++)
		if (!strcmp((*command)->name, name))
			return *command;
	return NULL;
}

enum status cli_parse(int argc, char **argv, struct options *options,
		      const struct command **command, int *first)
{
	return options_parse(argc, argv, options, command, first);
}

static enum status root_error(const struct options *options, int err)
{
	if (err == -EINVAL)
		return out_error(STATUS_USAGE, options->kernel,
				 _("This is not the name of a kernel version."));
	return out_error(err == -EACCES || err == -EPERM ? STATUS_DENIED : STATUS_NOT_FOUND,
			 options->root ? options->root : "/",
			 _("The directory can not be read: %s."), strerror(-err));
}

/* What the flags of @command forbid with these options. */
static enum status check_flags(const struct options *options, const struct command *command)
{
	if ((command->flags & COMMAND_LIVE) && options->root)
		return out_error(STATUS_USAGE, command->name,
				 _("It acts on the running kernel and does not go with --root."));
	if ((command->flags & COMMAND_CHANGES) && options->readonly && !options->dry_run)
		return out_error(STATUS_DENIED, command->name,
				 _("It would change the running kernel, and --readonly forbids that."));
	return STATUS_DONE;
}

/* What it changes goes to the journal. */
static enum status run_recorded(struct cli *cli, const struct command *command, int argc, char **argv)
{
	struct record record;
	enum status status;

	record_begin(&record, cli, command);
	status = rollback_begin(cli, command, argc, argv);
	if (status) {
		record_drop(cli);
		return status;
	}
	status = command->run(cli, argc, argv);
	record_end(cli, command, argv, argc, status);
	rollback_end(&record);
	return status;
}

enum status cli_run(const struct options *options, const struct command *command,
		    int argc, char **argv)
{
	struct cli cli = { .options = options };
	enum status status;
	int err;

	out_init(options);
	if (options->started) {
		out_printf("\n");
		out_flush();
	}
	status = check_flags(options, command);
	if (status)
		return status;
	err = root_init(&cli.root, options->root, options->kernel);
	if (err)
		return root_error(options, err);
	if (options->kernel && !cli.root.module_dir)
		status = out_error(STATUS_NOT_FOUND, options->kernel,
				   _("There are no modules of this kernel here."));
	else if ((command->flags & COMMAND_LIVE) && !cli.root.live)
		status = out_error(STATUS_USAGE, command->name,
				   _("It acts on the running kernel, which is not %s."),
				   cli.root.kernel);
	else
		status = run_recorded(&cli, command, argc, argv);
	root_release(&cli.root);
	status = out_finish(status, command->flags & COMMAND_CHANGES && !options->dry_run);
	interrupt_finish();
	return status;
}

/* The lines of the options that go with @command (NULL: the console), general ones or its own. */
static void help_options(const struct command *command, bool own)
{
	const struct option_spec *spec;
	char left[64], letter[8];

	for (spec = options_table; spec->name; spec++) {
		if ((spec->whose == FOR_ONE) != own || (command && !options_belong(spec, command)))
			continue;
		snprintf(letter, sizeof(letter), spec->letter ? "-%c, " : "    ", spec->letter);
		snprintf(left, sizeof(left), "%s--%s%s%s", letter, spec->name,
			 spec->argument ? " " : "", spec->argument ? spec->argument : "");
		out_printf("  %-24s %s\n", left, _(spec->help));
	}
}

static void help_command(const struct command *command)
{
	out_printf(_("Usage: kmodtui [OPTIONS] %s%s%s\n"), command->name, *command->arguments ? " " : "",
		   command->arguments);
	out_printf("\n%s\n", _(command->summary));
	if (command->options) {
		out_printf(_("\nOptions of this command:\n"));
		help_options(command, true);
	}
	out_printf(_("\nGeneral options:\n"));
	help_options(command, false);
}

void cli_help(const struct command *command)
{
	const struct command *const *each;
	char left[64];

	if (command) {
		help_command(command);
		return;
	}
	out_printf(_("Usage: kmodtui [OPTIONS]\n"
		     "       kmodtui [OPTIONS] COMMAND [ARGUMENTS]\n\n"
		     "Without a command the console opens.\n\nCommands:\n"));
	for (each = cli_commands; *each; each++) {
		if ((*each)->flags & COMMAND_HIDDEN)
			continue;
		snprintf(left, sizeof(left), "%s %s", (*each)->name, (*each)->arguments);
		out_printf("  %-35s %s\n", left, _((*each)->summary));
	}
	out_printf(_("\nGeneral options:\n"));
	help_options(NULL, false);
	out_printf(_("\nOptions of some commands (see kmodtui COMMAND --help):\n"));
	help_options(NULL, true);
	out_printf(_("\nExit status: 0 done, 1 failed, 2 usage, 3 no privilege, 4 no such module or file,\n"
		     "5 in use, 6 refused by the kernel. The manual page kmodtui(8) says more.\n"));
}
