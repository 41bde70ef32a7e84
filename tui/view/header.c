/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The top line: which kernel, what it allows, what this user may do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/util.h"
#include "view/view.h"

/*
 * A pair is shown whole or not at all; behind one that does not fit comes a mark that there is more.  What one looks for
 * are the values: the words before them step back.
 */
static void put_pair(struct pen *pen, const char *label, enum style style, const char *value)
{
	if (pen->column >= pen->end)
		return;
	/* The last two columns are those of the mark. */
	if (pen->column + 5 + text_width(label) + text_width(value) > pen->end) {
		pen->column++;
		draw_text(pen, STYLE_DIM, term_ascii() ? ">" : "…");
		pen->end = pen->column;
		return;
	}
	draw_format(pen, STYLE_DIM, "  %s ", label);
	draw_raw(pen, style, value);
}

static void put_live(struct pen *pen, const struct shown *shown)
{
	const struct modtable *table = &shown->table;
	size_t n = table->count[MODULE_LIVE] + table->count[MODULE_COMING] + table->count[MODULE_GOING];
	char size[16], text[64];

	if (shown->policy.modules == POLICY_NO) {
		put_pair(pen, _("modules"), STYLE_WARN, _("can not be loaded"));
		return;
	}
	snprintf(text, sizeof(text), "%zu (%s)", n, text_size(size, table->live_bytes));
	put_pair(pen, _("live"), STYLE_STRONG, text);
}

/* Modules may be loaded that the list has not. */
static void put_unread(struct pen *pen, size_t unread)
{
	char text[32];

	if (!unread)
		return;
	snprintf(text, sizeof(text), "%zu", unread);
	put_pair(pen, _("lines not understood"), STYLE_BAD, text);
}

/* How often the kernel has told of a bug, as far as its log goes back. */
static void put_reports(struct pen *pen, const struct splats *splats)
{
	char text[32];

	if (!splats->reports)
		return;
	snprintf(text, sizeof(text), "%llu", (unsigned long long)splats->reports);
	put_pair(pen, _("reports"), STYLE_BAD, text);
}

static void put_taint(struct pen *pen, const struct policy *policy)
{
	struct buf letters = BUF_INIT;

	if (policy->taint < 0)
		return;
	policy_taint_letters(policy, &letters);
	put_pair(pen, _("taint"), letters.len ? STYLE_WARN : STYLE_NORMAL,
		 letters.len ? buf_str(&letters) : _("none"));
	buf_release(&letters);
}

/*
 * What forbids something stands in front of what is only good to know: on a narrow screen that goes first.  What is as
 * on most machines has no colour.
 */
static void put_policy(struct pen *pen, const struct policy *policy, bool forbids)
{
	bool locked = policy->lockdown && strcmp(policy->lockdown, "none");
	bool signed_only = policy->sig_enforce == POLICY_YES;

	if (forbids && policy->modules_disabled == POLICY_YES)
		put_pair(pen, _("loading"), STYLE_BAD, _("disabled"));
	if (policy->lockdown && locked == forbids)
		put_pair(pen, _("lockdown"), locked ? STYLE_GOOD : STYLE_NORMAL, policy->lockdown);
	if (policy->sig_enforce != POLICY_UNKNOWN && signed_only == forbids)
		put_pair(pen, _("signatures"), signed_only ? STYLE_GOOD : STYLE_NORMAL,
			 signed_only ? _("required") : _("optional"));
}

static void put_moddir(struct pen *pen, const struct moddir *moddir)
{
	if (moddir->state == MODDIR_GONE || moddir->state == MODDIR_EMPTY)
		put_pair(pen, _("module directory"), STYLE_BAD, _("not there"));
	else if (moddir->state == MODDIR_HALF)
		put_pair(pen, _("index"), STYLE_BAD, _("incomplete"));
}

#define NEWS_MS 60000

/* How many modules came and went within the last minute; nothing if none did. */
static void put_news(struct pen *pen, const struct shown *shown)
{
	const struct modtable *table = &shown->table;
	size_t i, came = 0, went = 0;
	char text[64];

	for (i = table->n_history; i-- > 0 && shown->now_ms - table->history[i].ms < NEWS_MS;) {
		came += table->history[i].what == MODCHANGE_ADDED;
		went += table->history[i].what == MODCHANGE_REMOVED;
	}
	if (!came && !went)
		return;
	snprintf(text, sizeof(text), "+%zu -%zu", came, went);
	put_pair(pen, _("last minute"), STYLE_STRONG, text);
}

#define ROLE_MAX 48

/* From here on there is room for more than one word about where one is. */
#define WIDE_COLUMNS 64

/* The badge at the right end: in which role one works. */
static const char *role(const struct shown *shown, bool wide, char text[ROLE_MAX])
{
	if (shown->root_dir)
		return wide ? _(" other machine, read-only ") : _(" read-only ");
	if (!shown->policy.live)
		return _(" other kernel ");
	if (shown->readonly)
		return _(" read-only ");
	if (shown->elevated_by) {
		snprintf(text, ROLE_MAX, _(" changes by %s "), shown->elevated_by);
		return text;
	}
	return shown->policy.root ? _(" as root ") : _(" with privilege ");
}

void header_draw(const struct shown *shown, struct area area)
{
	struct pen pen = draw_pen(area, 0);
	char text[ROLE_MAX];
	const char *badge = role(shown, area.columns >= WIDE_COLUMNS, text);
	int at = area.columns - text_width(badge);

	draw_text(&pen, STYLE_TITLE, " kmodtui ");
	pen.end = MAX(at - 1, 0);
	draw_text(&pen, STYLE_NORMAL, "  ");
	draw_raw(&pen, STYLE_STRONG, shown->policy.kernel ? shown->policy.kernel : "");
	put_policy(&pen, &shown->policy, true);
	put_live(&pen, shown);
	put_reports(&pen, &shown->log.splats);
	put_taint(&pen, &shown->policy);
	put_moddir(&pen, &shown->policy.moddir);
	put_unread(&pen, shown->unread);
	put_policy(&pen, &shown->policy, false);
	put_news(&pen, shown);
	if (at > 10)
		draw_field(area.row, area.column + at, text_width(badge), STYLE_BADGE, badge);
}
