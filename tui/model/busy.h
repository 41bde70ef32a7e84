/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Modules that an action is at work on, and since when. */
#ifndef KMT_MODEL_BUSY_H
#define KMT_MODEL_BUSY_H

#include <stdint.h>

enum busy_state {
	BUSY_WORKING,
	BUSY_HANGS,		/* for longer than one waits */
	BUSY_GIVEN_UP,		/* nobody waits for it any more, and it has not ended */
};

struct busy {
	const char *module, *verb;	/* of the command: "load"; owned by who made the entry */
	uint64_t since_ms;		/* in util_now_ms() */
	enum busy_state state;
	struct busy *next;
};

/* The entry of that module in the list that begins with @busy; NULL: none. */
const struct busy *busy_find(const struct busy *busy, const char *module);
/* "loading ... 35 s, hangs" in a new string. */
char *busy_words(const struct busy *busy, uint64_t now_ms);

#endif
