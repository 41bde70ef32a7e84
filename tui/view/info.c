/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Details: what the module says of itself. */
#include <stdlib.h>
#include <string.h>

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
	draw_match(area.row, column, columns, &shown->order.filter.match, seen);
	draw_match(area.row, column, columns, &shown->search.match, seen);
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

bool view_info_find(const struct info *info, const struct match *match, size_t *line)
{
	size_t i, at, end;

	*line = 0;
	for (i = 0; i < info->n; i++) {
		at = 0;
		if (match_find(match, info->fields[i].value, &at, &end)) {
			*line += lines_before(info->fields[i].value, at);
			return true;
		}
		*line += value_lines(info->fields[i].value);
	}
	return false;
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
	(void)focus;
	if (!shown->selected) {
		draw_field(area.row, area.column + 1, area.columns - 1, STYLE_DIM,
			   _("No module is selected."));
		return;
	}
	if (shown->info_obstacle) {
		char *safe = text_safe(shown->info_obstacle);

		draw_field(area.row, area.column + 1, area.columns - 1, STYLE_WARN, safe);
		free(safe);
	}
	view_info_draw(view, shown, &shown->info, area);
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
