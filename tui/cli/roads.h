/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every road by which a module can get into the kernel, and every gate on all of them. */
#ifndef KMT_CLI_ROADS_H
#define KMT_CLI_ROADS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/policy.h"

struct module;

struct road {
	const char *name;	/* data: "command", "alias" ... */
	bool gate;		/* closed it closes all roads that load */
	bool loads;		/* a road that loads; not so loaded and builtin, which are there already */
	enum policy_tristate open;
	char *by;		/* what opens or closes it; NULL: nothing to say */
};

struct roads {
	struct road *v;
	size_t n, size;
};

#define ROADS_INIT { NULL, 0, 0 }

void roads_release(struct roads *roads);
/* Adds one; @by is taken over. */
struct road *roads_add(struct roads *roads, const char *name, enum policy_tristate open, char *by);
/* Whether @name is that of a road that loads, and so may be left out. */
bool roads_is_name(const char *name);
/* Whether a road that loads, other than those of @but ("file,alias"; NULL: any), is open and no gate is closed. */
enum policy_tristate roads_open(const struct roads *roads, const char *but);
/* All of them in one translated sentence; the caller frees. */
char *roads_verdict(const struct module *module, const struct roads *roads, const char *but);

#endif
