/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Questions: a line to type, yes or no, one of several. */
#include "app/console.h"
#include "app/inputs.h"

void ask_text(struct console *console, const char *label, const char *text,
	      void (*done)(struct console *console, const char *text))
{
	prompt_open(&console->ui.prompt, label, text);
	console->prompt_done = done;
	console->prompt_changed = NULL;
	console->prompt_complete = NULL;
	inputs_forget();
	console->prompt_cancelled = NULL;
	console->dirty = true;
}

static void open_popup(struct console *console, enum popup_kind kind, const char *title,
		       void (*done)(struct console *console, size_t choice))
{
	popup_open(&console->ui.popup, kind, title);
	console->popup_done = done;
	console->popup_key = NULL;
	console->dirty = true;
}

void ask_confirm(struct console *console, const char *title,
		 void (*done)(struct console *console, size_t yes))
{
	open_popup(console, POPUP_CONFIRM, title, done);
}

void ask_menu(struct console *console, const char *title,
	      void (*done)(struct console *console, size_t choice))
{
	open_popup(console, POPUP_MENU, title, done);
}

void ask_setup(struct console *console, const char *title,
	       void (*done)(struct console *console, size_t choice))
{
	open_popup(console, POPUP_SETUP, title, done);
}
