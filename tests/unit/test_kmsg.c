/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "kernel/kmsg.h"
#include "kernel/root.h"
#include "model/logring.h"
#include "tree.h"

static struct logrec parse(const char *text)
{
	struct logrec rec;

	assert_int_equal(kmsg_parse(text, strlen(text), &rec), 0);
	return rec;
}

static void test_plain_record(void **state)
{
	struct logrec rec = parse("6,339,5140900,-;kmt_timer: armed, period 1000 ms\n");

	(void)state;
	assert_int_equal(rec.level, 6);
	assert_int_equal(rec.facility, 0);
	assert_int_equal(rec.seq, 339);
	assert_int_equal(rec.usec, 5140900);
	assert_int_equal(rec.lost, 0);
	assert_string_equal(rec.text, "kmt_timer: armed, period 1000 ms");
	assert_string_equal(rec.module, "kmt_timer");
	logrec_release(&rec);
}

static void test_continuation_lines_and_more_fields(void **state)
{
	struct logrec rec = parse("4,1,2,c,caller=T1,more;usb 1-1: a; b\n SUBSYSTEM=usb\n DEVICE=+usb:1-1\n");

	(void)state;
	assert_string_equal(rec.text, "usb 1-1: a; b");
	assert_string_equal(rec.module, "usb");
	logrec_release(&rec);
}

static void test_without_flags_and_newline(void **state)
{
	struct logrec rec = parse("6,1,2;x");

	(void)state;
	assert_string_equal(rec.text, "x");
	logrec_release(&rec);
	rec = parse("6,1,2,-;");
	assert_string_equal(rec.text, "");
	logrec_release(&rec);
}

static void test_largest_numbers(void **state)
{
	struct logrec rec = parse("2047,18446744073709551615,18446744073709551615,-;x\n");

	(void)state;
	assert_int_equal(rec.level, 7);
	assert_int_equal(rec.facility, 255);
	assert_true(rec.seq == UINT64_MAX);
	logrec_release(&rec);
}

static void test_escapes(void **state)
{
	struct logrec rec = parse("6,1,2,-;a\\x0ab\\x5cx41\\x1b[2J\\xc3\\xa9\\x00z\\xg1\\x4\n");

	(void)state;
	assert_string_equal(rec.text, "a\nb\\x41\033[2J\xc3\xa9?z\\xg1\\x4");
	logrec_release(&rec);
}

static void test_nul_byte(void **state)
{
	static const char text[] = "6,1,2,-;a\0b\n";
	struct logrec rec;

	(void)state;
	assert_int_equal(kmsg_parse(text, sizeof(text) - 1, &rec), 0);
	assert_string_equal(rec.text, "a?b");
	logrec_release(&rec);
}

static void test_module_names(void **state)
{
	static const struct {
		const char *record, *module;
	} cases[] = {
		{ "6,1,1,-;snd-hda: x", "snd_hda" },
		{ "6,1,1,-;x: ", "x" },
		{ "6,1,1,-;x:", NULL },
		{ "6,1,1,-;x:y z: w", NULL },
		{ "6,1,1,-;: x", NULL },
		{ "6,1,1,-;a b: x", NULL },
		{ "6,1,1,-;no colon", NULL },
		{ "6,1,1,-;n23456789012345678901234567890123456789012345678901234567: x", NULL },
		/* written by user space: it can not pose as a module */
		{ "14,1,1,-;kmt_timer: x", NULL },
		{ "14,1,1,-;net1g 0000:31:00.0: x", NULL },
		{ "11,1,1,-;net1g 0000:31:00.0: x\n SUBSYSTEM=pci\n DEVICE=+pci:0000:31:00.0", NULL },
		/* dev_err() and its like: the driver, then the device as its bus calls it */
		{ "3,1,1,-;net1g 0000:31:00.0: reset", "net1g" },
		{ "3,1,1,-;usb-disk 1-1:1.0: reset", "usb_disk" },
		{ "3,1,1,-;nvme nvme0: 8/0/0 queues", "nvme" },
		{ "3,1,1,-;think_acpi think-acpi: x", "think_acpi" },
		/* netdev_err(): and the interface, with what state it is in */
		{ "3,1,1,-;net1g 0000:31:00.0 eth0: hang", "net1g" },
		{ "3,1,1,-;net1g 0000:31:00.0 eth0 (unregistering): hang", "net1g" },
		{ "3,1,1,-;net1g 0000:31:00.0 (unnamed net_device) (uninitialized): no EEPROM", "net1g" },
		/* below it the kernel says which device that is, digits or not, blanks or not */
		{ "3,1,1,-;lid button: x\n SUBSYSTEM=acpi\n DEVICE=+acpi:button", "lid" },
		{ "3,1,1,-;lid the button: x\n DEVICE=+acpi:the button\n", "lid" },
		{ "3,1,1,-;lid button: x\n SUBSYSTEM=mem\n DEVICE=c1:3", "lid" },
		{ "3,1,1,-;lid button: x\n SUBSYSTEM=acpi", NULL },
		{ "3,1,1,-;lid button1: x\n DEVICE=+acpi:other1", NULL },
		/* sentences */
		{ "3,1,1,-;led 3 failed: x", NULL },
		{ "3,1,1,-;led 3: x", NULL },
		{ "3,1,1,-;led gpio3 is on", NULL },
		{ "3,1,1,-;led gpio3 and gpio4 failed: x", NULL },
		{ "3,1,1,-;led gpio3:x", NULL },
		{ "3,1,1,-;led gpio3", NULL },
		{ "3,1,1,-;led ", NULL },
		{ "3,1,1,-;led (x): y", NULL },
		{ "4,1,1,-;ffffffffa0002068 (right){+.+.}-{3:3}, at: f+0x1/0x2", NULL },
		{ "3,1,1,-;Unable to request GPIO 7: -517", NULL },
	};
	struct logrec rec;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		rec = parse(cases[i].record);
		if (cases[i].module)
			assert_string_equal(rec.module, cases[i].module);
		else
			assert_null(rec.module);
		logrec_release(&rec);
	}
}

static void test_what_is_no_record(void **state)
{
	static const char *const bad[] = {
		"", "\n", ";", "6;x", "6,1;x", "6,1,2", "6,1,2\n;x", ",1,2;x", "6,,2;x", "6,1,;x",
		"-6,1,2;x", "6,1,a;x", "6 ,1,2;x", "2048,1,2;x", "6,18446744073709551616,1;x",
		" SUBSYSTEM=usb",
	};
	struct logrec rec;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(kmsg_parse(bad[i], strlen(bad[i]), &rec), -EBADMSG);
	assert_int_equal(kmsg_parse(NULL, 0, &rec), -EBADMSG);
}

struct log {
	struct tree tree;
	struct root root;
	struct kmsg kmsg;
};

static void log_open(struct log *log, const char *records, enum kmsg_from from)
{
	tree_init(&log->tree);
	tree_put(&log->tree, "kmsg.records", records);
	assert_int_equal(root_init(&log->root, log->tree.dir, NULL), 0);
	assert_int_equal(kmsg_open(&log->kmsg, &log->root, from), 0);
}

static void log_close(struct log *log)
{
	kmsg_close(&log->kmsg);
	root_release(&log->root);
	tree_release(&log->tree);
}

static void expect_record(struct kmsg *kmsg, uint64_t seq, const char *text)
{
	struct logrec rec;

	assert_int_equal(kmsg_read(kmsg, &rec), 1);
	assert_int_equal(rec.seq, seq);
	assert_int_equal(rec.lost, 0);
	assert_string_equal(rec.text, text);
	logrec_release(&rec);
}

static void expect_lost(struct kmsg *kmsg, uint64_t seq, uint64_t lost)
{
	struct logrec rec;

	assert_int_equal(kmsg_read(kmsg, &rec), 1);
	assert_int_equal(rec.seq, seq);
	assert_int_equal(rec.lost, lost);
	assert_null(rec.text);
	logrec_release(&rec);
}

static void expect_end(struct kmsg *kmsg)
{
	struct logrec rec;

	assert_int_equal(kmsg_read(kmsg, &rec), 0);
}

/* The first number is where the kernel's buffer starts: nothing was lost in front of it. */
static void test_file_of_records(void **state)
{
	struct log log;

	(void)state;
	log_open(&log, "6,100,1,-;one\n SUBSYSTEM=x\n DEVICE=y\ngarbage\n6,101,2,-;two\n", KMSG_OLDEST);
	assert_int_equal(log.kmsg.fd, -1);
	expect_record(&log.kmsg, 100, "one");
	expect_record(&log.kmsg, 101, "two");
	expect_end(&log.kmsg);
	expect_end(&log.kmsg);
	log_close(&log);
}

static void test_jump_is_told_exactly(void **state)
{
	struct log log;

	(void)state;
	log_open(&log, "6,5,1,-;a\n6,9,2,-;b\n6,10,2,-;c\n6,12,3,-;d\n", KMSG_OLDEST);
	expect_record(&log.kmsg, 5, "a");
	expect_lost(&log.kmsg, 6, 3);
	expect_record(&log.kmsg, 9, "b");
	expect_record(&log.kmsg, 10, "c");
	expect_lost(&log.kmsg, 11, 1);
	expect_record(&log.kmsg, 12, "d");
	expect_end(&log.kmsg);
	log_close(&log);
}

/* Records of a second boot behind those of the first. */
static void test_numbers_that_go_back(void **state)
{
	struct log log;

	(void)state;
	log_open(&log, "6,5,1,-;a\n6,0,1,-;b\n6,1,1,-;c\n", KMSG_OLDEST);
	expect_record(&log.kmsg, 5, "a");
	expect_record(&log.kmsg, 0, "b");
	expect_record(&log.kmsg, 1, "c");
	log_close(&log);
}

static void test_closing_with_a_record_held(void **state)
{
	struct log log;

	(void)state;
	log_open(&log, "6,5,1,-;a\n6,9,2,-;b\n", KMSG_OLDEST);
	expect_record(&log.kmsg, 5, "a");
	expect_lost(&log.kmsg, 6, 3);
	log_close(&log);
}

static void test_from_now_on(void **state)
{
	struct log log;

	(void)state;
	log_open(&log, "6,5,1,-;a\n", KMSG_NOW);
	expect_end(&log.kmsg);
	log_close(&log);
}

static void test_no_file(void **state)
{
	struct kmsg kmsg;
	struct tree tree;
	struct root root;

	(void)state;
	tree_init(&tree);
	assert_int_equal(root_init(&root, tree.dir, NULL), 0);
	assert_int_equal(kmsg_open(&kmsg, &root, KMSG_OLDEST), -ENOENT);
	kmsg_close(&kmsg);
	root_release(&root);
	tree_release(&tree);
}

/* A socket gives one record a read and EAGAIN at the end, as the device does. */
static void test_device(void **state)
{
	static const char *const records[] = {
		"6,7,1,-;a\n", "6,8,2,-;b\n", "no record", "6,12,3,-;c\n",
	};
	struct kmsg kmsg = { 0 };
	size_t i;
	int fd[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, fd), 0);
	kmsg.fd = fd[0];
	kmsg.text = malloc(8192);
	kmsg.end = kmsg.text + 8192;
	expect_end(&kmsg);
	for (i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		assert_true(write(fd[1], records[i], strlen(records[i])) > 0);
	expect_record(&kmsg, 7, "a");
	expect_record(&kmsg, 8, "b");
	expect_lost(&kmsg, 9, 3);
	expect_record(&kmsg, 12, "c");
	expect_end(&kmsg);
	kmsg_close(&kmsg);
	assert_int_equal(kmsg.fd, -1);
	close(fd[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_record),
		cmocka_unit_test(test_continuation_lines_and_more_fields),
		cmocka_unit_test(test_without_flags_and_newline),
		cmocka_unit_test(test_largest_numbers),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_nul_byte),
		cmocka_unit_test(test_module_names),
		cmocka_unit_test(test_what_is_no_record),
		cmocka_unit_test(test_file_of_records),
		cmocka_unit_test(test_jump_is_told_exactly),
		cmocka_unit_test(test_numbers_that_go_back),
		cmocka_unit_test(test_closing_with_a_record_held),
		cmocka_unit_test(test_from_now_on),
		cmocka_unit_test(test_no_file),
		cmocka_unit_test(test_device),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
