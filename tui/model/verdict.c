/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/verdict.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/policy.h"

/* Nobody reads more than that, and no guest gets more of our memory. */
#define LINE_MAX_LEN 400
#define ITEMS_MAX 200
#define CYCLES_MAX 1000000
#define STACKS_MAX 300
#define ERRNO_MAX 4095

void verdict_init(struct verdict *verdict, const char *module)
{
	memset(verdict, 0, sizeof(*verdict));
	verdict->module = xstrdup(module);
	verdict->taint[0] = verdict->taint[1] = -1;
}

static void items_release(struct verdict_items *items)
{
	size_t i;

	for (i = 0; i < items->n; i++) {
		free(items->v[i].kind);
		free(items->v[i].text);
	}
	free(items->v);
}

void verdict_release(struct verdict *verdict)
{
	items_release(&verdict->findings);
	items_release(&verdict->appeared);
	strv_release(&verdict->log);
	strv_release(&verdict->stacks);
	free(verdict->module);
	free(verdict->kernel);
	memset(verdict, 0, sizeof(*verdict));
}

/* @text is taken over. */
static void items_push(struct verdict_items *items, const char *kind, size_t len, char *text)
{
	struct verdict_item *item;

	if (items->n >= ITEMS_MAX) {
		items->more = true;
		free(text);
		return;
	}
	if (items->n == items->size) {
		items->size = items->size ? items->size * 2 : 16;
		items->v = xrealloc(items->v, items->size, sizeof(*items->v));
	}
	item = &items->v[items->n++];
	item->kind = xstrndup(kind, len);
	item->text = text;
}

static bool has_finding(const struct verdict *verdict, const char *text)
{
	size_t i;

	for (i = 0; i < verdict->findings.n; i++)
		if (!strcmp(verdict->findings.v[i].text, text))
			return true;
	return false;
}

void verdict_find(struct verdict *verdict, enum verdict_word word, const char *kind, const char *format, ...)
{
	struct buf text = BUF_INIT;
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	verdict->word = MAX(verdict->word, word);
	if (has_finding(verdict, buf_str(&text)))
		buf_release(&text);
	else
		items_push(&verdict->findings, kind, strlen(kind), buf_detach(&text));
}

/* ---- the report ---------------------------------------------------------------------------- */

/* The next word of @rest, which moves behind it; "" when there is none. */
static char *next_word(const char **rest)
{
	const char *start = *rest + strspn(*rest, " ");
	size_t len = strcspn(start, " ");

	*rest = start + len + strspn(start + len, " ");
	return xstrndup(start, len);
}

static unsigned long long next_number(const char **rest)
{
	char *word = next_word(rest);
	unsigned long long number = 0;

	if (parse_unsigned(word, &number))
		number = 0;
	free(word);
	return number;
}

static void read_kernel(struct verdict *verdict, const char *rest)
{
	if (!verdict->kernel)
		verdict->kernel = xstrdup(rest);
}

static void read_cycle(struct verdict *verdict, const char *rest)
{
	unsigned long long n = next_number(&rest);

	if (n > verdict->cycles && n <= CYCLES_MAX)
		verdict->cycles = (unsigned)n;
}

static void read_appeared(struct verdict *verdict, const char *rest)
{
	char *kind = next_word(&rest);

	items_push(&verdict->appeared, kind, strlen(kind), xstrdup(rest));
	free(kind);
}

static void read_pulled(struct verdict *verdict, const char *rest)
{
	items_push(&verdict->appeared, "pulled", 6, xstrdup(rest));
}

static void read_left(struct verdict *verdict, const char *rest)
{
	char *kind = next_word(&rest);

	if (verdict->refused)
		verdict_find(verdict, VERDICT_DIRTY, "left", _("This stayed behind after the load that was refused: %s %s"),
			     kind, rest);
	else
		verdict_find(verdict, VERDICT_DIRTY, "left", _("This stayed behind after the last unload: %s %s"),
			     kind, rest);
	free(kind);
}

static void read_refused(struct verdict *verdict, const char *rest)
{
	unsigned long long cycle = next_number(&rest), error = next_number(&rest);

	verdict->error = error <= ERRNO_MAX ? (unsigned)error : 0;
	verdict->refused = cycle <= 1;
	/* A kernel that took it once and then no more shows a fault of the module. */
	if (cycle > 1)
		verdict_find(verdict, VERDICT_DIRTY, "refused", _("Load %llu was refused, others before it were not: %s"),
		     cycle, rest);
	else
		verdict_find(verdict, VERDICT_REFUSED, "refused", "%s", rest);
}

static void read_lacking(struct verdict *verdict, const char *rest)
{
	char *name = next_word(&rest);

	/* The errno is of that one: this module came to no refusal of its own. */
	next_number(&rest);
	verdict->refused = true;
	verdict_find(verdict, VERDICT_REFUSED, "refused",
		     _("The module was not tried itself: it needs %s, which could not be loaded.  Of %s was said: %s"),
		     name, name, rest);
	free(name);
}

static void read_absent(struct verdict *verdict, const char *rest)
{
	verdict->refused = true;
	verdict_find(verdict, VERDICT_REFUSED, "refused",
		     _("The module needs %s, which was not found: put its file in the same directory, or name it with --with FILE."),
		     rest);
}

static void read_stuck(struct verdict *verdict, const char *rest)
{
	unsigned long long cycle = next_number(&rest);

	next_number(&rest);
	verdict_find(verdict, VERDICT_DIRTY, "unload", _("Unload %llu was refused: %s"), cycle, rest);
}

static void read_step(struct verdict *verdict, const char *rest)
{
	char *word = next_word(&rest);

	strncpy(verdict->step, !strcmp(word, "unload") ? "unload" : "load", sizeof(verdict->step) - 1);
	free(word);
}

static void read_hung(struct verdict *verdict, const char *rest)
{
	unsigned long long cycle;

	read_step(verdict, rest);
	free(next_word(&rest));
	cycle = next_number(&rest);
	if (!strcmp(verdict->step, "unload"))
		verdict_find(verdict, VERDICT_HUNG, "hung", _("Unload %llu did not end."), cycle);
	else
		verdict_find(verdict, VERDICT_HUNG, "hung", _("Load %llu did not end."), cycle);
}

static void read_died(struct verdict *verdict, const char *rest)
{
	unsigned long long cycle;

	read_step(verdict, rest);
	free(next_word(&rest));
	cycle = next_number(&rest);
	if (!strcmp(verdict->step, "unload"))
		verdict_find(verdict, VERDICT_CRASHED, "crash", _("The kernel broke off unload %llu."), cycle);
	else
		verdict_find(verdict, VERDICT_CRASHED, "crash", _("The kernel broke off load %llu."), cycle);
}

static void read_leak(struct verdict *verdict, const char *rest)
{
	unsigned long long n = next_number(&rest);

	verdict_find(verdict, VERDICT_DIRTY, "leak", _("Memory was not given back: %llu times %s"), n, rest);
}

static void read_lost(struct verdict *verdict, const char *rest)
{
	unsigned long long n = next_number(&rest), loads = next_number(&rest);

	verdict_find(verdict, VERDICT_DIRTY, "leak",
		     ngettext("Memory was not given back: %llu times %s in the last %llu load",
			      "Memory was not given back: %llu times %s in the last %llu loads", loads), n, rest, loads);
}

static void read_sockets(struct verdict *verdict, const char *rest)
{
	verdict_find(verdict, VERDICT_DIRTY, "leak", _("Sockets were not closed: %llu"), next_number(&rest));
}

static void read_stack(struct verdict *verdict, const char *rest)
{
	if (verdict->stacks.n < STACKS_MAX)
		strv_push(&verdict->stacks, rest);
}

/* Below its title. */
static void read_call(struct verdict *verdict, const char *rest)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, "  %s", rest);
	read_stack(verdict, buf_str(&line));
	buf_release(&line);
}

static void read_grown(struct verdict *verdict, const char *rest)
{
	unsigned long long kib = next_number(&rest), loads = next_number(&rest);

	verdict_find(verdict, VERDICT_DIRTY, "memory",
		     _("Pages were not given back: the kernel has about %llu kB less memory after %llu loads."),
		     kib, loads);
}

static void read_taint(struct verdict *verdict, const char *rest)
{
	unsigned long long mask = next_number(&rest);

	verdict->taint[verdict->taint[0] >= 0] = (long long)(mask & 0x7fffffff);
}

static void read_end(struct verdict *verdict, const char *rest)
{
	(void)rest;
	verdict->ended = true;
}

static const struct {
	const char *word;
	void (*read)(struct verdict *verdict, const char *rest);
} readers[] = {
	{ "kernel", read_kernel }, { "cycle", read_cycle }, { "appeared", read_appeared },
	{ "pulled", read_pulled }, { "left", read_left }, { "refused", read_refused },
	{ "lacking", read_lacking }, { "absent", read_absent },
	{ "stuck", read_stuck }, { "hung", read_hung }, { "died", read_died },
	{ "leak", read_leak }, { "lost", read_lost }, { "stack", read_stack }, { "call", read_call }, { "sockets", read_sockets }, { "grown", read_grown },
	{ "taint", read_taint }, { "end", read_end },
};

void verdict_report(struct verdict *verdict, const char *line, size_t len)
{
	char *copy = xstrndup(line, MIN(len, (size_t)LINE_MAX_LEN));
	const char *rest = copy;
	char *word = next_word(&rest);
	size_t i;

	/* Nothing can be said before the beginning and behind the end. */
	for (i = 0; i < ARRAY_SIZE(readers) && !verdict->ended; i++)
		if (!strcmp(readers[i].word, word) && (verdict->kernel || i == 0))
			readers[i].read(verdict, rest);
	free(word);
	free(copy);
}

/* ---- the end ------------------------------------------------------------------------------- */

/* Taints any module of another house brings: P, O, E, C, X, T, K. */
#define USUAL_TAINT (1LL << 0 | 1LL << 12 | 1LL << 13 | 1LL << 10 | 1LL << 16 | 1LL << 17 | 1LL << 15)

static void judge_taint(struct verdict *verdict)
{
	long long new = verdict->taint[1] & ~verdict->taint[0] & ~USUAL_TAINT;
	char *text;
	int bit;

	if (verdict->taint[0] < 0 || verdict->taint[1] < 0)
		return;
	for (bit = 0; bit < 31; bit++) {
		if (!(new >> bit & 1))
			continue;
		text = policy_taint_sentence(bit);
		verdict_find(verdict, VERDICT_DIRTY, "taint", _("The kernel marked itself with the letter %c: %s"),
		     policy_taint_letter(bit), text);
		free(text);
	}
}

void verdict_close(struct verdict *verdict, enum verdict_end end)
{
	judge_taint(verdict);
	if (verdict->ended || !verdict->kernel)
		return;
	/* Only what is fatal can be told from the troubles of a machine that is too slow. */
	if (end == VERDICT_TIMED_OUT && verdict->word != VERDICT_CRASHED)
		verdict->word = VERDICT_NONE;
	else if (end == VERDICT_SILENT)
		verdict_find(verdict, VERDICT_HUNG, "hung", _("All of the machine stood still in cycle %u."), verdict->cycles);
	else if (end == VERDICT_DIED || end == VERDICT_ENDED)
		verdict_find(verdict, VERDICT_CRASHED, "crash", _("The machine died in cycle %u."), verdict->cycles);
}

const char *verdict_name(enum verdict_word word)
{
	static const char *const names[] = {
		[VERDICT_CLEAN] = "clean", [VERDICT_DIRTY] = "dirty", [VERDICT_REFUSED] = "refused",
		[VERDICT_HUNG] = "hung", [VERDICT_CRASHED] = "crashed", [VERDICT_NONE] = NULL,
	};

	return names[word];
}

/* "clean" names what so few cycles do not show. */
static const char *clean_sentence(unsigned cycles)
{
	if (cycles < VERDICT_BLOCKS_CYCLES)
		return N_("%s is clean: nothing stayed behind, and the kernel had no complaint; lost pages were not judged, "
			  "which takes 5 cycles for large blocks and 20 for single pages. Cycles: %u, kernel: %s.");
	if (cycles < VERDICT_PAGES_CYCLES)
		return N_("%s is clean: nothing stayed behind, and the kernel had no complaint; single pages were not "
			  "judged, which takes 20 cycles. Cycles: %u, kernel: %s.");
	return N_("%s is clean: nothing stayed behind, and the kernel had no complaint. Cycles: %u, kernel: %s.");
}

char *verdict_sentence(const struct verdict *verdict)
{
	static const char *const sentences[] = {
		[VERDICT_DIRTY] = N_("%s is dirty: something stayed behind, or the kernel complained. "
				     "Cycles: %u, kernel: %s."),
		[VERDICT_REFUSED] = N_("%s was refused: it could not be loaded. Cycles: %u, kernel: %s."),
		[VERDICT_HUNG] = N_("%s hung: a load or unload did not come to its end. Cycles: %u, kernel: %s."),
		[VERDICT_CRASHED] = N_("%s crashed: the kernel ran into a fatal error. Cycles: %u, kernel: %s."),
		[VERDICT_NONE] = N_("%s was not judged: the time was over while the machine was still at work, as this "
				    "host is slow or busy. Give it more with --timeout SECONDS, or try fewer --cycles. "
				    "Cycles: %u, kernel: %s."),
	};
	const char *sentence = verdict->word == VERDICT_CLEAN ? clean_sentence(verdict->cycles) :
			       sentences[verdict->word];
	struct buf out = BUF_INIT;

	buf_printf(&out, _(sentence), verdict->module, verdict->cycles,
		   verdict->kernel ? verdict->kernel : "?");
	return buf_detach(&out);
}
