/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The live values in the tab Parameters, read by a child that lives as long as the tab is open.  A module that
 * does not answer keeps its child, at most one; the next module gets another.
 */
#ifndef KMT_APP_VALUES_H
#define KMT_APP_VALUES_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/paramread.h"

struct console;

#define VALUES_LEFT 8		/* children that may hang at a time */

struct values {
	struct paramread reader;
	bool running;
	char *of;			/* module that was asked last; NULL none */
	bool waiting;			/* for the answers of it */
	bool silent;			/* it has been told that they do not come */
	bool old;			/* they are to be asked for again */
	uint64_t asked_ms;
	struct {
		pid_t pid;
		char *module;		/* that it hangs in; NULL: it is only ending */
	} left[VALUES_LEFT];
	size_t n_left;
};

/* The parameters were listed again; their values are to come. */
void values_forget(struct console *console);
/* Asks, gives up or ends the child, as what is on the screen demands. */
void values_update(struct console *console);
/* Takes the answers that are there. */
void values_read(struct console *console);
/* -1: nothing is waited for. */
int values_fd(const struct console *console);
/* Answers are on their way, and not yet too late. */
bool values_busy(const struct console *console);
void values_release(struct console *console);

#endif
