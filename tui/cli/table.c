/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "cli/out.h"

static void push(struct table *table, const char *raw)
{
	if (table->n == table->size) {
		table->size = table->size ? table->size * 2 : 64;
		table->cells = xrealloc(table->cells, table->size, sizeof(*table->cells));
	}
	table->cells[table->n++] = out_string(raw && *raw ? raw : NULL);
}

void table_column(struct table *table, const char *title, bool right)
{
	table->right[table->n_columns++] = right;
	push(table, title);
}

void table_cell(struct table *table, const char *raw)
{
	push(table, raw);
}

/* The last column ends the line: nothing is padded behind it. */
static void print_cell(const struct table *table, size_t i, int width)
{
	const char *text = table->cells[i];
	size_t column = i % table->n_columns;
	bool last = column + 1 == table->n_columns;
	int pad = MAX(width - out_width(text), 0);

	if (table->right[column])
		out_printf("%*s%s%s", pad, "", text, last ? "\n" : "  ");
	else if (last)
		out_printf("%s\n", text);
	else
		out_printf("%s%*s  ", text, pad, "");
}

void table_print(struct table *table)
{
	int width[TABLE_COLUMNS_MAX] = { 0 };
	size_t i, column;

	for (i = 0; i < table->n; i++) {
		column = i % table->n_columns;
		width[column] = MAX(width[column], out_width(table->cells[i]));
	}
	for (i = 0; i < table->n; i++)
		print_cell(table, i, width[i % table->n_columns]);
	for (i = 0; i < table->n; i++)
		free(table->cells[i]);
	free(table->cells);
	memset(table, 0, sizeof(*table));
}
