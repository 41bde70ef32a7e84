/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text in columns: titles, then cells row by row, padded to one width a column. */
#ifndef KMT_CLI_TABLE_H
#define KMT_CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#define TABLE_COLUMNS_MAX 16

struct table {
	size_t n_columns;
	bool right[TABLE_COLUMNS_MAX];	/* numbers */
	char **cells;			/* as they are printed */
	size_t n, size;
};

#define TABLE_INIT { 0, { false }, NULL, 0, 0 }

/* All columns first, then the cells.  The title is ours. */
void table_column(struct table *table, const char *title, bool right);
/* The next cell; NULL or "" is shown as "-". */
void table_cell(struct table *table, const char *raw);
/* Prints it and releases it. */
void table_print(struct table *table);

#endif
