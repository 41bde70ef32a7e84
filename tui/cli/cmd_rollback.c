/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui rollback: answers what waits to be rolled back. */
#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/rollback.h"

static enum status run(struct cli *cli, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return rollback_answer(cli, PENDING_ROLL_BACK);
}

const struct command cmd_rollback = {
	.name = "rollback",
	.arguments = "",
	.summary = N_("Rolls back at once what waits for that."),
	.flags = COMMAND_CHANGES | COMMAND_LIVE,
	.run = run,
};
