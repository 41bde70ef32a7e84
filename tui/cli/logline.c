/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/logline.h"

#include <json.h>
#include <stdio.h>
#include <time.h>

#include "base/i18n.h"
#include "base/util.h"
#include "cli/out.h"
#include "model/logring.h"

/* syslog's names, which are data and not translated. */
static const char *facility_name(unsigned facility)
{
	static const char *const names[] = {
		"kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp",
		"cron", "authpriv", "ftp", "12", "13", "14", "15", "local0", "local1",
		"local2", "local3", "local4", "local5", "local6", "local7",
	};

	return facility < ARRAY_SIZE(names) ? names[facility] : "other";
}

static int64_t clock_usec(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t logline_wall_offset(void)
{
	return clock_usec(CLOCK_REALTIME) - clock_usec(CLOCK_MONOTONIC);
}

static void format_wall(int64_t usec, char *text, size_t size)
{
	time_t seconds = (time_t)(usec / 1000000);
	char date[32];
	struct tm tm;

	localtime_r(&seconds, &tm);
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text, size, "%s.%06d", date, (int)(usec % 1000000));
}

void logline_print(const struct logrec *rec, int indent, const int64_t *wall)
{
	char time[64];

	if (rec->lost) {
		out_printf(_("%*s%llu messages lost\n"), indent, "",
			   (unsigned long long)rec->lost);
		return;
	}
	if (wall)
		format_wall(*wall + (int64_t)rec->usec, time, sizeof(time));
	else
		snprintf(time, sizeof(time), "[%5llu.%06llu]",
			 (unsigned long long)(rec->usec / 1000000),
			 (unsigned long long)(rec->usec % 1000000));
	out_printf("%*s%s %-6s ", indent, "", time, logrec_level_name(rec->level));
	/* What user space wrote can not pose as the kernel's. */
	if (rec->facility)
		out_printf("(%s) ", facility_name(rec->facility));
	out_text(rec->text ? rec->text : "", indent + 22);
	out_printf("\n");
}

void logline_fill(struct json_object *object, const struct logrec *rec, const int64_t *wall)
{
	char time[64];

	if (rec->lost) {
		json_object_object_add(object, "lost", json_object_new_int64((int64_t)rec->lost));
		return;
	}
	json_object_object_add(object, "seq", json_object_new_int64((int64_t)rec->seq));
	json_object_object_add(object, "usec", json_object_new_int64((int64_t)rec->usec));
	if (wall) {
		format_wall(*wall + (int64_t)rec->usec, time, sizeof(time));
		json_object_object_add(object, "time", json_object_new_string(time));
	}
	json_object_object_add(object, "level", out_json_string(logrec_level_name(rec->level)));
	json_object_object_add(object, "facility", out_json_string(facility_name(rec->facility)));
	json_object_object_add(object, "module", out_json_string(rec->module));
	json_object_object_add(object, "text", out_json_string(rec->text));
}
