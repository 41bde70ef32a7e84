/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time of the day in the log: the same text on the command line and in the console.  Pure. */
#ifndef KMT_MODEL_LOGTIME_H
#define KMT_MODEL_LOGTIME_H

#include <stddef.h>
#include <stdint.h>

/* "2026-11-22", local time, of microseconds since 1970; @size 16 is enough. */
void logtime_date(int64_t usec, char *text, size_t size);
/* "11:33:30.123456"; @size 32 is enough. */
void logtime_clock(int64_t usec, char *text, size_t size);

#endif
