/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of all modules of a root, for the commands that look at more than one. */
#ifndef KMT_CLI_MACHINE_H
#define KMT_CLI_MACHINE_H

#include "kernel/modprobed.h"
#include "model/deptree.h"
#include "model/module.h"
#include "model/why.h"

struct kmod_lib;
struct root;

struct machine {
	const struct root *root;
	struct kmod_lib *lib;
	struct modprobed conf;
	struct modtable table;
	struct deptree tree;
	bool told;			/* what is missing in the module directory */
};

/* STATUS_DONE, or another one after a line on stderr.  Release in both cases. */
enum status machine_read(struct machine *machine, const struct root *root);
void machine_release(struct machine *machine);
/*
 * The row of module @name, or NULL after a line on stderr that says there is none, with *status.
 */
const struct module *machine_find(const struct machine *machine, const char *name, enum status *status);
/* "live", "disk" ...; "missing" for a name no module has. */
const char *machine_state(const struct machine *machine, const char *name);

#endif
