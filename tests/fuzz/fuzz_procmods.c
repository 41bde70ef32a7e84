/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <limits.h>
#include <string.h>

#include "base/util.h"
#include "fuzz.h"
#include "kernel/procmods.h"
#include "model/module.h"

static void check_row(const struct module *row)
{
	size_t i;

	CHECK(util_name_live(row->name) && !strchr(row->name, '-'));
	CHECK(row->loaded && !row->indexed && !row->path);
	CHECK(row->state == MODULE_LIVE || row->state == MODULE_COMING || row->state == MODULE_GOING);
	CHECK(row->size >= -1 && row->size <= UINT_MAX);
	CHECK(row->refs >= -1);
	for (i = 0; i < row->users.n; i++)
		CHECK(util_name_live(row->users.v[i]));
	if (row->taint)
		CHECK(*row->taint && strspn(row->taint, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(row->taint));
}

/* Every line is a row or counted as bad, or both, and every row can be shown as it is. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct modlist list = MODLIST_INIT;
	size_t bad, i;

	bad = procmods_parse((const char *)data, size, &list);
	CHECK(list.n + bad >= fuzz_lines(data, size));
	CHECK(list.n <= fuzz_lines(data, size) && bad <= fuzz_lines(data, size));
	CHECK(list.unread == bad);
	for (i = 0; i < list.n; i++)
		check_row(&list.v[i]);
	modlist_release(&list);
	return 0;
}
