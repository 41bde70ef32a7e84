/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/util.h"
#include "model/verdict.h"

#define BEGIN "kernel 6.1.0-56-amd64\ntaint 0\ncycle 1\n"
#define END "taint 12288\nend\n"
#define MARKED "[    9.1] kmodtui-try: begin\r\n"

static const struct {
	const char *report, *console;
	enum verdict_end end;
	enum verdict_word word;
	const char *kind;	/* of the first finding; NULL: none */
	const char *text;	/* that it holds */
} cases[] = {
	{ BEGIN "cycle 2\n" END, "", VERDICT_ENDED, VERDICT_CLEAN, NULL, NULL },
	{ BEGIN "appeared device /dev/x\npulled nls_utf8\n" END, MARKED "[ 9.2] x: hello\r\n",
	  VERDICT_ENDED, VERDICT_CLEAN, NULL, NULL },
	{ BEGIN "left proc /proc/a b\n" END, "", VERDICT_ENDED, VERDICT_DIRTY, "left", "proc /proc/a b" },
	{ BEGIN "leak 4 kmalloc-64\n" END, "", VERDICT_ENDED, VERDICT_DIRTY, "leak", "4 times kmalloc-64" },
	{ BEGIN "lost 38 19 kmalloc-96\n" END, "", VERDICT_ENDED, VERDICT_DIRTY, "leak", "38 times kmalloc-96 in the last 19 loads" },
	{ BEGIN "grown 76 19\n" END, "", VERDICT_ENDED, VERDICT_DIRTY, "memory", "76 kB less memory after 19 loads" },
	{ BEGIN "sockets 4\n" END, "", VERDICT_ENDED, VERDICT_DIRTY, "leak", "Sockets were not closed: 4" },
	/* what a refused load left does not make it one that was taken */
	{ BEGIN "refused 1 22 Bad.\nleft proc /proc/x\n" END, "", VERDICT_ENDED, VERDICT_REFUSED, "refused", "Bad." },
	{ BEGIN "refused 1 8 No module.\n" END, "", VERDICT_ENDED, VERDICT_REFUSED, "refused", "No module." },
	{ BEGIN "lacking tp_ec 19 No chip.\n" END, "", VERDICT_ENDED, VERDICT_REFUSED, "refused",
	  "The module was not tried itself: it needs tp_ec, which could not be loaded.  Of tp_ec was said: No chip." },
	{ BEGIN "absent tp_ec\n" END, "", VERDICT_ENDED, VERDICT_REFUSED, "refused", "The module needs tp_ec, which was not found" },
	{ BEGIN "refused 3 12 No memory.\n" END, "", VERDICT_ENDED, VERDICT_DIRTY, "refused", "Load 3" },
	{ BEGIN "stuck 1 11 In use.\n" END, "", VERDICT_ENDED, VERDICT_DIRTY, "unload", "In use." },
	{ BEGIN "hung load 1\n" END, "", VERDICT_ENDED, VERDICT_HUNG, "hung", "Load 1" },
	{ BEGIN "hung unload 2\n" END, "", VERDICT_ENDED, VERDICT_HUNG, "hung", "Unload 2" },
	{ BEGIN "died unload 1\n" END, "", VERDICT_ENDED, VERDICT_CRASHED, "crash", "unload 1" },
	{ BEGIN, "", VERDICT_SILENT, VERDICT_HUNG, "hung", "stood still in cycle 1" },
	/* a host without time says nothing about the module, but a crash is one */
	{ BEGIN, "", VERDICT_TIMED_OUT, VERDICT_NONE, NULL, NULL },
	{ BEGIN, MARKED "watchdog: BUG: soft lockup - CPU#1 stuck for 23s!\n", VERDICT_TIMED_OUT, VERDICT_NONE,
	  "splat", "soft lockup" },
	{ BEGIN, MARKED "[ 9.2] Oops: 0002 [#1]\n", VERDICT_TIMED_OUT, VERDICT_CRASHED, "crash", "Oops" },
	/* one that said all it had to say was in time */
	{ BEGIN END, "", VERDICT_TIMED_OUT, VERDICT_CLEAN, NULL, NULL },
	{ BEGIN, "", VERDICT_DIED, VERDICT_CRASHED, "crash", "died in cycle 1" },
	{ BEGIN "taint 512\nend\n", "", VERDICT_ENDED, VERDICT_DIRTY, "taint", "letter W" },
	{ BEGIN "taint 4194304\nend\n", "", VERDICT_ENDED, VERDICT_DIRTY, "taint", "number 22" },
	{ BEGIN END, MARKED "[ 9.2] WARNING: CPU: 0 PID: 7 at a.c:3 f+0x1\n", VERDICT_ENDED, VERDICT_DIRTY,
	  "splat", "WARNING at a.c:3" },
	{ BEGIN END, MARKED "[ 9.2][  T12] BUG: KASAN: out-of-bounds in f\n", VERDICT_ENDED, VERDICT_DIRTY,
	  "splat", "KASAN" },
	{ BEGIN END, MARKED "[ 9.2] Oops: 0002 [#1]\n", VERDICT_ENDED, VERDICT_CRASHED, "crash", "Oops" },
	/* the worst counts, whatever comes first */
	{ BEGIN "left proc /proc/x\nhung load 2\n" END, MARKED "kernel BUG at a.c:1!\n", VERDICT_ENDED,
	  VERDICT_CRASHED, "left", "/proc/x" },
	/* what was before the trial, or after it, is not the module's */
	{ BEGIN END, "UBSAN: early\n" MARKED, VERDICT_ENDED, VERDICT_CLEAN, NULL, NULL },
	{ BEGIN END, MARKED "kmodtui-try: end\nUBSAN: late\n", VERDICT_ENDED, VERDICT_CLEAN, NULL, NULL },
	{ BEGIN END "left proc /proc/late\n", "", VERDICT_ENDED, VERDICT_CLEAN, NULL, NULL },
	{ "left proc /proc/early\n" BEGIN END, "", VERDICT_ENDED, VERDICT_CLEAN, NULL, NULL },
	/* and what is no report is nothing */
	{ BEGIN "leftover\n\n  \nleft\377\n" END, "", VERDICT_ENDED, VERDICT_CLEAN, NULL, NULL },
};

static void feed(struct verdict *verdict, const char *report)
{
	size_t len;

	for (; *report; report += len + 1) {
		len = strcspn(report, "\n");
		verdict_report(verdict, report, len);
	}
}

static void judges(void **state)
{
	struct verdict verdict;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		verdict_init(&verdict, "kmt_x");
		feed(&verdict, cases[i].report);
		verdict_console(&verdict, cases[i].console, strlen(cases[i].console));
		verdict_close(&verdict, cases[i].end);
		if (verdict.word != cases[i].word)
			fail_msg("case %zu: %d", i, (int)verdict.word);
		if (!cases[i].kind != !verdict.findings.n)
			fail_msg("case %zu: %zu findings", i, verdict.findings.n);
		if (cases[i].kind && (strcmp(verdict.findings.v[0].kind, cases[i].kind) != 0 ||
				      !strstr(verdict.findings.v[0].text, cases[i].text)))
			fail_msg("case %zu: %s: %s", i, verdict.findings.v[0].kind, verdict.findings.v[0].text);
		verdict_release(&verdict);
	}
}

static void keeps_what_appeared(void **state)
{
	struct verdict verdict;
	char *sentence;

	(void)state;
	verdict_init(&verdict, "kmt_x");
	feed(&verdict, BEGIN "appeared device /dev/x y\npulled crc7\ncycle 2\n" END);
	verdict_close(&verdict, VERDICT_ENDED);
	assert_string_equal(verdict.kernel, "6.1.0-56-amd64");
	assert_int_equal(verdict.cycles, 2);
	assert_int_equal(verdict.taint[0], 0);
	assert_int_equal(verdict.taint[1], 12288);
	assert_int_equal(verdict.appeared.n, 2);
	assert_string_equal(verdict.appeared.v[0].kind, "device");
	assert_string_equal(verdict.appeared.v[0].text, "/dev/x y");
	assert_string_equal(verdict.appeared.v[1].text, "crc7");
	sentence = verdict_sentence(&verdict);
	assert_non_null(strstr(sentence, "kmt_x is clean"));
	assert_non_null(strstr(sentence, "pages were not judged"));
	free(sentence);
	verdict_release(&verdict);
}

static void says_what_it_judged(void **state)
{
	static const struct { const char *report, *says; } rows[] = {
		{ BEGIN "cycle 4\n" END, "; lost pages were not judged" },
		{ BEGIN "cycle 5\n" END, "; single pages were not judged" },
		{ BEGIN "cycle 19\n" END, "; single pages were not judged" },
		{ BEGIN "cycle 20\n" END, " had no complaint. " },
	};
	struct verdict verdict;
	char *sentence;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		verdict_init(&verdict, "kmt_x");
		feed(&verdict, rows[i].report);
		sentence = verdict_sentence(&verdict);
		assert_non_null(strstr(sentence, "kmt_x is clean"));
		assert_non_null(strstr(sentence, rows[i].says));
		free(sentence);
		verdict_release(&verdict);
	}
}

static void keeps_what_a_refused_load_left(void **state)
{
	struct verdict verdict;

	(void)state;
	verdict_init(&verdict, "kmt_x");
	feed(&verdict, BEGIN "refused 1 22 Bad.\ncycle 2\nleft proc /proc/x\nleak 3 kmalloc-64\n"
	     "stack kmalloc-64: 3 times\nstack    x_init+0x1/0x2 [x]\n" END);
	verdict_close(&verdict, VERDICT_ENDED);
	assert_int_equal(verdict.error, 22);
	assert_int_equal(verdict.findings.n, 3);
	assert_non_null(strstr(verdict.findings.v[1].text, "after the load that was refused: proc /proc/x"));
	assert_string_equal(verdict.findings.v[2].kind, "leak");
	assert_int_equal(verdict.stacks.n, 2);
	assert_string_equal(verdict.stacks.v[1], "x_init+0x1/0x2 [x]");
	verdict_release(&verdict);
}

/* One fault is one finding: what the kernel prints behind its first line tells no other. */
static void an_oops_is_one_finding(void **state)
{
	static const char console[] = MARKED
		"[ 1.0] BUG: kernel NULL pointer dereference, address: 0\n[ 1.0] Oops: 0002 [#1]\n"
		"[ 1.0] WARNING: stack recursion\n[ 1.0] ---[ end trace 0 ]---\n"
		"[ 1.1] WARNING: CPU: 0 PID: 7 at a.c:3 f+0x1\n"
		"[ 1.1] ---[ end trace 0 ]---\n[ 1.2] WARNING: CPU: 1 PID: 8 at a.c:3 f+0x1\n";
	struct verdict verdict;

	(void)state;
	verdict_init(&verdict, "kmt_x");
	feed(&verdict, BEGIN END);
	verdict_console(&verdict, console, strlen(console));
	assert_int_equal(verdict.findings.n, 2);
	assert_int_equal(verdict.log.n, 7);
	verdict_release(&verdict);
}

/* What stands between the marks, and the findings it makes, each "kind text"; NULL ends them. */
static const struct {
	const char *console;
	const char *findings[3];
} logs[] = {
	/* a module's own text, with its name in front of it or without */
	{ "x: WARNING: the firmware is old\n", { NULL } },
	{ "x: BUG: no cable\n[ 1.0] x: Oops: 0, retries: 3\n[ 1.0] x: kernel BUG at heart!\n", { NULL } },
	{ "x 0000:00:1f.2: UBSAN: is a word\nx: general protection fault [#1]\n", { NULL } },
	{ "WARNING: the firmware is old\nBUG: no cable\nOops: 0, retries: 3\nx: hello\n", { NULL } },
	/* hides nothing */
	{ "x: WARNING: old\nBUG: kernel NULL pointer dereference, address: 0\nOops: 0002 [#1]\n",
	  { "crash BUG: kernel NULL" } },
	{ "WARNING: old\nBUG: unable to handle page fault for address: 8\nOops: 0002 [#1]\nCPU: 0 PID: 1 Comm: x\n",
	  { "crash BUG: unable to handle" } },
	/* where in the module: at once, or the first call that is certain */
	{ "BUG: kernel NULL pointer dereference, address: 0\nRIP: 0010:x_init+0x8c/0xa8 [x]\n y_go+0x1/0x2 [x]\n",
	  { "crash BUG: kernel NULL", "crash That was in x_init+0x8c/0xa8 [x]." } },
	{ "BUG: kernel NULL pointer dereference, address: 0\nRIP: 0010:memcpy+0x8/0xa8\nModules linked in: x(OE) y\n"
	  " ? x_old+0x1/0x2 [x]\n other+0x1/0x2 [y]\n x_go+0x1/0x2 [x]\n",
	  { "crash BUG: kernel NULL", "crash The call of the module that led there: x_go+0x1/0x2 [x]" } },
	{ "WARNING: CPU: 0 PID: 1 at a.c:1 f+0x1\nRIP: 0010:x_init+0x8c/0xa8 [x]\n", { "splat WARNING at a.c:1" } },
	{ "WARNING: old\nsysrq: Show backtrace\nCPU: 0 PID: 1 Comm: x\n", { NULL } },
	/* nor does a complaint of the kernel that has no end */
	{ "BUG: sleeping function called from invalid context at a.c:1\nCPU: 0 PID: 1\n"
	  "Oops: general protection fault: 0000 [#1]\n", { "splat BUG: sleeping", "crash Oops: general" } },
	{ "WARNING: CPU: 0 PID: 1 at a.c:1 f+0x1\nRIP: 0\n------------[ cut here ]------------\n"
	  "WARNING: CPU: 0 PID: 1 at b.c:2 f+0x1\n", { "splat WARNING at a.c:1", "splat WARNING at b.c:2" } },
	{ "------------[ cut here ]------------\nrefcount_t: underflow; use-after-free.\n"
	  "WARNING: CPU: 0 PID: 1 at lib/refcount.c:28 f+0x1\n", { "splat refcount_t: underflow" } },
	/* the kernel's own reports that begin alike are known by what stands above or below */
	{ "======================\nWARNING: a title of its own\n", { "splat WARNING: a title" } },
	{ "BUG: a title of its own\nHardware name: q\nCPU: 0 PID: 1 Comm: x\n", { "splat BUG: a title" } },
	{ "==============================\nBUG kmalloc-96 (Tainted: G    O): Poison overwritten\n",
	  { "splat Memory was written to after it was given back: BUG kmalloc-96 (Tainted: G    O): Poison" } },
	{ "=============================\n[ BUG: Invalid wait context ]\n", { "splat [ BUG: Invalid" } },
	{ "watchdog: BUG: soft lockup - CPU#1 stuck for 23s!\n", { "splat watchdog: BUG" } },
	{ "rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:\n", { "splat rcu: INFO" } },
	{ "WARNING: drivers/a.c:12 at f+0x1/0x2, CPU#3: insmod/7\n", { "splat WARNING: drivers/a.c:12 at f+0x1/0x2" } },
};

static void hears_the_kernel_only(void **state)
{
	struct buf console = BUF_INIT, got = BUF_INIT;
	struct verdict verdict;
	const char *wanted;
	size_t i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(logs); i++) {
		buf_reset(&console);
		buf_printf(&console, MARKED "%s", logs[i].console);
		verdict_init(&verdict, "x");
		feed(&verdict, BEGIN END);
		verdict_console(&verdict, buf_str(&console), console.len);
		for (j = 0; j < ARRAY_SIZE(logs[i].findings); j++) {
			wanted = logs[i].findings[j];
			buf_reset(&got);
			if (j < verdict.findings.n)
				buf_printf(&got, "%s %s", verdict.findings.v[j].kind, verdict.findings.v[j].text);
			if (!wanted ? got.len > 0 : strncmp(buf_str(&got), wanted, strlen(wanted)) != 0)
				fail_msg("log %zu: %s instead of %s", i, buf_str(&got), wanted ? wanted : "nothing");
		}
		verdict_release(&verdict);
	}
	buf_release(&console);
	buf_release(&got);
}

static void is_bounded(void **state)
{
	struct buf console = BUF_INIT;
	struct verdict verdict;
	char line[64];
	int i;

	(void)state;
	verdict_init(&verdict, "kmt_x");
	feed(&verdict, BEGIN);
	buf_addstr(&console, MARKED);
	for (i = 0; i < 5000; i++) {
		snprintf(line, sizeof(line), "left proc /proc/%d", i);
		verdict_report(&verdict, line, strlen(line));
		snprintf(line, sizeof(line), "appeared proc /proc/%d", i);
		verdict_report(&verdict, line, strlen(line));
		buf_printf(&console, "line %d\n", i);
	}
	verdict_console(&verdict, buf_str(&console), console.len);
	assert_in_range(verdict.findings.n, 1, 500);
	assert_in_range(verdict.appeared.n, 1, 500);
	assert_in_range(verdict.log.n, 1, 1000);
	assert_true(verdict.findings.more && verdict.appeared.more);
	buf_release(&console);
	verdict_release(&verdict);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges),
		cmocka_unit_test(keeps_what_appeared),
		cmocka_unit_test(says_what_it_judged),
		cmocka_unit_test(keeps_what_a_refused_load_left),
		cmocka_unit_test(an_oops_is_one_finding),
		cmocka_unit_test(hears_the_kernel_only),
		cmocka_unit_test(is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
