/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel said in the machine, on its console, as part of the verdict. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/fault.h"
#include "model/verdict.h"

#define LINE_MAX_LEN 400
#define LOG_MAX 500

#define MARK "kmodtui-try: "
/* Lines that follow the head of a report belong to it, up to its own end or this many. */
#define REPORT_LINES 80

struct reader {
	struct verdict *verdict;
	bool begun;			/* between the marks of the guest */
	bool ruled;			/* the line before was a rule */
	enum fault inside;		/* of the report whose lines follow; FAULT_NONE: none */
	unsigned left;			/* lines it may still have */
	char *maybe;			/* a head that no proof followed yet; NULL: none */
	bool placed;			/* where in the module the fatal report came from was told */
};

/* What the kernel's words about a cache mean for who wrote the module. */
static const struct {
	const char *words, *meaning;
} causes[] = {
	{ "): Poison overwritten", N_("Memory was written to after it was given back: %s") },
	{ "): Object already free", N_("Memory was given back twice: %s") },
	{ " Redzone overwritten", N_("Memory was written to beyond its end or before its start: %s") },
	{ "): Object padding overwritten", N_("Memory was written to beyond its end: %s") },
	{ "): Objects remaining in", N_("A cache was destroyed while it had objects: %s") },
};

static const char *meaning_of(const char *line)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(causes); i++)
		if (!strncmp(line, "BUG ", 4) && strstr(line, causes[i].words))
			return _(causes[i].meaning);
	return NULL;
}

static void begin_report(struct reader *reader, enum fault fault, const char *line)
{
	const char *at = strstr(line, " at "), *process = strstr(line, ", CPU#");
	const char *meaning = meaning_of(line);

	free(reader->maybe);
	reader->maybe = NULL;
	reader->inside = fault;
	reader->placed = false;
	reader->left = REPORT_LINES;
	if (fault == FAULT_MAYBE)
		reader->maybe = xstrdup(line);
	else if (fault == FAULT_FATAL)
		verdict_find(reader->verdict, VERDICT_CRASHED, "crash", "%s", line);
	/* The same warning from another process is no other warning. */
	else if (!strncmp(line, "WARNING: CPU: ", 14) && at)
		verdict_find(reader->verdict, VERDICT_DIRTY, "splat", "WARNING%s", at);
	else if (!strncmp(line, "WARNING: ", 9) && process)
		verdict_find(reader->verdict, VERDICT_DIRTY, "splat", "%.*s", (int)(process - line), line);
	else if (meaning)
		verdict_find(reader->verdict, VERDICT_DIRTY, "splat", meaning, line);
	else
		verdict_find(reader->verdict, VERDICT_DIRTY, "splat", "%s", line);
}

/* A report is known by its first line; whatever stands below it, what is fatal is told. */
static bool begins(const struct reader *reader, enum fault fault, const char *line)
{
	switch (fault) {
	case FAULT_NONE:
		return false;
	case FAULT_MAYBE:
		return reader->inside <= FAULT_MAYBE;
	case FAULT_COMPLAINT:
		return reader->inside <= FAULT_MAYBE || !fault_goes_on(line);
	case FAULT_FATAL:
		break;
	}
	return reader->inside != FAULT_FATAL || !fault_goes_on(line);
}

/* A module's own text has no such line below it, but for those that somebody asked the kernel for. */
static void look_for_proof(struct reader *reader, const char *line)
{
	char *head = reader->maybe;

	if (!head || (!fault_is_proof(line) && strncmp(line, "sysrq: ", 7) != 0))
		return;
	reader->maybe = NULL;
	reader->inside = FAULT_NONE;
	if (fault_is_proof(line))
		begin_report(reader, FAULT_COMPLAINT, head);
	free(head);
}

static bool is_of(const struct verdict *verdict, const char *bracket)
{
	char *name = xstrndup(bracket, strcspn(bracket, "]"));
	bool same = util_name_equal(name, verdict->module);

	free(name);
	return same;
}

/* "RIP: 0010:x_init+0x8c/0xa8 [x]", or the first call of the module on the way there. */
static void tell_place(struct reader *reader, const char *line)
{
	static const char rip[] = "RIP: 0010:";
	const char *at = line + strspn(line, " "), *open = strchr(at, '[');
	bool here = !strncmp(at, rip, sizeof(rip) - 1);

	if (reader->placed || reader->inside != FAULT_FATAL || !open || *at == '?' || !is_of(reader->verdict, open + 1))
		return;
	reader->placed = true;
	if (here)
		verdict_find(reader->verdict, VERDICT_CRASHED, "crash", _("That was in %s."), at + sizeof(rip) - 1);
	else
		verdict_find(reader->verdict, VERDICT_CRASHED, "crash", _("The call of the module that led there: %s"), at);
}

static void judge_line(struct reader *reader, const char *line)
{
	enum fault fault = fault_find(line, reader->ruled);

	reader->ruled = fault_is_rule(line);
	if (fault_is_end(line) || (reader->inside && !reader->left--))
		reader->inside = FAULT_NONE;
	if (begins(reader, fault, line))
		begin_report(reader, fault, line);
	else if (reader->inside == FAULT_MAYBE)
		look_for_proof(reader, line);
	else
		tell_place(reader, line);
}

static void take_line(struct reader *reader, const char *line)
{
	const char *text = fault_without_time(line);

	if (strstr(line, MARK "begin")) {
		reader->begun = true;
	} else if (strstr(line, MARK "end")) {
		reader->begun = false;
	} else if (reader->begun && *text) {
		if (reader->verdict->log.n < LOG_MAX)
			strv_push(&reader->verdict->log, line);
		judge_line(reader, text);
	}
}

bool verdict_has_end(const char *text)
{
	const char *begin = strstr(text, MARK "begin");

	return begin && strstr(begin, MARK "end");
}

void verdict_console(struct verdict *verdict, const char *text, size_t len)
{
	const char *pos = text, *end = text + len, *start;
	struct reader reader = { .verdict = verdict };
	char *line;
	size_t n;

	while (parse_line(&pos, end, &start, &n)) {
		while (n && start[n - 1] == '\r')
			n--;
		line = xstrndup(start, MIN(n, (size_t)LINE_MAX_LEN));
		take_line(&reader, line);
		free(line);
	}
	free(reader.maybe);
}
