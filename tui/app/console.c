/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the console says: the line above the key bar, and windows with more than a line. */
#include "app/console.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/util.h"

void console_say(struct console *console, int mood, const char *format, ...)
{
	struct buf text = BUF_INIT;
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	free(console->shown.message);
	console->shown.message = buf_detach(&text);
	console->shown.mood = mood;
	console->shown.message_old = false;
	console->said_ms = util_now_ms();
	console->dirty = true;
}

#define EXPLAIN_COLUMNS 68

/* A further line of a table's row stands below the last column, which begins behind two blanks; of a text it does not. */
static size_t indent_of(const char *line)
{
	size_t i, indent = 0;

	for (i = 2; i < EXPLAIN_COLUMNS / 2 && line[i]; i++)
		if (line[i] != ' ' && line[i - 1] == ' ' && line[i - 2] == ' ')
			indent = i;
	for (i = indent; i && line[i - 1] == ' '; i--)
		;
	return i && strchr(".:;,", line[i - 1]) ? 0 : indent;
}

static void push_line(struct strv *lines, size_t indent, const char *text, size_t len)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, "%*s", (int)indent, "");
	buf_add(&line, text, len);
	strv_push(lines, buf_str(&line));
	buf_release(&line);
}

void console_wrap(struct strv *lines, const char *text)
{
	char *safe = text_safe(text), *at = safe;
	size_t indent = 0, later = indent_of(safe);

	while ((size_t)text_width(at) > EXPLAIN_COLUMNS - indent) {
		size_t cut = text_cut(at, (int)(EXPLAIN_COLUMNS - indent)), blank = cut;

		while (blank > 0 && at[blank] != ' ')
			blank--;
		cut = blank ? blank : cut;
		push_line(lines, indent, at, cut);
		at += cut + (at[cut] == ' ');
		indent = later;
	}
	push_line(lines, indent, at, strlen(at));
	free(safe);
}

void console_explain(struct console *console, const char *title, const char *text,
		     const struct strv *more)
{
	struct popup *popup = &console->ui.popup;
	size_t i;

	popup_open(popup, POPUP_TEXT, title);
	console_wrap(&popup->lines, text);
	for (i = 0; more && i < more->n; i++) {
		if (i == 0)
			strv_push(&popup->lines, "");
		console_wrap(&popup->lines, more->v[i]);
	}
	console->dirty = true;
}
