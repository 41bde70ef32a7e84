/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/splat.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "model/logring.h"

/* So many records may stand between the rule above a report and the line that tells what it is. */
#define HEAD_LINES_MAX 8

static const struct {
	const char *name, *title;
} kinds[SPLAT_KINDS] = {
	[SPLAT_WARNING] = { "warning", "WARNING" },
	[SPLAT_OOPS] = { "oops", "Oops" },
	[SPLAT_BUG] = { "bug", "BUG" },
	[SPLAT_PROTECTION] = { "general-protection", "general protection fault" },
	[SPLAT_LOCKDEP] = { "lockdep", "lockdep" },
	[SPLAT_KASAN] = { "kasan", "KASAN" },
	[SPLAT_KCSAN] = { "kcsan", "KCSAN" },
	[SPLAT_UBSAN] = { "ubsan", "UBSAN" },
	[SPLAT_MEMORY] = { "memory", "memory error" },
	[SPLAT_RCU] = { "rcu-stall", "RCU stall" },
	[SPLAT_SOFT] = { "soft-lockup", "soft lockup" },
	[SPLAT_HARD] = { "hard-lockup", "hard lockup" },
	[SPLAT_HUNG] = { "hung-task", "hung task" },
	[SPLAT_SLEEP] = { "sleep-in-atomic", "sleeping in atomic context" },
	[SPLAT_ATOMIC] = { "schedule-in-atomic", "scheduling while atomic" },
	[SPLAT_TRACE] = { "call-trace", "call trace" },
};

/* The line that tells what a report is about.  The first that fits counts. */
struct title {
	const char *text;
	enum splat_kind kind;
	enum splat_end end;
	bool anywhere;		/* behind another word, as "watchdog: " */
	bool has_detail;	/* what stands behind the text says more than where it was */
	bool goes_on;		/* inside a report it is one of its lines */
	char rule;		/* only below such a rule; 0: below any or none */
};

static const struct title titles[] = {
	{ "BUG: KASAN: ", SPLAT_KASAN, SPLAT_END_RULE, false, true, false, 0 },
	{ "BUG: KCSAN: ", SPLAT_KCSAN, SPLAT_END_RULE, false, true, false, 0 },
	{ "BUG: KFENCE: ", SPLAT_MEMORY, SPLAT_END_RULE, false, true, false, 0 },
	{ "BUG: KMSAN: ", SPLAT_MEMORY, SPLAT_END_RULE, false, true, false, 0 },
	{ "UBSAN: ", SPLAT_UBSAN, SPLAT_END_RULE, false, true, false, 0 },
	{ "BUG: soft lockup - ", SPLAT_SOFT, SPLAT_END_FRAMES, true, true, false, 0 },
	{ "Watchdog detected hard LOCKUP on ", SPLAT_HARD, SPLAT_END_FRAMES, true, true, false, 0 },
	{ "BUG: scheduling while atomic: ", SPLAT_ATOMIC, SPLAT_END_FRAMES, false, true, false, 0 },
	{ "BUG: sleeping function called from invalid context ", SPLAT_SLEEP, SPLAT_END_FRAMES, false, true,
	  false, 0 },
	{ "BUG: kernel NULL pointer dereference", SPLAT_OOPS, SPLAT_END_TRACE, false, false, false, 0 },
	{ "BUG: unable to handle ", SPLAT_OOPS, SPLAT_END_TRACE, false, false, false, 0 },
	{ "Unable to handle kernel ", SPLAT_OOPS, SPLAT_END_TRACE, false, false, false, 0 },
	{ "general protection fault", SPLAT_PROTECTION, SPLAT_END_TRACE, false, false, true, 0 },
	{ "kernel BUG at ", SPLAT_BUG, SPLAT_END_TRACE, false, false, true, 0 },
	{ "Oops: ", SPLAT_OOPS, SPLAT_END_TRACE, false, false, true, 0 },
	{ "invalid opcode: ", SPLAT_OOPS, SPLAT_END_TRACE, false, false, true, 0 },
	{ "divide error: ", SPLAT_OOPS, SPLAT_END_TRACE, false, false, true, 0 },
	{ "stack segment: ", SPLAT_OOPS, SPLAT_END_TRACE, false, false, true, 0 },
	{ "WARNING: CPU: ", SPLAT_WARNING, SPLAT_END_TRACE, false, false, false, 0 },
	{ "WARNING: ", SPLAT_LOCKDEP, SPLAT_END_FRAMES, false, true, false, '=' },
	{ "WARNING: ", SPLAT_WARNING, SPLAT_END_TRACE, false, true, false, '-' },
	{ "BUG ", SPLAT_MEMORY, SPLAT_END_FRAMES, false, true, false, '=' },
	{ "BUG: ", SPLAT_BUG, SPLAT_END_FRAMES, false, true, false, 0 },
	{ "INFO: rcu_", SPLAT_RCU, SPLAT_END_FRAMES, true, false, false, 0 },
	{ "INFO: task ", SPLAT_HUNG, SPLAT_END_FRAMES, false, true, false, 0 },
	{ "CPU: ", SPLAT_TRACE, SPLAT_END_FRAMES, false, false, true, 0 },
};

/* Lines that may come behind the end of a report: the registers once more, and what became of it. */
static const char *const tail_lines[] = {
	"RIP: ", "Code: ", "RSP: ", "RAX: ", "RBX: ", "RCX: ", "RDX: ", "RSI: ", "RDI: ", "RBP: ", "R08: ",
	"R10: ", "R11: ", "R13: ", "FS: ", "CS: ", "CR2: ", "DR0: ", "DR3: ", "PKRU: ", "note: ",
	"Disabling lock debugging",
};

/* Words before a colon that are no module's: everything else in small letters is. */
static const char *const own_words[] = {
	"flags", "head", "note", "page", "page_type", "preempt_count", "raw", "rcu", "watchdog",
};

const char *splat_kind_name(enum splat_kind kind)
{
	return kinds[kind].name;
}

const char *splat_kind_title(enum splat_kind kind)
{
	return kinds[kind].title;
}

struct splat *splat_get(struct splat *splat)
{
	splat->refs++;
	return splat;
}

void splat_put(struct splat *splat)
{
	if (!splat || --splat->refs)
		return;
	free(splat->module);
	free(splat->detail);
	free(splat);
}

static bool starts(const char *s, const char *with)
{
	return !strncmp(s, with, strlen(with));
}

/* "------------[ cut here ]------------" is '-', a line of many '=' is '='; 0: no rule. */
static char rule_of(const char *text)
{
	if (strstr(text, "--[ cut here ]--"))
		return '-';
	return strspn(text, "=") >= 20 && !text[strspn(text, "=")] ? '=' : 0;
}

/* Where the text of the title stands in the line; NULL: it does not. */
static const char *title_in(const struct title *title, const char *text, char rule)
{
	const char *at = title->anywhere ? strstr(text, title->text) :
					   starts(text, title->text) ? text : NULL;

	if (!at || (title->rule && title->rule != rule))
		return NULL;
	if (title->kind == SPLAT_TRACE && !strstr(text, " Comm: "))
		return NULL;
	if (title->kind == SPLAT_RCU && !strstr(text, "stall"))
		return NULL;
	return at;
}

static const struct title *title_find(const char *text, char rule)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(titles); i++)
		if (title_in(&titles[i], text, rule))
			return &titles[i];
	return NULL;
}

/*
 * The first "function+0x12/0x30" of a line that the kernel is sure of, with "[module]" behind it if
 * there is one: its length, 0 none.
 */
static size_t frame_find(const char *text, const char **frame)
{
	const char *plus, *s, *end;

	for (plus = strstr(text, "+0x"); plus; plus = strstr(plus + 1, "+0x")) {
		for (s = plus; s > text && !isspace((unsigned char)s[-1]) && s[-1] != ':'; s--)
			;
		if (s == plus || (s - text >= 2 && s[-2] == '?'))
			continue;
		end = plus + 1 + strspn(plus + 1, "0123456789abcdefx/");
		if (starts(end, " [") && strchr(end, ']'))
			end = strchr(end, ']') + 1;
		*frame = s;
		return (size_t)(end - s);
	}
	return 0;
}

/* The module in the brackets of a frame, in a new string; NULL: the kernel itself. */
static char *frame_module(const char *frame, size_t len)
{
	const char *open = memchr(frame, '[', len);
	char *name;

	if (!open)
		return NULL;
	name = xstrndup(open + 1, strcspn(open + 1, " (]"));
	if (util_name_valid(name)) {
		util_name_normalize(name);
		return name;
	}
	free(name);
	return NULL;
}

/* Which module, and where: the topmost frame that names one. */
static void look_for_place(struct splat *splat, const char *text)
{
	const char *frame;
	size_t len;

	if ((splat->module && splat->detail) || starts(text, "Modules linked in"))
		return;
	len = frame_find(text, &frame);
	if (!len)
		return;
	if (!splat->module)
		splat->module = frame_module(frame, len);
	/* Of a bare call trace the first frames are those of its printing. */
	if (splat->kind == SPLAT_TRACE && splat->module) {
		free(splat->detail);
		splat->detail = NULL;
	}
	if (!splat->detail)
		splat->detail = xstrndup(frame, len);
}

static void set_title(struct splats *splats, struct splat_open *open, const struct title *title,
		      const char *text)
{
	struct splat *splat = open->splat;

	splat->kind = title->kind;
	open->end = title->end;
	open->phase = SPLAT_BODY;
	if (title->has_detail)
		splat->detail = xstrdup(title_in(title, text, open->rule) + strlen(title->text));
	splats->reports++;
	splat_put(splats->newest);
	splats->newest = splat_get(splat);
}

static void close_at(struct splats *splats, struct splat_open *open)
{
	splat_put(open->splat);
	*open = splats->open[--splats->n];
}

static struct splat_open *find_open(struct splats *splats, const struct logrec *rec)
{
	size_t i;

	for (i = 0; i < splats->n; i++)
		if (splats->open[i].has_caller == rec->has_caller &&
		    splats->open[i].caller == rec->caller)
			return &splats->open[i];
	return NULL;
}

/* The one that had no record for the longest time makes room. */
static struct splat_open *oldest_open(struct splats *splats)
{
	struct splat_open *oldest = &splats->open[0];
	size_t i;

	for (i = 1; i < splats->n; i++)
		if (splats->open[i].usec < oldest->usec)
			oldest = &splats->open[i];
	return oldest;
}

static struct splat_open *begin(struct splats *splats, const struct logrec *rec)
{
	struct splat_open *open;

	if (splats->n == SPLATS_OPEN_MAX)
		close_at(splats, oldest_open(splats));
	open = &splats->open[splats->n++];
	*open = (struct splat_open){ .has_caller = rec->has_caller, .caller = rec->caller };
	open->splat = xcalloc(1, sizeof(*open->splat));
	*open->splat = (struct splat){ .refs = 1, .id = ++splats->total, .level = 7 };
	return open;
}

static void join(struct splat_open *open, struct logrec *rec)
{
	struct splat *splat = open->splat;

	rec->splat = splat_get(splat);
	rec->line = splat->lines++;
	splat->level = MIN(splat->level, rec->level);
	open->usec = rec->usec;
	if (open->phase != SPLAT_HEAD)
		look_for_place(splat, rec->text);
}

/* A record that speaks of something else: "module: text". */
static bool is_foreign(const struct logrec *rec)
{
	size_t i, len = rec->module ? strlen(rec->module) : 0;

	if (len < 3 || !islower((unsigned char)rec->text[0]))
		return false;
	for (i = 0; i < ARRAY_SIZE(own_words); i++)
		if (!strcmp(rec->module, own_words[i]))
			return false;
	return true;
}

static bool is_tail(const char *text)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tail_lines); i++)
		if (starts(text, tail_lines[i]))
			return true;
	return false;
}

/* That record can not belong to it, and ends it. */
static bool is_over(const struct splat_open *open, const struct logrec *rec)
{
	const char *text = rec->text;
	const struct title *title;

	if (rec->usec > open->usec + SPLAT_GAP_US || open->splat->lines >= SPLAT_LINES_MAX)
		return true;
	if (open->phase == SPLAT_TAIL)
		return !is_tail(text);
	if (rule_of(text) == '-')
		return true;
	if (open->phase == SPLAT_HEAD)
		return open->splat->lines >= HEAD_LINES_MAX;
	if (is_foreign(rec))
		return false;
	/* The registers of the task stand among its frames. */
	if (open->phase == SPLAT_FRAMES && open->end == SPLAT_END_FRAMES && text[0] != ' ' && !is_tail(text))
		return true;
	title = title_find(text, 0);
	return title && !title->goes_on;
}

/* What the record just taken in says about how it goes on. */
static void advance(struct splat_open *open, const char *text)
{
	if (starts(text, "---[ end trace") || starts(text, "---[ end Kernel panic"))
		open->phase = SPLAT_TAIL;
	else if (rule_of(text) == '=' && open->phase != SPLAT_HEAD && open->end == SPLAT_END_RULE)
		open->phase = SPLAT_TAIL;
	else if (starts(text, "Call Trace:") || starts(text, "Call trace:"))
		open->phase = SPLAT_FRAMES;
	else if (starts(text, " </TASK>") && open->end == SPLAT_END_FRAMES)
		open->phase = SPLAT_TAIL;
	else if (open->phase == SPLAT_FRAMES && text[0] != ' ' && !is_tail(text))
		open->phase = SPLAT_BODY;
}

static void go_on(struct splats *splats, struct splat_open *open, struct logrec *rec)
{
	const struct title *title = open->phase == SPLAT_HEAD ? title_find(rec->text, open->rule) : NULL;

	/* What WARN() says before its WARNING may begin with the name of a module, too. */
	if (!title && is_foreign(rec) && !(open->phase == SPLAT_HEAD && open->rule == '-'))
		return;
	if (title)
		set_title(splats, open, title, rec->text);
	join(open, rec);
	advance(open, rec->text);
}

void splats_feed(struct splats *splats, struct logrec *rec)
{
	const struct title *title;
	struct splat_open *open;
	char rule;

	while (rec->lost && splats->n)
		close_at(splats, &splats->open[0]);
	if (rec->lost || rec->facility)
		return;
	open = find_open(splats, rec);
	if (open && is_over(open, rec)) {
		close_at(splats, open);
		open = NULL;
	}
	if (open) {
		go_on(splats, open, rec);
		return;
	}
	rule = rule_of(rec->text);
	title = rule ? NULL : title_find(rec->text, 0);
	if (!rule && !title)
		return;
	open = begin(splats, rec);
	open->rule = rule;
	if (title)
		set_title(splats, open, title, rec->text);
	join(open, rec);
}

void splats_release(struct splats *splats)
{
	while (splats->n)
		close_at(splats, &splats->open[0]);
	splat_put(splats->newest);
	*splats = (struct splats){ .n = 0 };
}
