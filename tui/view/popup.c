/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A window above the others: a text, a menu, or a question whose answer is no unless one says yes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "view/view.h"

void popup_open(struct popup *popup, enum popup_kind kind, const char *title)
{
	popup_close(popup);
	popup->kind = kind;
	popup->title = xstrdup(title);
}

void popup_close(struct popup *popup)
{
	free(popup->title);
	free(popup->heads);
	match_release(&popup->find);
	strv_release(&popup->lines);
	*popup = (struct popup){ 0 };
}

void popup_head(struct popup *popup, const char *text)
{
	popup->heads = xrealloc(popup->heads, popup->n_heads + 1, sizeof(*popup->heads));
	popup->heads[popup->n_heads++] = popup->lines.n;
	strv_push(&popup->lines, text);
}

static bool is_head(const struct popup *popup, size_t line)
{
	size_t i;

	for (i = 0; i < popup->n_heads; i++)
		if (popup->heads[i] == line)
			return true;
	return false;
}

static size_t heads_above(const struct popup *popup, size_t line)
{
	size_t n = 0;

	while (n < popup->n_heads && popup->heads[n] < line)
		n++;
	return n;
}

void popup_settle(struct popup *popup, enum motion motion)
{
	struct list *list = &popup->list;
	bool up = motion == MOTION_UP || motion == MOTION_PAGE_UP;

	list_fit(list, popup->lines.n, list->height);
	while (up && list->cursor && is_head(popup, list->cursor))
		list_move(list, MOTION_UP);
	while (is_head(popup, list->cursor) && list->cursor + 1 < list->n)
		list_move(list, MOTION_DOWN);
	/* The heading above the first line is seen as well. */
	while (list->top && is_head(popup, list->top - 1) && list->cursor < list->top + list->height - 1)
		list->top--;
}

void popup_move(struct popup *popup, enum motion motion)
{
	list_fit(&popup->list, popup->lines.n, popup->list.height);
	/* A text has no cursor to see: the window moves at once. */
	if (!popup_has_cursor(popup)) {
		list_scroll(&popup->list, motion);
	} else {
		list_move(&popup->list, motion);
		popup_settle(popup, motion);
	}
}

bool popup_find(struct popup *popup, int step, bool here)
{
	struct list *list = &popup->list;
	size_t i, n = popup->lines.n, at;

	if (!popup->find.text)
		return false;
	for (i = here ? 0 : 1; i <= n && n; i++) {
		at = (list->cursor + n + (step > 0 ? i : n - i % n)) % n;
		if (match_text(&popup->find, popup->lines.v[at])) {
			list_set(list, at);
			return true;
		}
	}
	return false;
}

/* Which line that matches the last one found is, from the first on; 0: none. */
static size_t count_found(const struct popup *popup, size_t *n)
{
	size_t i, nth = 0;

	*n = 0;
	for (i = 0; popup->find.text && i < popup->lines.n; i++) {
		*n += match_text(&popup->find, popup->lines.v[i]);
		nth = i <= popup->list.cursor ? *n : nth;
	}
	return nth;
}

bool popup_has_cursor(const struct popup *popup)
{
	return popup->kind == POPUP_MENU || popup->kind == POPUP_SETUP;
}

static int widest_line(const struct popup *popup)
{
	char *title = text_safe(popup->title);
	int width = text_width(title) + 4;
	size_t i;

	free(title);
	for (i = 0; i < popup->lines.n; i++) {
		char *safe = text_safe(popup->lines.v[i]);

		width = MAX(width, text_width(safe));
		free(safe);
	}
	return MAX(width, popup->kind != POPUP_CONFIRM ? 0 : popup->third ? 24 + text_width(popup->third_label) : 24);
}

/* A text that is too long stands in two columns if there is room for them. */
static int text_columns(const struct popup *popup, int columns, int rows)
{
	bool two = popup->kind == POPUP_TEXT && (int)popup->lines.n + 2 > rows - 1 &&
		   2 * (widest_line(popup) + 2) + 2 <= columns;

	return two ? 2 : 1;
}

/* Lines in the first column.  A heading, which stands behind an empty line, is not the last one of it. */
static size_t first_column(const struct popup *popup, int n_columns)
{
	size_t n = popup->lines.n, half = (n + 1) / 2;

	if (n_columns == 1)
		return n;
	return half >= 2 && !*popup->lines.v[half - 2] ? half - 1 : half;
}

/* The middle of the screen, as large as the text needs and no larger than the screen. */
static struct area popup_area(const struct popup *popup, int columns, int rows)
{
	int extra = popup->kind == POPUP_CONFIRM ? 4 : 2;
	int n = text_columns(popup, columns, rows), first = (int)first_column(popup, n);
	int lines = MAX(first, (int)popup->lines.n - first);
	int w = MIN(n * (widest_line(popup) + 2) + 2, columns), h = MIN(lines + extra, rows - 1);

	h = MAX(h, MIN(3, rows));
	return (struct area){ MAX((rows - 1 - h) / 2, 0), (columns - w) / 2, h, w };
}

static void draw_answers(const struct popup *popup, struct area inside)
{
	struct pen pen = draw_pen(inside, inside.rows - 1);

	pen.column++;
	draw_hit((struct hit){ HIT_KEY, PANE_POPUP, 'y', pen.row, pen.column, pen.column + 7 });
	draw_text(&pen, popup->yes ? STYLE_CURSOR : STYLE_NORMAL, _("[y] Yes"));
	draw_text(&pen, STYLE_NORMAL, "   ");
	draw_hit((struct hit){ HIT_KEY, PANE_POPUP, 'n', pen.row, pen.column, pen.column + 6 });
	draw_text(&pen, popup->yes ? STYLE_NORMAL : STYLE_CURSOR, _("[n] No"));
	if (!popup->third)
		return;
	draw_text(&pen, STYLE_NORMAL, "   ");
	draw_hit((struct hit){ HIT_KEY, PANE_POPUP, popup->third, pen.row, pen.column,
			       pen.column + 4 + text_width(popup->third_label) });
	draw_format(&pen, STYLE_NORMAL, "[%c] %s", (char)popup->third, popup->third_label);
}

static void draw_line(const struct popup *popup, size_t at, int row, struct area inside)
{
	bool cursor = popup_has_cursor(popup) && at == popup->list.cursor, head = is_head(popup, at);
	enum style style = cursor ? STYLE_CURSOR : head ? STYLE_NAME : STYLE_NORMAL;
	char *safe = text_safe(popup->lines.v[at]), *keys = xstrndup(safe, text_cut(safe, popup->key_columns));

	draw_field(inside.row + row, inside.column, inside.columns, style, "");
	draw_field(inside.row + row, inside.column + 1, inside.columns - 2, style, safe);
	if (popup->key_columns && !cursor && !head && strlen(safe) > strlen(keys))
		draw_field(inside.row + row, inside.column + 1, MIN(popup->key_columns, inside.columns - 2),
			   STYLE_STRONG, keys);
	draw_match((struct pen){ inside.row + row, inside.column + 1, inside.column + inside.columns - 1 }, style,
		   &popup->find, safe);
	free(keys);
	draw_hit((struct hit){ HIT_ROW, PANE_POPUP, (unsigned)at, inside.row + row, inside.column,
			       inside.column + inside.columns });
	free(safe);
}

/* Down the first column, then down the second. */
static void draw_lines(struct popup *popup, struct area inside, int n_columns)
{
	size_t i, rows = (size_t)MAX(inside.rows, 1), first = first_column(popup, n_columns);

	if (first > rows || popup->lines.n - first > rows)
		first = rows;
	list_fit(&popup->list, popup->lines.n, rows * (size_t)n_columns);
	inside.columns /= n_columns;
	for (i = 0; i < popup->list.height && popup->list.top + i < popup->lines.n; i++) {
		struct area column = inside;

		column.column += i < first ? 0 : inside.columns;
		draw_line(popup, popup->list.top + i, (int)(i < first ? i : i - first), column);
	}
}

/* Where one is, when not all of it is in sight. */
static void draw_place(const struct popup *popup, struct pen *pen)
{
	const struct list *list = &popup->list;
	size_t n = popup->lines.n, heads = heads_above(popup, list->cursor);
	char text[64];
	int width;

	if (list->height >= n)
		return;
	if (popup_has_cursor(popup))
		snprintf(text, sizeof(text), _(" %zu of %zu "), list->cursor + 1 - heads,
			 n - popup->n_heads);
	else
		snprintf(text, sizeof(text), _(" %zu to %zu of %zu "), list->top + 1,
			 MIN(list->top + list->height, n), n);
	width = text_width(text);
	if (pen->column + width >= pen->end)
		return;
	pen->column = pen->end - width;
	draw_text(pen, STYLE_FRAME_FOCUS, text);
}

static void draw_text_foot(const struct popup *popup, struct pen *pen)
{
	size_t n, nth = count_found(popup, &n);

	if (n)
		draw_format(pen, STYLE_FRAME_FOCUS, _(" Esc closes, n N: match %zu of %zu "), MAX(nth, (size_t)1), n);
	else
		draw_format(pen, STYLE_FRAME_FOCUS, " %s ", popup->list.height < popup->lines.n ?
			    _("Esc closes, / searches") : _("Esc closes"));
}

static void draw_foot(const struct popup *popup, struct area area)
{
	struct pen pen = { area.row + area.rows - 1, area.column + 2, area.column + area.columns - 2 };

	if (popup->kind == POPUP_CONFIRM)
		return;
	if (popup->kind == POPUP_TEXT)
		draw_text_foot(popup, &pen);
	else if (popup->kind == POPUP_SETUP)
		draw_format(&pen, STYLE_FRAME_FOCUS, " %s ", _("Space changes, Esc saves and closes"));
	draw_place(popup, &pen);
}

void popup_draw(struct popup *popup, int columns, int rows)
{
	struct area area = popup_area(popup, columns, rows), inside, lines;
	struct pen pen = { area.row, area.column + 2, area.column + area.columns - 2 };

	inside = lines = draw_frame(area, true);
	draw_text(&pen, STYLE_STRONG, " ");
	draw_raw(&pen, STYLE_STRONG, popup->title);
	draw_text(&pen, STYLE_STRONG, " ");
	if (popup->kind == POPUP_CONFIRM) {
		lines.rows = MAX(inside.rows - 2, 0);
		draw_answers(popup, inside);
	}
	if (lines.rows > 0)
		draw_lines(popup, lines, text_columns(popup, columns, rows));
	draw_foot(popup, area);
}
