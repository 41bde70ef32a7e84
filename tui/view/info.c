/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details: what the module says of itself. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "view/view.h"

#define KEY_COLUMNS 14

/* Line ends in the first bytes of a value: a signature or a licence text may have several. */
static size_t lines_before(const char *value, size_t len)
{
	size_t i, n = 0;

	for (i = 0; i < len; i++)
		n += value[i] == '\n';
	return n;
}

static size_t value_lines(const char *value)
{
	return 1 + lines_before(value, strlen(value));
}

/* What search or filter found in it stands out.  Tabs in front are left out: the column indents further lines. */
static void draw_value_line(const struct shown *shown, struct area area, int left, const char *line, size_t len)
{
	int column = area.column + KEY_COLUMNS, columns = area.columns - KEY_COLUMNS;
	size_t tabs = MIN(strspn(line, "\t"), len);
	char *copy = strndup(line + tabs, len - tabs), *safe = text_safe(copy), *seen;

	seen = safe + text_cut(safe, left);
	draw_field(area.row, column, columns, STYLE_NORMAL, seen);
	draw_match((struct pen){ area.row, column, column + columns }, STYLE_NORMAL, &shown->order.filter.match, seen);
	draw_match((struct pen){ area.row, column, column + columns }, STYLE_NORMAL, &shown->search.match, seen);
	free(copy);
	free(safe);
}

/* Draws the lines of one field that fall into the window that starts at @top. */
static size_t draw_info_field(const struct view *view, const struct shown *shown, struct area area,
			      const struct info_field *field, size_t at)
{
	const char *line = field->value;
	size_t i, n = value_lines(line), top = view->list.top;

	for (i = 0; i < n; i++, at++) {
		size_t len = strcspn(line, "\n");

		if (at >= top && at < top + (size_t)area.rows) {
			char *key = text_safe(i ? "" : field->key);

			draw_field(area.row + (int)(at - top), area.column + 1, KEY_COLUMNS - 2,
				   STYLE_NAME, key);
			draw_value_line(shown, (struct area){ area.row + (int)(at - top), area.column,
				1, area.columns }, view->left, line, len);
			free(key);
		}
		line += len + (line[len] == '\n');
	}
	return at;
}

static size_t count_lines(const struct info *info)
{
	size_t i, n = 0;

	for (i = 0; i < info->n; i++)
		n += value_lines(info->fields[i].value);
	return n;
}

static void add(struct info *info, const char *key, const char *value)
{
	if (value && *value)
		info_add(info, key, value, strlen(value));
}

/* "/lib/modules/6.1.0/kernel/fs/ext4/ext4.ko", as modinfo's first line. */
static void add_file(const struct shown *shown, const struct module *module, struct info *out)
{
	struct buf text = BUF_INIT;

	if (shown->info_obstacle)
		buf_addstr(&text, shown->info_obstacle);
	else if (module->path && module->path[0] != '/' && module->state != MODULE_BUILTIN && shown->policy.kernel)
		buf_printf(&text, "/lib/modules/%s/%s", shown->policy.kernel, module->path);
	else if (module->state == MODULE_BUILTIN)
		buf_addstr(&text, _("none: it is part of the kernel image"));
	else
		buf_addstr(&text, module->path ? module->path : shown->info.path ? shown->info.path : "");
	add(out, _("file"), buf_str(&text));
	buf_release(&text);
}

static void add_state(const struct module *module, struct info *out)
{
	struct buf text = BUF_INIT;
	char size[16];

	buf_addstr(&text, module_state_name(module->state));
	if (module->size >= 0)
		buf_printf(&text, _(", %s (%lld bytes)"), text_size(size, module->size), module->size);
	if (module->taint && *module->taint)
		buf_printf(&text, _(", taint %s"), module->taint);
	if (module->masked)
		buf_addstr(&text, _(", masked"));
	if (module->at_boot)
		buf_addstr(&text, _(", loaded at boot"));
	if (module->optioned)
		buf_addstr(&text, _(", has permanent options"));
	add(out, _("state"), buf_str(&text));
	buf_release(&text);
}

static void add_users(const struct module *module, struct info *out)
{
	char *users = strv_join(&module->users, " ");
	struct buf text = BUF_INIT;

	if (module->refs >= 0) {
		buf_printf(&text, ngettext("%d reference", "%d references", (unsigned long)module->refs),
			   module->refs);
		if (*users)
			buf_printf(&text, _(", by %s"), users);
		add(out, _("in use"), buf_str(&text));
	}
	free(users);
	buf_release(&text);
}

/* What one reads first stands first; of the rest the order is modinfo's.  The signature comes last. */
static unsigned rank(const char *key)
{
	static const struct { const char *key; unsigned rank; } ranks[] = {
		{ "description", 0 }, { "author", 1 }, { "version", 2 }, { "license", 2 }, { "parm", 3 },
		{ "parmtype", 3 }, { "depends", 3 }, { "softdep", 3 }, { "firmware", 4 }, { "alias", 5 }, { "sig_id", 6 },
		{ "signer", 6 }, { "sig_key", 6 }, { "sig_hashalgo", 6 }, { "signature", 7 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ranks); i++)
		if (!strcmp(ranks[i].key, key))
			return ranks[i].rank;
	return 4;
}

/* The bytes of a signature say nothing to anybody: one line stands for them. */
static void add_folded(const struct info_field *field, struct info *out)
{
	struct buf text = BUF_INIT;
	size_t n = value_lines(field->value);

	buf_add(&text, field->value, MIN(strcspn(field->value, "\n"), (size_t)12));
	buf_printf(&text, ngettext("%s %zu line; Enter shows it", "%s %zu lines; Enter shows them", n),
		   term_ascii() ? ".." : "…", n);
	add(out, field->key, buf_str(&text));
	buf_release(&text);
}

/* All that the tab shows, from its first line on; the caller releases @out. */
static void arrange(const struct shown *shown, bool unfolded, struct info *out)
{
	const struct info *info = &shown->info;
	unsigned r;
	size_t i;

	*out = (struct info)INFO_INIT;
	add_file(shown, shown->selected, out);
	add_state(shown->selected, out);
	add_users(shown->selected, out);
	for (r = 0; r < 8; r++)
		for (i = 0; i < info->n; i++) {
			if (rank(info->fields[i].key) != r)
				continue;
			if (r == 7 && !unfolded && value_lines(info->fields[i].value) > 1)
				add_folded(&info->fields[i], out);
			else
				info_add(out, info->fields[i].key, info->fields[i].value,
					 strlen(info->fields[i].value));
		}
}

bool view_info_find(const struct view *view, const struct shown *shown, size_t *line)
{
	const struct match *match = &shown->search.match;
	struct info info;
	size_t i, at, end;
	bool found = false;

	*line = 0;
	if (!shown->selected)
		return false;
	arrange(shown, view->unfolded, &info);
	for (i = 0; i < info.n && !found; i++) {
		at = 0;
		found = match_find(match, info.fields[i].value, &at, &end);
		*line += found ? lines_before(info.fields[i].value, at) : value_lines(info.fields[i].value);
	}
	info_release(&info);
	return found;
}

void view_info_draw(struct view *view, const struct shown *shown, const struct info *info, struct area area)
{
	size_t i, at = 0;

	list_fit(&view->list, count_lines(info), (size_t)MAX(area.rows, 0));
	for (i = 0; i < info->n; i++)
		at = draw_info_field(view, shown, area, &info->fields[i], at);
}

static void info_draw(struct view *view, const struct shown *shown, struct area area, bool focus)
{
	struct info info;

	(void)focus;
	if (!shown->selected) {
		draw_field(area.row, area.column + 1, area.columns - 1, STYLE_DIM,
			   _("No module is selected."));
		return;
	}
	arrange(shown, view->unfolded, &info);
	view_info_draw(view, shown, &info, area);
	info_release(&info);
}

/* There is no cursor to see: up and down scroll. */
void view_info_move(struct view *view, const struct shown *shown, enum motion motion)
{
	(void)shown;
	if (motion == MOTION_LEFT)
		view->left = MAX(view->left - 8, 0);
	else if (motion == MOTION_RIGHT)
		view->left = MIN(view->left + 8, 4096);
	list_scroll(&view->list, motion);
}

const struct view_ops view_info = {
	.name = "info",
	.title = N_("Info"),
	.draw = info_draw,
	.move = view_info_move,
};
