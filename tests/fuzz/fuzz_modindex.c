/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/util.h"
#include "fuzz.h"
#include "kernel/modindex.h"
#include "model/module.h"

static void check_list(const struct modlist *list, enum module_state state)
{
	const struct module *row;
	size_t i;

	for (i = 0; i < list->n; i++) {
		row = &list->v[i];
		CHECK(util_name_valid(row->name) && !strchr(row->name, '-'));
		CHECK(row->indexed && !row->loaded);
		CHECK(row->state == state && row->index_state == state);
		CHECK(row->path && strstr(row->path, ".ko") && !strchr(row->path, '\n'));
	}
}

/* The same text as modules.dep and as modules.builtin. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct modlist dep = MODLIST_INIT, builtin = MODLIST_INIT;
	size_t bad;

	bad = modindex_parse_dep((const char *)data, size, &dep);
	CHECK(dep.n + bad == fuzz_lines(data, size));
	check_list(&dep, MODULE_DISK);
	bad = modindex_parse_builtin((const char *)data, size, &builtin);
	CHECK(builtin.n + bad == fuzz_lines(data, size));
	check_list(&builtin, MODULE_BUILTIN);
	modlist_release(&dep);
	modlist_release(&builtin);
	return 0;
}
