/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/machine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/util.h"
#include "cli/missing.h"
#include "cli/out.h"
#include "kernel/kmod_lib.h"
#include "kernel/kmod_tree.h"
#include "kernel/modindex.h"
#include "kernel/procmods.h"
#include "kernel/root.h"

enum status machine_read(struct machine *machine, const struct root *root)
{
	struct modlist list = MODLIST_INIT;
	int err;

	memset(machine, 0, sizeof(*machine));
	machine->root = root;
	err = kmod_lib_open(&machine->lib, root);
	if (err && err != -ENOENT)
		return out_error(STATUS_FAILED, NULL, _("libkmod does not start: %s."),
				 strerror(-err));
	if (root->live && !procmods_read(root, &list))
		modtable_update(&machine->table, MODTABLE_LIVE, &list, util_now_ms(), NULL);
	modlist_release(&list);
	modindex_read(root, &list);
	modtable_update(&machine->table, MODTABLE_INDEX, &list, util_now_ms(), NULL);
	modlist_release(&list);
	modprobed_read(&machine->conf, root);
	machine->told = missing_remark(root);
	kmod_tree_read(machine->lib, &machine->conf, &machine->table, &machine->tree);
	return STATUS_DONE;
}

void machine_release(struct machine *machine)
{
	deptree_release(&machine->tree);
	modtable_release(&machine->table);
	modprobed_release(&machine->conf);
	kmod_lib_close(machine->lib);
	memset(machine, 0, sizeof(*machine));
}

const struct module *machine_find(const struct machine *machine, const char *name, enum status *status)
{
	const struct module *module = NULL;
	char *sentence;

	*status = STATUS_DONE;
	if (util_name_live(name))
		module = modtable_find(&machine->table, name);
	if (module)
		return module;
	sentence = missing_sentence(machine->told ? NULL : machine->root, &machine->conf, name);
	*status = out_error(STATUS_NOT_FOUND, name, "%s", sentence);
	free(sentence);
	return NULL;
}

const char *machine_state(const struct machine *machine, const char *name)
{
	const struct module *module = modtable_find(&machine->table, name);

	return module ? module_state_name(module->state) : "missing";
}
