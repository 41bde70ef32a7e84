/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A search pattern: an extended regular expression, or, when it does not compile as
 * one (or would take for ever), the literal text.  Smart case: without an upper-case letter, case does not
 * count.  '-' and '_' are one, as in module names (not inside a bracket expression).
 */
#ifndef KMT_MODEL_MATCH_H
#define KMT_MODEL_MATCH_H

#include <regex.h>
#include <stdbool.h>

struct module;

struct match {
	char *text;		/* as typed; NULL: matches everything */
	char *complaint;	/* why it is no expression, in words; NULL: it is one */
	bool is_regex, fold;
	regex_t regex;
};

#define MATCH_INIT { NULL, NULL, false, false, { 0 } }

/* Takes a copy of @text; NULL or "" matches everything.  Releases what @match held. */
void match_set(struct match *match, const char *text);
void match_release(struct match *match);
bool match_text(const struct match *match, const char *s);
/*
 * Where it matches in @s, from byte *at on: true, and [*at, *end), which is not empty.  False: nowhere, or @match
 * matches everything.
 */
bool match_find(const struct match *match, const char *s, size_t *at, size_t *end);
/* A user of the module matches. */
bool match_users(const struct match *match, const struct module *module);
/* Name, description or a user of the module matches. */
bool match_module(const struct match *match, const struct module *module);

#endif
