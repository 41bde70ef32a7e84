/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/logtext.h"

#include "base/buf.h"
#include "base/util.h"
#include "model/logring.h"
#include "model/logtime.h"

const char *logtext_facility(unsigned facility)
{
	static const char *const names[] = {
		"kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp",
		"cron", "authpriv", "ftp", "12", "13", "14", "15", "local0", "local1",
		"local2", "local3", "local4", "local5", "local6", "local7",
	};

	return facility < ARRAY_SIZE(names) ? names[facility] : "other";
}

void logtext_wall(int64_t usec, struct buf *out)
{
	char date[16], clock[32];

	logtime_date(usec, date, sizeof(date));
	logtime_clock(usec, clock, sizeof(clock));
	buf_printf(out, "%sT%s", date, clock);
}

void logtext_head(const struct logrec *rec, const int64_t *wall, struct buf *out)
{
	if (wall)
		logtext_wall(*wall + (int64_t)rec->usec, out);
	else
		buf_printf(out, "[%5llu.%06llu]", (unsigned long long)(rec->usec / 1000000),
			   (unsigned long long)(rec->usec % 1000000));
	buf_printf(out, " %-6s ", logrec_level_name(rec->level));
	/* What user space wrote can not pose as the kernel's. */
	if (rec->facility)
		buf_printf(out, "(%s) ", logtext_facility(rec->facility));
}
