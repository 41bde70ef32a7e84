/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/util.h"
#include "fuzz.h"
#include "kernel/modindex.h"
#include "kernel/modneeds.h"
#include "model/deptree.h"
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

/* Every walk ends, and has at most one row a need. */
static void check_needs(const char *text, size_t size)
{
	struct deptree_rows rows = DEPTREE_ROWS_INIT;
	struct deptree tree = DEPTREE_INIT;
	size_t i, links = 0;

	modneeds_parse(text, size, &tree);
	deptree_finish(&tree);
	for (i = 0; i < tree.n; i++)
		links += tree.v[i].needs.n;
	for (i = 0; i < tree.n && i < 8; i++) {
		deptree_walk(&tree, tree.v[i].name, i % 2, &rows);
		CHECK(rows.n <= links);
		deptree_rows_release(&rows);
	}
	deptree_release(&tree);
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
	check_needs((const char *)data, size);
	modlist_release(&dep);
	modlist_release(&builtin);
	return 0;
}
