/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the console says: the line above the key bar, and windows with more than a line. */
#include "app/console.h"

#include <stdarg.h>
#include <stdlib.h>

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
	console->said_ms = util_now_ms();
	console->dirty = true;
}

#define EXPLAIN_COLUMNS 68

/* Breaks @text into lines of at most EXPLAIN_COLUMNS columns, at blanks where there are some. */
static void push_wrapped(struct strv *lines, const char *text)
{
	char *safe = text_safe(text), *at = safe;

	while (text_width(at) > EXPLAIN_COLUMNS) {
		size_t cut = text_cut(at, EXPLAIN_COLUMNS), blank = cut;

		while (blank > 0 && at[blank] != ' ')
			blank--;
		cut = blank ? blank : cut;
		strv_pushn(lines, at, cut);
		at += cut + (at[cut] == ' ');
	}
	strv_push(lines, at);
	free(safe);
}

void console_explain(struct console *console, const char *title, const char *text,
		     const struct strv *more)
{
	struct popup *popup = &console->ui.popup;
	size_t i;

	popup_open(popup, POPUP_TEXT, title);
	push_wrapped(&popup->lines, text);
	for (i = 0; more && i < more->n; i++) {
		if (i == 0)
			strv_push(&popup->lines, "");
		push_wrapped(&popup->lines, more->v[i]);
	}
	console->dirty = true;
}
