/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/logtime.h"

#include <stdio.h>
#include <time.h>

/* Microseconds within the second, also before 1970. */
static int rest(int64_t usec)
{
	return (int)((usec % 1000000 + 1000000) % 1000000);
}

static struct tm broken_down(int64_t usec)
{
	time_t seconds = (time_t)((usec - rest(usec)) / 1000000);
	struct tm tm = { 0 };

	localtime_r(&seconds, &tm);
	return tm;
}

void logtime_date(int64_t usec, char *text, size_t size)
{
	struct tm tm = broken_down(usec);

	if (!strftime(text, size, "%Y-%m-%d", &tm))
		snprintf(text, size, "?");
}

void logtime_clock(int64_t usec, char *text, size_t size)
{
	struct tm tm = broken_down(usec);

	snprintf(text, size, "%02d:%02d:%02d.%06d", tm.tm_hour, tm.tm_min, tm.tm_sec, rest(usec));
}
