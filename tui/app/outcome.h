/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How what came of an action is said: with the module's name, and nothing twice. */
#ifndef KMT_APP_OUTCOME_H
#define KMT_APP_OUTCOME_H

#include "base/strv.h"

struct console;
struct paramlist;
struct result;

/* "kmt_timer is loaded already." of "It is loaded already."; another sentence stands behind the name.  The caller frees. */
char *outcome_about(const char *name, const char *sentence);
/* The same of each remark, or as they are where @name is NULL; the caller releases @out. */
void outcome_remarks(const char *name, const struct strv *remarks, struct strv *out);
/* "a", "a and b", "a, b and c", "a, b, c and 2 more".  The caller frees. */
char *outcome_names(const struct strv *names);
/* The word "name=value" of @options that a line of the kernel's @log complains of; NULL: none. */
const char *outcome_refused(const struct strv *options, const struct strv *log);
/* Those lines of @log ("level  text") whose text @sentence does not quote; the caller releases @out. */
void outcome_unquoted(const char *sentence, const struct strv *log, struct strv *out);
/* The message line, and at a failure a window; @good: "kmt_timer was loaded"; @options: what was given with it, or NULL. */
void outcome_tell(struct console *console, const struct result *result, const char *good,
		  const struct strv *options);

#endif
