/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mask and unmask: keep modules from being loaded, by a file of our own. */
#ifndef KMT_CLI_MASK_H
#define KMT_CLI_MASK_H

#include <stdbool.h>

#include "model/why.h"

struct cli;

/* Masks the modules @argv, or takes their masks away; the names are normalised in place. */
enum status mask_run(struct cli *cli, int argc, char **argv, bool masked);

#endif
