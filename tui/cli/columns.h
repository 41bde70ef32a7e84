/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The columns of kmodtui list -o: one table of what each one shows. */
#ifndef KMT_CLI_COLUMNS_H
#define KMT_CLI_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/table.h"
#include "model/why.h"

struct column;
struct module;

struct columns {
	const struct column *v[TABLE_COLUMNS_MAX];
	size_t n;
};

/* "name,size": STATUS_DONE, or STATUS_USAGE after a line on stderr that names the known ones. */
enum status columns_parse(struct columns *columns, const char *text);
bool columns_have(const struct columns *columns, const char *name);
/* The name of the @i-th column there is; NULL behind the last. */
const char *columns_name(size_t i);
void columns_print(const struct columns *columns, struct module *const *rows, size_t n);

#endif
