/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui keep: answers what waits to be rolled back. */
#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/rollback.h"

static enum status run(struct cli *cli, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return rollback_answer(cli, PENDING_KEEP);
}

const struct command cmd_keep = {
	.name = "keep",
	.arguments = "",
	.summary = N_("Keeps what waits to be rolled back."),
	.flags = COMMAND_CHANGES | COMMAND_LIVE,
	.run = run,
};
