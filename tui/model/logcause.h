/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which records of the kernel log tell why a call into the kernel failed.  Pure. */
#ifndef KMT_MODEL_LOGCAUSE_H
#define KMT_MODEL_LOGCAUSE_H

#include <stdbool.h>
#include <stddef.h>

struct logrec;

/* The kernel says only that it is tainted now: never why something failed. */
bool logcause_is_taint(const struct logrec *rec);
/*
 * Of the @n records that came during a call about module @name: the worst of errors and warnings, of equal ones the newest; the
 * module's own, and those that name nobody, before those of others.  Without such the newest that the module wrote.
 * A parameter that was refused has the line before with it, "why; what".  A new string; NULL: there is none.
 */
char *logcause_find(const struct logrec *v, size_t n, const char *name);

#endif
