/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A record of the log as a line of text: the same in a pipe and in a file.  Pure. */
#ifndef KMT_MODEL_LOGTEXT_H
#define KMT_MODEL_LOGTEXT_H

#include <stdint.h>

struct buf;
struct logrec;

/* syslog's name of a facility: "kern", "user"; data. */
const char *logtext_facility(unsigned facility);
/* "2026-11-22T11:33:30.123456" of microseconds since 1970. */
void logtext_wall(int64_t usec, struct buf *out);
/*
 * What stands in front of the text: time, level, and who wrote it if it was not the kernel.  @wall: what
 * makes a record's time one of the day; NULL: seconds since the start.  Not for a lost mark.
 */
void logtext_head(const struct logrec *rec, const int64_t *wall, struct buf *out);

#endif
