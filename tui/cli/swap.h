/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A module whose file takes the place of the one that is loaded, and a way back to that. */
#ifndef KMT_CLI_SWAP_H
#define KMT_CLI_SWAP_H

#include <stdbool.h>

#include "cli/facts.h"
#include "model/why.h"

struct act;
struct root;
struct step;

struct swap {
	struct facts old;		/* of the file that is loaded, with a copy of its bytes */
	bool has;
};

/* Takes @facts over, which is empty then: their file is what is loaded now. */
void swap_keep(struct swap *swap, struct facts *facts);
void swap_release(struct swap *swap);
/* Whether the file @facts are of is the one that is loaded, as far as the kernel tells. */
bool swap_is_loaded(const struct root *root, const struct facts *facts);
/*
 * Unloads the module of @facts if it is loaded, with the care unload takes, and loads what @step says.  *gone: the old
 * one is not there any more.
 */
enum status swap_run(struct act *act, struct facts *facts, const struct step *step, bool *gone);
/* Loads the old one again: as it was in @file, or, when that was not kept, what the module directory has. */
enum status swap_back(struct swap *swap, struct act *act, struct facts *facts, const char *file,
		      const char *options);

#endif
