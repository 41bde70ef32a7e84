/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports of the kernel, most of them as real kernels wrote them: tests/fuzz/corpus/splat. */
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
#include "base/xalloc.h"
#include "kernel/kmsg.h"
#include "model/logfilter.h"
#include "model/logring.h"

struct wanted {
	enum splat_kind kind;
	const char *module, *detail;
	unsigned lines;
};

static void feed_text(struct logring *ring, const char *text)
{
	struct kmsg kmsg = { .fd = -1 };
	struct logrec rec;

	kmsg.text = xstrdup(text);
	kmsg.pos = kmsg.text;
	kmsg.end = kmsg.text + strlen(text);
	while (kmsg_read(&kmsg, &rec) == 1)
		logring_push(ring, &rec);
	kmsg_close(&kmsg);
}

static void feed_file(struct logring *ring, const char *name)
{
	const char *source = getenv("SRCDIR");
	struct buf path = BUF_INIT, text = BUF_INIT;
	FILE *file;
	size_t n;

	buf_printf(&path, "%s/tests/fuzz/corpus/splat/%s", source ? source : ".", name);
	file = fopen(buf_str(&path), "r");
	assert_non_null(file);
	while ((n = fread(buf_grow(&text, 4096), 1, 4096, file)) > 0)
		text.len += n;
	fclose(file);
	feed_text(ring, buf_str(&text));
	buf_release(&text);
	buf_release(&path);
}

static void is_as_wanted(const struct splat *splat, const struct wanted *wanted)
{
	assert_string_equal(splat_kind_name(splat->kind), splat_kind_name(wanted->kind));
	if (wanted->module)
		assert_string_equal(splat->module, wanted->module);
	else
		assert_null(splat->module);
	assert_string_equal(splat->detail ? splat->detail : "", wanted->detail);
	assert_int_equal(splat->lines, wanted->lines);
}

/* The reports of the ring in the order of their beginnings are these; their heads are the folded rows. */
static void has(const struct logring *ring, const struct wanted *wanted, size_t n)
{
	size_t i, at = 0, rows = 0;
	const struct logfilter all = { .level = 7 };

	for (i = 0; i < ring->n; i++) {
		const struct logrec *rec = logring_get(ring, i);

		rows += logrec_splat(rec) && logfilter_shows(&all, rec);
		if (!logrec_is_head(rec))
			continue;
		assert_true(at < n);
		is_as_wanted(rec->splat, &wanted[at++]);
	}
	assert_int_equal(at, n);
	assert_int_equal(rows, n);
	assert_int_equal(ring->splats.reports, n);
}

static void debian(void **state)
{
	static const struct wanted wanted[] = {
		{ SPLAT_WARNING, "kmt_x", "kmt_x_init+0x34/0x2e0 [kmt_x]", 36 },
		{ SPLAT_WARNING, "kmt_x", "kmt_x_init+0x2b2/0x2e0 [kmt_x]", 50 },
		{ SPLAT_TRACE, "kmt_x", "kmt_x_init.cold+0x5/0xcad [kmt_x]", 22 },
		{ SPLAT_ATOMIC, "kmt_x", "insmod/136/0x00000002", 36 },
		{ SPLAT_WARNING, NULL, "do_one_initcall+0x1d7/0x220", 41 },
		{ SPLAT_HUNG, NULL, "kmt_x_hangs:139 blocked for more than 3 seconds.", 12 },
		{ SPLAT_HUNG, "kmt_x", "kmt_x_hangs:139 blocked for more than 8 seconds.", 14 },
		{ SPLAT_RCU, "kmt_x", "kmt_x_init+0x1a9/0x2e0 [kmt_x]", 51 },
		{ SPLAT_OOPS, "kmt_x", "kmt_x_init+0x7e/0x2e0 [kmt_x]", 67 },
	};
	struct logring ring = { 0 };

	(void)state;
	feed_file(&ring, "stock");
	has(&ring, wanted, ARRAY_SIZE(wanted));
	logring_release(&ring);
}

static void debian_bug(void **state)
{
	static const struct wanted wanted[] = {
		{ SPLAT_BUG, "kmt_x", "kmt_x_init+0x2cf/0x2e0 [kmt_x]", 58 },
	};
	struct logring ring = { 0 };

	(void)state;
	feed_file(&ring, "stock-bug");
	has(&ring, wanted, ARRAY_SIZE(wanted));
	logring_release(&ring);
}

static void debug_kernel(void **state)
{
	static const struct wanted wanted[] = {
		{ SPLAT_LOCKDEP, "kmt_planted_deadlock", "possible circular locking dependency detected", 106 },
		{ SPLAT_KASAN, "kmt_planted_free", "use-after-free in free_init+0x80/0x1000 [kmt_planted_free]", 103 },
		{ SPLAT_KASAN, "kmt_planted_overflow",
		  "slab-out-of-bounds in overflow_init+0x7e/0x1000 [kmt_planted_overflow]", 86 },
		{ SPLAT_SLEEP, "kmt_planted_sleep", "at include/linux/sched/mm.h:274", 56 },
		{ SPLAT_WARNING, "kmt_planted_timer", "debug_print_object+0x183/0x260", 73 },
		{ SPLAT_WARNING, "kmt_x", "kmt_x_init+0x9f/0x644 [kmt_x]", 63 },
		{ SPLAT_WARNING, "kmt_x", "kmt_x_init+0x2ec/0x644 [kmt_x]", 64 },
		{ SPLAT_TRACE, "kmt_x", "kmt_x_init.cold+0x2e/0x3c [kmt_x]", 41 },
		{ SPLAT_ATOMIC, "kmt_x", "insmod/84/0x00000002", 61 },
	};
	struct logring ring = { 0 };

	(void)state;
	feed_file(&ring, "debug");
	has(&ring, wanted, ARRAY_SIZE(wanted));
	logring_release(&ring);
}

/* As the texts stand in the kernel's source; nothing here can provoke these in a test. */
static void others(void **state)
{
	static const char text[] =
		"4,1,1000000,-,caller=C1;watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [insmod:142]\n"
		"4,2,1000001,-,caller=C1;Modules linked in: other(OE) kmt_x(OE+)\n"
		"4,3,1000002,-,caller=C1;CPU: 1 PID: 142 Comm: insmod Tainted: G           OE\n"
		"4,4,1000003,-,caller=C1;RIP: 0010:delay_tsc+0x2f/0x70\n"
		"4,5,1000004,-,caller=C1;Call Trace:\n"
		"4,6,1000005,-,caller=C1; <IRQ>\n"
		"4,7,1000006,-,caller=C1; ? stale+0x1/0x2 [other]\n"
		"4,8,1000007,-,caller=C1; </IRQ>\n"
		"4,9,1000008,-,caller=C1; <TASK>\n"
		"4,10,1000009,-,caller=C1; kmt_x_init+0x1/0x2 [kmt_x 0123456789abcdef]\n"
		"4,11,1000010,-,caller=C1; </TASK>\n"
		"6,12,1000011,-,caller=C1;plain\n"
		"3,13,1000012,-;UBSAN: array-index-out-of-bounds in drivers/a.c:26:63\n"
		"3,14,1000013,-;index 5 is out of range for type 'int [4]'\n"
		"3,15,1000014,-;CPU: 1 PID: 142 Comm: insmod\n"
		"3,16,1000015,-;Call Trace:\n"
		"3,17,1000016,-; <TASK>\n"
		"3,18,1000017,-; kmt_y_init+0x1/0x2 [kmt-y]\n"
		"3,19,1000018,-; </TASK>\n"
		"3,20,1000019,-;================================================================================\n"
		"4,21,1000020,-;general protection fault, probably for non-canonical address 0xdead: 0000 [#1] SMP\n"
		"4,22,1000021,-;RIP: 0010:kmt_z_init+0x10/0x20 [kmt_z]\n"
		"4,23,1000022,-;---[ end trace 0000000000000000 ]---\n"
		"4,24,1000023,-;RIP: 0010:kmt_z_init+0x10/0x20 [kmt_z]\n"
		"0,25,1000024,-;Kernel panic - not syncing: Fatal exception\n"
		"0,26,1000025,-;Watchdog detected hard LOCKUP on cpu 1\n"
		"4,27,1000026,-;Call trace:\n"
		"4,28,1000027,-; kmt_w_init+0x1/0x2 [kmt_w]\n"
		"6,29,1000028,-;arm64 has no end of its frames\n";
	static const struct wanted wanted[] = {
		{ SPLAT_SOFT, "kmt_x", "CPU#1 stuck for 26s! [insmod:142]", 11 },
		{ SPLAT_UBSAN, "kmt_y", "array-index-out-of-bounds in drivers/a.c:26:63", 8 },
		{ SPLAT_PROTECTION, "kmt_z", "kmt_z_init+0x10/0x20 [kmt_z]", 4 },
		{ SPLAT_HARD, "kmt_w", "cpu 1", 3 },
	};
	struct logring ring = { 0 };

	(void)state;
	feed_text(&ring, text);
	has(&ring, wanted, ARRAY_SIZE(wanted));
	logring_release(&ring);
}

/* Two processors write at once; the kernel tells who wrote what. */
static void interleaved(void **state)
{
	static const char text[] =
		"4,1,1000,-,caller=T7;------------[ cut here ]------------\n"
		"4,2,1001,-,caller=T8;------------[ cut here ]------------\n"
		"4,3,1002,-,caller=T8;WARNING: CPU: 1 PID: 8 at b.c:1 b_init+0x1/0x2 [b]\n"
		"4,4,1003,-,caller=T7;a: counts are off\n"
		"6,5,1004,-,caller=C8;c: nothing of theirs\n"
		"4,6,1005,-,caller=T7;WARNING: CPU: 0 PID: 7 at a.c:1 a_init+0x1/0x2 [a]\n"
		"4,7,1006,-,caller=T7;---[ end trace 0000000000000000 ]---\n"
		"4,8,1007,-,caller=T8;---[ end trace 0000000000000000 ]---\n";
	static const struct wanted wanted[] = {
		{ SPLAT_WARNING, "a", "a_init+0x1/0x2 [a]", 4 },
		{ SPLAT_WARNING, "b", "b_init+0x1/0x2 [b]", 3 },
	};
	struct logring ring = { 0 };

	(void)state;
	feed_text(&ring, text);
	has(&ring, wanted, ARRAY_SIZE(wanted));
	assert_null(logring_get(&ring, 4)->splat);
	logring_release(&ring);
}

/* Without such a mark a record that begins with the name of a module is none of the report's. */
static void between(void **state)
{
	static const char text[] =
		"4,1,1000,-;------------[ cut here ]------------\n"
		"4,2,1001,-;WARNING: CPU: 0 PID: 7 at a.c:1 a_init+0x1/0x2 [a]\n"
		"6,3,1002,-;kmt_timer: armed\n"
		"12,4,1003,-;user space: ---[ end trace\n"
		"4,5,1004,-;Call Trace:\n"
		"4,6,1005,-;---[ end trace 0000000000000000 ]---\n"
		"6,7,1006,-;ACPI: something else\n";
	static const struct wanted wanted[] = { { SPLAT_WARNING, "a", "a_init+0x1/0x2 [a]", 4 } };
	struct logring ring = { 0 };

	(void)state;
	feed_text(&ring, text);
	has(&ring, wanted, ARRAY_SIZE(wanted));
	assert_null(logring_get(&ring, 2)->splat);
	assert_null(logring_get(&ring, 3)->splat);
	assert_null(logring_get(&ring, 6)->splat);
	logring_release(&ring);
}

/* What has no end ends all the same: by time, by length, by a loss. */
static void bounded(void **state)
{
	static const char head[] = "1,1,1000,-;BUG: kernel NULL pointer dereference, address: 0000000000000000\n";
	struct logring ring = { 0 };
	struct buf text = BUF_INIT;
	unsigned i;

	(void)state;
	feed_text(&ring, head);
	feed_text(&ring, "4,2,1001,-;PGD 0 P4D 0\n4,3,9000000,-;much later\n4,9,9000001,-;after a loss\n");
	assert_int_equal(ring.splats.newest->lines, 2);
	feed_text(&ring, head);
	feed_text(&ring, "4,2,1001,-;PGD 0 P4D 0\n4,3,1002,-;Oops: 0002 [#1]\n4,9,1003,-;behind a loss\n");
	assert_int_equal(ring.splats.newest->lines, 3);
	for (i = 2; i < 1000; i++)
		buf_printf(&text, "4,%u,%u,-;and so on\n", i, 1000 + i);
	feed_text(&ring, head);
	feed_text(&ring, buf_str(&text));
	assert_int_equal(ring.splats.newest->lines, SPLAT_LINES_MAX);
	assert_int_equal(ring.splats.reports, 3);
	buf_release(&text);
	logring_release(&ring);
}

/* A rule with nothing below it, user space, and a module that only speaks of bugs are no reports. */
static void no_report(void **state)
{
	static const char text[] =
		"6,1,1000,-;================================\n"
		"6,2,1001,-;a table\n"
		"6,3,9000000,-;mod: BUG: KASAN: is a tool\n"
		"9,4,9000001,-;BUG: kernel NULL pointer dereference, address: 0\n"
		"6,5,9000002,-;CPU: Intel something\n";
	struct logring ring = { 0 };
	const struct logfilter all = { .level = 7 };
	size_t i;

	(void)state;
	feed_text(&ring, text);
	assert_int_equal(ring.splats.reports, 0);
	for (i = 0; i < ring.n; i++)
		assert_true(logfilter_shows(&all, logring_get(&ring, i)));
	logring_release(&ring);
}

/* The oldest record that is left stands for the whole when the first ones have left the ring. */
static void survives_its_head(void **state)
{
	struct logring ring = { 0 };
	size_t i, heads = 0;

	(void)state;
	feed_file(&ring, "stock-bug");
	while (ring.dropped < 30)
		feed_text(&ring, "6,1,99000000,-;plain\n");
	for (i = 0; i < ring.n; i++)
		heads += logrec_is_head(logring_get(&ring, i));
	assert_int_equal(heads, 1);
	assert_true(logrec_is_head(logring_get(&ring, 0)));
	logring_release(&ring);
}

static void filters(void **state)
{
	struct logring ring = { 0 };
	struct logfilter filter = { .level = 2, .module = "kmt-x" };
	const struct logrec *rec;
	size_t i, rows = 0;

	(void)state;
	feed_file(&ring, "stock-bug");
	feed_text(&ring, "14,500,99000000,-;kmt_x: user space\n6,501,99000001,-;kmt_x: kernel\n");
	for (i = 0; i < ring.n; i++)
		rows += logfilter_shows(&filter, logring_get(&ring, i));
	assert_int_equal(rows, 1);
	ring.splats.newest->unfolded = true;
	for (i = rows = 0; i < ring.n; i++)
		rows += logfilter_shows(&filter, logring_get(&ring, i));
	assert_int_equal(rows, ring.splats.newest->lines);
	filter = (struct logfilter){ .level = 7, .kernel_only = true };
	rec = logring_get(&ring, ring.n - 2);
	assert_int_equal(rec->facility, 1);
	assert_false(logfilter_takes(&filter, rec));
	assert_true(logfilter_takes(&filter, logring_get(&ring, ring.n - 1)));
	filter.kernel_only = false;
	assert_true(logfilter_takes(&filter, rec));
	logring_release(&ring);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(debian),
		cmocka_unit_test(debian_bug),
		cmocka_unit_test(debug_kernel),
		cmocka_unit_test(others),
		cmocka_unit_test(interleaved),
		cmocka_unit_test(between),
		cmocka_unit_test(bounded),
		cmocka_unit_test(no_report),
		cmocka_unit_test(survives_its_head),
		cmocka_unit_test(filters),
	};

	return cmocka_run_group_tests_name("splat", tests, NULL, NULL);
}
