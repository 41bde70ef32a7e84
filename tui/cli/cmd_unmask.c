/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui unmask: lets modules be loaded again. */
#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/mask.h"

static enum status run(struct cli *cli, int argc, char **argv)
{
	return mask_run(cli, argc, argv, false);
}

const struct command cmd_unmask = {
	.name = "unmask",
	.arguments = "NAME...",
	.summary = N_("Takes the masks of modules away again."),
	.options = "dry-run",
	.min_args = 1,
	.max_args = -1,
	.flags = COMMAND_CHANGES,
	.run = run,
};
