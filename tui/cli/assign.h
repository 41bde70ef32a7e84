/* SPDX-License-Identifier: GPL-2.0-or-later */
/* PARAM=VALUE words that are to be given at load, now or by the configuration. */
#ifndef KMT_CLI_ASSIGN_H
#define KMT_CLI_ASSIGN_H

#include "model/why.h"

struct facts;

struct assign {
	const char *name;		/* as the module spells it; of @facts or constant */
	const char *value;		/* within the word */
};

/*
 * Does the module have the parameter, does the value fit its type, can the kernel be given it at load?
 * STATUS_DONE, or STATUS_USAGE with *sentence (the caller frees).
 */
enum status assign_parse(struct facts *facts, const char *word, struct assign *assign,
			 char **sentence);

#endif
