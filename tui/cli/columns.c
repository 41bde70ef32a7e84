/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/out.h"
#include "cli/table.h"
#include "model/module.h"

/* A cell of -o; the caller frees.  NULL: unknown. */
static char *cell_state(const struct module *module)
{
	return xstrdup(module_state_name(module->state));
}

static char *cell_name(const struct module *module)
{
	return xstrdup(module->name);
}

static char *cell_number(bool known, long long number)
{
	struct buf text = BUF_INIT;

	if (!known)
		return NULL;
	buf_printf(&text, "%lld", number);
	return buf_detach(&text);
}

static char *cell_size(const struct module *module)
{
	return cell_number(module->size >= 0, module->size);
}

static char *cell_refs(const struct module *module)
{
	return cell_number(module->refs >= 0, module->refs);
}

static char *cell_users(const struct module *module)
{
	return module->users.n ? strv_join(&module->users, ",") : NULL;
}

static char *cell_taint(const struct module *module)
{
	return xstrdup(module->taint);
}

static char *cell_path(const struct module *module)
{
	return xstrdup(module->path);
}

static char *cell_description(const struct module *module)
{
	return xstrdup(module->description);
}

static const struct column {
	const char *name, *title;
	char *(*cell)(const struct module *module);
	bool right;
} known[] = {
	{ "state", "STATE", cell_state, false },
	{ "name", "NAME", cell_name, false },
	{ "size", "SIZE", cell_size, true },
	{ "refs", "REFS", cell_refs, true },
	{ "users", "USERS", cell_users, false },
	{ "taint", "TAINT", cell_taint, false },
	{ "path", "PATH", cell_path, false },
	{ "description", "DESCRIPTION", cell_description, false },
};

static enum status unknown(const char *name)
{
	struct buf names = BUF_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(known); i++) {
		buf_addstr(&names, i ? ", " : "");
		buf_addstr(&names, known[i].name);
	}
	out_error(STATUS_USAGE, "list", _("There is no column %s; the columns are: %s."), name,
		  buf_str(&names));
	buf_release(&names);
	return STATUS_USAGE;
}

static const struct column *find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(known); i++)
		if (!strcmp(known[i].name, name))
			return &known[i];
	return NULL;
}

enum status columns_parse(struct columns *columns, const char *text)
{
	enum status status = STATUS_DONE;
	size_t len;
	char *name;

	for (; !status; text += len + 1) {
		len = strcspn(text, ",");
		name = xstrndup(text, len);
		columns->v[columns->n] = find(name);
		if (!columns->v[columns->n++])
			status = unknown(name);
		else if (columns->n == TABLE_COLUMNS_MAX)
			status = out_error(STATUS_USAGE, "list", _("These are too many columns."));
		free(name);
		if (!text[len])
			break;
	}
	return status;
}

bool columns_have(const struct columns *columns, const char *name)
{
	size_t i;

	for (i = 0; i < columns->n; i++)
		if (!strcmp(columns->v[i]->name, name))
			return true;
	return false;
}

const char *columns_name(size_t i)
{
	return i < ARRAY_SIZE(known) ? known[i].name : NULL;
}

void columns_print(const struct columns *columns, struct module *const *rows, size_t n)
{
	struct table table = TABLE_INIT;
	size_t row, column;
	char *text;

	for (column = 0; column < columns->n; column++)
		table_column(&table, columns->v[column]->title,
			     columns->v[column]->right);
	for (row = 0; row < n; row++) {
		for (column = 0; column < columns->n; column++) {
			text = columns->v[column]->cell(rows[row]);
			table_cell(&table, text);
			free(text);
		}
	}
	table_print(&table);
}
