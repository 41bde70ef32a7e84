/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One action of the journal as a row for a person: local time, names, and why it failed in words.  Pure but for names of users. */
#ifndef KMT_APP_JOURNALROW_H
#define KMT_APP_JOURNALROW_H

#include <stdbool.h>
#include <stddef.h>

struct journalrow {
	size_t number;			/* 1 the newest */
	const char *time;		/* as the journal has it, "2026-11-29T08:14:00Z"; NULL: not known */
	long long uid;
	const char *behind;		/* who stood behind sudo or its like; NULL: nobody */
	long long status;
	bool changed, undone;
	const char *command;
};

/* What stands above the rows; the caller frees both. */
char *journalrow_head(void);
char *journalrow_text(const struct journalrow *row);

#endif
