/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/device.h"

static void assert_ids(const char *alias, unsigned vendor, unsigned product, int class)
{
	struct device_ids ids;

	assert_int_equal(device_ids_parse(alias, &ids), 0);
	assert_int_equal(ids.vendor, vendor);
	assert_int_equal(ids.product, product);
	assert_int_equal(ids.has_class, class >= 0);
	assert_int_equal(ids.class, class >= 0 ? class : 0);
}

static void numbers_of_aliases(void **state)
{
	static const char *const others[] = {
		"", "pci:", "pci:v", "pci:v00008086", "pci:v00008086d0000100", "pci:v0000808gd0000100E",
		"pci:v00008086x0000100E", "usb:v046D", "usb:v046DpC52", "acpi:PNP0A03:", "virtio:d00000001v00001AF4",
		"xusb:v046DpC52B",
	};
	struct device_ids ids;
	size_t i;

	(void)state;
	assert_ids("pci:v00008086d0000100Esv00001AF4sd00001100bc02sc00i00", 0x8086, 0x100e, 0x0200);
	assert_ids("pci:v00008086d0000100E", 0x8086, 0x100e, -1);
	assert_ids("pci:v00008086d0000100Esv*sd*bc0", 0x8086, 0x100e, -1);
	assert_ids("pci:v00008086d0000100Esv*sd*bc02scx", 0x8086, 0x100e, -1);
	assert_ids("usb:v046DpC52Bd1211dc00dsc00dp00ic03isc01ip01in00", 0x46d, 0xc52b, -1);
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_int_equal(device_ids_parse(others[i], &ids), -EINVAL);
}

static const char names[] =
	"# a comment\n"
	"1af4  Red Hat, Inc.\n"
	"\t1000  Virtio network device\n"
	"\t\t1af4 0001  a subsystem\n"
	"8086  Intel Corporation\n"
	"\t100e  82540EM Gigabit Ethernet Controller\n"
	"\n"
	"\t100f  82545EM\n"
	"8087  Another\n"
	"\t1000  not of the first\n"
	"C 02  Network controller\n"
	"\t0000  Ethernet controller";

static void assert_name(unsigned vendor, unsigned product, const char *wanted)
{
	struct device_ids ids = { .vendor = vendor, .product = product };
	char *name = device_find_name(names, sizeof(names) - 1, &ids);

	if (wanted)
		assert_string_equal(name, wanted);
	else
		assert_null(name);
	free(name);
}

static void names_of_numbers(void **state)
{
	(void)state;
	assert_name(0x8086, 0x100e, "Intel Corporation 82540EM Gigabit Ethernet Controller");
	assert_name(0x8086, 0x100f, "Intel Corporation 82545EM");
	assert_name(0x1af4, 0x1000, "Red Hat, Inc. Virtio network device");
	/* A product of the next vendor, a subsystem and a class are none of this one's. */
	assert_name(0x8086, 0x1000, "Intel Corporation");
	assert_name(0x1af4, 0x1af4, "Red Hat, Inc.");
	assert_name(0x8087, 0x0000, "Another");
	assert_name(0x1234, 0x1000, NULL);
}

static void assert_describes(unsigned class, const char *wanted)
{
	struct device_ids ids = { .vendor = 0x1234, .product = 0x11e8, .class = class, .has_class = class };
	char *text = device_describe(&ids);

	assert_string_equal(text, wanted);
	free(text);
}

static void classes_of_numbers(void **state)
{
	(void)state;
	assert_describes(0x0200, "network controller 1234:11e8");
	assert_describes(0xff00, "1234:11e8");
	assert_describes(0x0e00, "1234:11e8");
	assert_describes(0, "1234:11e8");
}

static void the_useful_come_first(void **state)
{
	struct devicelist list = DEVICELIST_INIT;

	(void)state;
	devicelist_push(&list, "pci", "2", "a");
	devicelist_push(&list, "acpi", "9", "b");
	strv_push(&devicelist_push(&list, "usb", "1", "c")->modules, "m");
	strv_push(&devicelist_push(&list, "pci", "7", "d")->modules, "m");
	devicelist_sort(&list);
	assert_string_equal(list.v[0].name, "7");
	assert_string_equal(list.v[1].name, "1");
	assert_string_equal(list.v[2].name, "9");
	assert_string_equal(list.v[3].name, "2");
	devicelist_release(&list);
	devicelist_sort(&list);
	assert_int_equal(list.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_aliases),
		cmocka_unit_test(names_of_numbers),
		cmocka_unit_test(classes_of_numbers),
		cmocka_unit_test(the_useful_come_first),
	};

	return cmocka_run_group_tests_name("device", tests, NULL, NULL);
}
