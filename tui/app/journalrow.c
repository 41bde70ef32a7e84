/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/journalrow.h"

#include <pwd.h>
#include <stdio.h>
#include <time.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "model/why.h"

/* "2026-11-29 09:14", local; what is no time stays as it is. */
static void local_time(const char *text, char *out, size_t size)
{
	struct tm tm = { 0 };
	const char *end = text ? strptime(text, "%Y-%m-%dT%H:%M:%S", &tm) : NULL;
	time_t seconds = end ? timegm(&tm) : 0;

	if (!end || !localtime_r(&seconds, &tm) || !strftime(out, size, "%Y-%m-%d %H:%M", &tm))
		snprintf(out, size, "%s", text ? text : "-");
}

/* A user that no longer exists is shown by number. */
static void user_name(const struct journalrow *row, char *out, size_t size)
{
	const struct passwd *user = getpwuid((uid_t)row->uid);
	char number[32];

	snprintf(number, sizeof(number), "%lld", row->uid);
	if (row->behind)
		snprintf(out, size, "%s (%s)", user ? user->pw_name : number, row->behind);
	else
		snprintf(out, size, "%s", user ? user->pw_name : number);
}

/* Under a heading that says what they are: one word or two, so that the command has room. */
static const char *result_word(const struct journalrow *row)
{
	static const char *const words[] = {
		[STATUS_FAILED] = N_("failed"), [STATUS_USAGE] = N_("bad value"),
		[STATUS_DENIED] = N_("no right"), [STATUS_NOT_FOUND] = N_("not found"),
		[STATUS_BUSY] = N_("in use"), [STATUS_REFUSED] = N_("refused"),
	};

	if (!row->status)
		return row->undone ? _("taken back") : row->changed ? _("done") : _("nothing to do");
	if (row->status > 0 && row->status < (long long)(sizeof(words) / sizeof(words[0])))
		return _(words[row->status]);
	return _("failed");
}

char *journalrow_head(void)
{
	struct buf out = BUF_INIT;

	buf_printf(&out, "%3s  %-16s  %-6s  %-13s  %s", _("N"), _("TIME"), _("USER"), _("RESULT"), _("COMMAND"));
	return buf_detach(&out);
}

char *journalrow_text(const struct journalrow *row)
{
	char when[64], user[128];
	struct buf out = BUF_INIT;

	local_time(row->time, when, sizeof(when));
	user_name(row, user, sizeof(user));
	buf_printf(&out, "%3zu  %-16s  %-6s  %-13s  %s", row->number, when, user, result_word(row), row->command);
	return buf_detach(&out);
}
