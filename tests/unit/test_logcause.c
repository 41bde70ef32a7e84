/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/kmsg.h"
#include "model/logcause.h"
#include "model/logring.h"

#define RECORDS_MAX 8

/* "level,text" of each record, and what the call about "lamp" is told to have failed for. */
static const struct {
	const char *records[RECORDS_MAX];
	const char *cause;
} cases[] = {
	{ { NULL }, NULL },
	{ { "6,lamp: found none" }, "lamp: found none" },
	{ { "6,lamp: one", "6,lamp: two" }, "lamp: two" },
	/* the worst, then the newest; what went well behind it is no reason */
	{ { "3,lamp: no clock", "4,lamp: slow", "6,lamp: made /dev/lamp" }, "lamp: no clock" },
	{ { "3,lamp: one", "3,lamp: two", "5,lamp: bye" }, "lamp: two" },
	{ { "6,lamp: begins", "3,Unable to request lines: -517", "6,made /dev/gpio_lamp" }, "Unable to request lines: -517" },
	{ { "4,lamp: slow", "3,no memory" }, "no memory" },
	/* what a driver says of its device is the module's own */
	{ { "3,lamp 0-0041: no answer", "3,something else" }, "lamp 0-0041: no answer" },
	/* others' troubles count for less, but for more than nothing and than good news */
	{ { "4,lamp: slow", "3,disk: read error" }, "lamp: slow" },
	{ { "4,disk: slow", "3,disk: read error", "6,lamp: begins" }, "disk: read error" },
	{ { "6,disk: sleeps" }, NULL },
	/* a name is a word of its own */
	{ { "6,the lamp is missing" }, "the lamp is missing" },
	{ { "6,gpio_lamp made", "6,lamps: on", "6,headlamp off" }, NULL },
	/* that the kernel is tainted is no reason */
	{ { "5,lamp: module verification failed: signature and/or required key missing - tainting kernel" }, NULL },
	{ { "4,lamp: loading out-of-tree module taints kernel.", "4,Disabling lock debugging due to kernel taint" }, NULL },
	{ { "4,lamp: module license 'none' taints kernel.", "6,lamp: no device" }, "lamp: no device" },
	{ { "4,lamp: no version for \"x\" found: kernel tainted." }, NULL },
	{ { "4,lamp: module is from the staging directory, the quality is unknown, you have been warned." }, NULL },
	{ { "4,lamp: module uses symbols from proprietary module y, inheriting taint." }, NULL },
	{ { "5,Setting dangerous option force - tainting kernel" }, NULL },
	{ { "3,lamp: the taint of this lens can not be read" }, "lamp: the taint of this lens can not be read" },
	/* user space can not give a reason */
	{ { "11,lamp: so it says" }, NULL },
	/* why a parameter was refused stands one line before that it was */
	{ { "3,bulbs: can only take 3 arguments", "3,lamp: `1,2,3,4' invalid for parameter `bulbs'" },
	  "bulbs: can only take 3 arguments; lamp: `1,2,3,4' invalid for parameter `bulbs'" },
	{ { "4,lamp: watts are 1 to 9", "3,lamp: `10' invalid for parameter `watts'" },
	  "lamp: watts are 1 to 9; lamp: `10' invalid for parameter `watts'" },
	{ { "3,disk: read error", "3,lamp: `10' invalid for parameter `watts'" },
	  "lamp: `10' invalid for parameter `watts'" },
	{ { "6,lamp: begins", "3,lamp: `10' invalid for parameter `watts'" },
	  "lamp: `10' invalid for parameter `watts'" },
	{ { "4,lamp: loading out-of-tree module taints kernel.", "3,lamp: `10' invalid for parameter `watts'" },
	  "lamp: `10' invalid for parameter `watts'" },
	/* of a report only its first line */
	{ { "4,------------[ cut here ]------------", "4,WARNING: CPU: 0 PID: 1 at fs/x.c:1 f+0x1/0x2",
	    "4,Modules linked in: lamp", "4,---[ end trace 0000000000000000 ]---" },
	  "------------[ cut here ]------------" },
};

static struct logrec record(const char *words, struct splats *splats)
{
	struct logrec rec;
	char line[256];

	snprintf(line, sizeof(line), "%.*s,1,1,-;%s", (int)strcspn(words, ","), words, strchr(words, ',') + 1);
	assert_int_equal(kmsg_parse(line, strlen(line), &rec), 0);
	splats_feed(splats, &rec);
	return rec;
}

static void causes(void **state)
{
	struct logrec records[RECORDS_MAX];
	struct splats splats = { 0 };
	size_t i, n, at;
	char *cause;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		for (n = 0; n < RECORDS_MAX && cases[i].records[n]; n++)
			records[n] = record(cases[i].records[n], &splats);
		cause = logcause_find(records, n, "lamp");
		if (cases[i].cause) {
			assert_non_null(cause);
			assert_string_equal(cause, cases[i].cause);
		} else if (cause) {
			fail_msg("%s", cause);
		}
		free(cause);
		for (at = 0; at < n; at++)
			logrec_release(&records[at]);
		splats_release(&splats);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(causes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
