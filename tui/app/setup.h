/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The settings in force: from the file, from the command line, and from the setup screen. */
#ifndef KMT_APP_SETUP_H
#define KMT_APP_SETUP_H

#include <stdbool.h>

#include "model/settings.h"
#include "model/why.h"

struct console;
struct options;

struct setup {
	struct settings now;		/* in force */
	bool changed[SETTINGS];		/* since the file was read, in the setup screen */
	char *path;			/* of the file; NULL: the environment names none */
	char *complaint;		/* what of it can not be used: a sentence; NULL nothing */
};

/* Reads the file, then the options, which win.  STATUS_DONE, or STATUS_USAGE after a line on stderr. */
enum status setup_read(struct setup *setup, const struct options *options);
void setup_release(struct setup *setup);
/* Puts all of them in force; the terminal is open. */
void setup_apply(struct console *console);
/* Says what of the file can not be used, if anything. */
void setup_complain(struct console *console);

/* Another value for a setting, in force at once. */
void setup_turn(struct console *console, enum setting_key key, int step);
/* Keeps what was changed for the next time, and says whether that could be done. */
void setup_save(struct console *console);

#endif
