/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --script: the console driven by a file.  The language is described in kmodtui(8); others script
 * against it, so it only grows.
 */
#ifndef KMT_APP_SCRIPT_H
#define KMT_APP_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strv.h"
#include "model/why.h"

struct console;

/* Longest wait in ms unless the line says another. */
#define SCRIPT_WAIT_MS 5000
/* Longest pause of a recording that is kept. */
#define SCRIPT_PAUSE_MAX_MS 3000

struct script_step {
	const struct script_verb *verb;
	unsigned line;			/* in the file, 1 the first */
	struct strv words;		/* arguments; quoted ones without their quotes */
	int x, y;			/* of click and resize */
	uint64_t wait_ms;
};

struct script {
	struct script_step *steps;
	size_t n, size;
	size_t next;			/* step to do */
	uint64_t deadline_ms;		/* of the wait under way; 0: none */
	uint64_t wake_ms;		/* end of the pause under way; 0: none */
};

/* What a line may begin with: one entry, one function. */
struct script_verb {
	const char *name;
	int min_words, max_words;	/* max -1: any number */
	/* Checks and keeps the arguments: false if they are wrong. */
	bool (*prepare)(struct script_step *step);
	/* Does it: 1 done, 0 not yet (a wait), -1 failed (it has said why). */
	int (*run)(struct console *console, struct script_step *step);
};

extern const struct script_verb script_verbs[];	/* ends with a NULL name */

/* Reads and checks @file ("-": standard input).  STATUS_USAGE or STATUS_NOT_FOUND after a line on stderr. */
enum status script_read(const char *file, struct script **out);
/* Pure: adds the steps of @text; 0, or the number of the first wrong line. */
unsigned script_parse(struct script *script, const char *text, size_t len);
void script_free(struct script *script);

/* A person takes over: the rest is not done. */
void script_stop(struct console *console);
/* Does what can be done now; true if something was done and the loop should turn again at once. */
bool script_turn(struct console *console);
/* When it is to be looked at again, in util_now_ms(); UINT64_MAX: nothing is waited for. */
uint64_t script_deadline(const struct script *script);

#endif
