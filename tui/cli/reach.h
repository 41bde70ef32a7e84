/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a plan of modprobe comes to load a module, or is stopped before. */
#ifndef KMT_CLI_REACH_H
#define KMT_CLI_REACH_H

#include <stdbool.h>

#include "model/policy.h"

struct machine;

/*
 * Whether module @name is loaded when its turn comes.  Else *why_not says what stands in the way, the caller frees:
 * its own install line, or that of a module it needs and that is not loaded now.
 */
enum policy_tristate reach_itself(const struct machine *machine, const char *name, char **why_not);
/* Whether "modprobe NAME" is about the module of that name at all. */
bool reach_by_name(const struct machine *machine, const char *name);
/* Whether "modprobe USER" comes to module @name. */
bool reach_through(const struct machine *machine, const char *user, const char *name);
/*
 * The same by one of modprobe.d's aliases of @user.  kmod 30 goes by the soft dependencies of a name that no module has
 * when an alias leads there; its own name leads nowhere.
 */
bool reach_by_aliases(const struct machine *machine, const char *user, const char *name);

#endif
