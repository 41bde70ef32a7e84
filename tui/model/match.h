/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A search pattern: an extended regular expression, or, when it does not compile as
 * one, the literal text.  Smart case: without an upper-case letter, case does not
 * count.  '-' and '_' are one, as in module names (not inside a bracket expression).
 */
#ifndef KMT_MODEL_MATCH_H
#define KMT_MODEL_MATCH_H

#include <regex.h>
#include <stdbool.h>

struct module;

struct match {
	char *text;		/* as typed; NULL: matches everything */
	bool is_regex, fold;
	regex_t regex;
};

#define MATCH_INIT { NULL, false, false, { 0 } }

/* Takes a copy of @text; NULL or "" matches everything.  Releases what @match held. */
void match_set(struct match *match, const char *text);
void match_release(struct match *match);
bool match_text(const struct match *match, const char *s);
/* Name, description or a user of the module matches. */
bool match_module(const struct match *match, const struct module *module);

#endif
