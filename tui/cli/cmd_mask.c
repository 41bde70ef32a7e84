/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kmodtui mask: keeps modules from being loaded. */
#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/mask.h"

static enum status run(struct cli *cli, int argc, char **argv)
{
	return mask_run(cli, argc, argv, true);
}

const struct command cmd_mask = {
	.name = "mask",
	.arguments = "NAME...",
	.summary = N_("Keeps modules from being loaded by modprobe."),
	.options = "dry-run",
	.min_args = 1,
	.max_args = -1,
	.flags = COMMAND_CHANGES,
	.run = run,
};
