/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "view/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "view/draw.h"

void prompt_open(struct prompt *prompt, const char *label, const char *text)
{
	prompt_close(prompt);
	prompt->label = xstrdup(label);
	buf_addstr(&prompt->text, text ? text : "");
	prompt->at = prompt->text.len;
	prompt->selected = false;
	prompt->open = true;
}

void prompt_close(struct prompt *prompt)
{
	free(prompt->label);
	prompt->label = NULL;
	prompt_hint(prompt, NULL);
	buf_release(&prompt->text);
	prompt->at = 0;
	prompt->open = false;
}

static void remove_bytes(struct prompt *prompt, size_t from, size_t to)
{
	struct buf *text = &prompt->text;

	if (from == to)
		return;
	memmove(text->data + from, text->data + to, text->len - to + 1);
	text->len -= to - from;
	prompt->at = from;
}

void prompt_replace(struct prompt *prompt, size_t from, size_t to, const char *text)
{
	size_t n = strlen(text), len = prompt->text.len;
	struct buf *buf = &prompt->text;

	if (len - (to - from) + n > PROMPT_MAX)
		return;
	buf_grow(buf, n);
	memmove(buf->data + from + n, buf->data + to, len - to);
	memcpy(buf->data + from, text, n);
	buf->len = len - (to - from) + n;
	buf->data[buf->len] = '\0';
	prompt->at = from + n;
}

void prompt_select(struct prompt *prompt)
{
	prompt->selected = prompt->text.len > 0;
}

void prompt_hint(struct prompt *prompt, const char *hint)
{
	char *copy = xstrdup(hint);

	free(prompt->hint);
	prompt->hint = copy;
}

static size_t next_character(const struct prompt *prompt)
{
	unsigned ch;
	size_t n = utf8_decode(buf_str(&prompt->text) + prompt->at,
			       prompt->text.len - prompt->at, &ch);

	return MIN(prompt->at + MAX(n, (size_t)1), prompt->text.len);
}

static enum prompt_result insert(struct prompt *prompt, unsigned key)
{
	struct buf *text = &prompt->text;
	char bytes[4];
	size_t n;

	if (key < ' ' || key >= KC_SPECIAL || (key >= 0x7f && key < 0xa0))
		return PROMPT_MORE;
	n = utf8_encode(key, bytes);
	if (n && prompt->selected)
		remove_bytes(prompt, 0, text->len);
	if (!n || text->len + n > PROMPT_MAX)
		return PROMPT_MORE;
	buf_grow(text, n);
	memmove(text->data + prompt->at + n, text->data + prompt->at, text->len - prompt->at);
	memcpy(text->data + prompt->at, bytes, n);
	text->len += n;
	text->data[text->len] = '\0';
	prompt->at += n;
	return PROMPT_CHANGED;
}

static enum prompt_result edit(struct prompt *prompt, unsigned key)
{
	size_t len = prompt->text.len;

	switch (key) {
	case KC_BACKSPACE:
		remove_bytes(prompt, utf8_back(buf_str(&prompt->text), prompt->at), prompt->at);
		break;
	case KC_DEL:
	case KC_CTRL('d'):
		remove_bytes(prompt, prompt->at, next_character(prompt));
		break;
	case KC_CTRL('u'):
		remove_bytes(prompt, 0, prompt->at);
		break;
	case KC_CTRL('k'):
		remove_bytes(prompt, prompt->at, len);
		break;
	default:
		return insert(prompt, key);
	}
	return prompt->text.len == len ? PROMPT_MORE : PROMPT_CHANGED;
}

enum prompt_result prompt_key(struct prompt *prompt, unsigned key)
{
	enum prompt_result result;

	prompt_hint(prompt, NULL);
	prompt->selected = prompt->selected && key >= ' ' && key < KC_SPECIAL;
	switch (key) {
	case KC_TAB:
		return PROMPT_COMPLETE;
	case KC_UP:
		return PROMPT_OLDER;
	case KC_DOWN:
		return PROMPT_NEWER;
	case KC_ENTER:
		return PROMPT_DONE;
	case KC_ESC:
	case KC_CTRL('c'):
		return PROMPT_CANCELLED;
	case KC_LEFT:
		prompt->at = utf8_back(buf_str(&prompt->text), prompt->at);
		return PROMPT_MORE;
	case KC_RIGHT:
		prompt->at = next_character(prompt);
		return PROMPT_MORE;
	case KC_HOME:
	case KC_CTRL('a'):
		prompt->at = 0;
		return PROMPT_MORE;
	case KC_END:
	case KC_CTRL('e'):
		prompt->at = prompt->text.len;
		return PROMPT_MORE;
	}
	result = edit(prompt, key);
	prompt->selected = false;
	return result;
}

/* The first @n bytes of the text, safe. */
static char *safe_part(const struct prompt *prompt, size_t from, size_t n)
{
	struct buf out = BUF_INIT;

	text_escape(&out, buf_str(&prompt->text) + from, n);
	return buf_detach(&out);
}

/* A long label leaves half of the line to what one types. */
static void draw_label(const struct prompt *prompt, struct pen *pen)
{
	int end = pen->end;

	pen->end = MIN(end, MAX(end / 2, end - text_width(buf_str(&prompt->text)) - 3));
	draw_raw(pen, STYLE_STRONG, prompt->label);
	pen->end = end;
	draw_text(pen, STYLE_STRONG, ": ");
}

/* The last @columns columns of @text, or a few more when a wide character is at the cut. */
static const char *tail(const char *text, int columns)
{
	int over = text_width(text) - columns;

	while (over > 0 && *text) {
		size_t cut = text_cut(text, over);

		/* A wide character where one column is to go. */
		text += cut ? cut : text_cut(text, 2);
		over = text_width(text) - columns;
	}
	return text;
}

void prompt_draw(const struct prompt *prompt, int row, int columns)
{
	char *before = safe_part(prompt, 0, prompt->at);
	char *after = safe_part(prompt, prompt->at, prompt->text.len - prompt->at);
	const char *seen;
	struct area area = { row, 0, 1, columns };
	struct pen pen = draw_pen(area, 0);

	draw_clear(area);
	draw_label(prompt, &pen);
	/* The end of what stands before the cursor is what one is typing: keep that in sight. */
	seen = tail(before, MAX(columns - pen.column - 1, 0));
	if (seen != before) {
		draw_text(&pen, STYLE_DIM, term_ascii() ? "<" : "…");
		seen = tail(seen, MAX(columns - pen.column - 1, 0));
	}
	draw_text(&pen, prompt->selected ? STYLE_CURSOR : STYLE_NORMAL, seen);
	if (pen.column < columns)
		term_place_cursor(row, pen.column);
	/* A mark would hide what is typed. */
	term_put(row, pen.column, columns - pen.column, STYLE_NORMAL, after);
	free(before);
	free(after);
}

void prompt_draw_hint(const struct prompt *prompt, int row, int columns)
{
	struct area area = { row, 0, 1, columns };
	struct pen pen = draw_pen(area, 0);

	if (!prompt->hint)
		return;
	draw_clear(area);
	pen.column++;
	draw_raw(&pen, STYLE_NORMAL, prompt->hint);
}
