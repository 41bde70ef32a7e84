/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "model/holding.h"

static void assert_words(const struct holding *holding, const char *wanted)
{
	char *words = holding_words(holding);

	assert_string_equal(words, wanted);
	free(words);
}

static void entries_stand_by_kind(void **state)
{
	struct holding holding = HOLDING_INIT;

	(void)state;
	holding_add(&holding, HOLDING_INTERFACE, "eth0", NULL, 0);
	holding_add(&holding, HOLDING_DEVICE, "one", "pci:x", 0);
	holding_add(&holding, HOLDING_MODULE, "user", NULL, 0);
	holding_add(&holding, HOLDING_DEVICE, "two", "pci:x", 0);
	assert_int_equal(holding.n, 4);
	assert_string_equal(holding.v[0].name, "user");
	assert_string_equal(holding.v[1].name, "one");
	assert_string_equal(holding.v[2].name, "two");
	assert_string_equal(holding.v[2].detail, "pci:x");
	assert_string_equal(holding.v[3].name, "eth0");
	/* None of them keeps a module by itself but the one that uses it, whom others tell. */
	assert_null(holding_words(&holding));
	holding_release(&holding);
	assert_int_equal(holding.n, 0);
}

static void words_for_a_sentence(void **state)
{
	struct holding holding = HOLDING_INIT;
	int i;

	(void)state;
	holding_add(&holding, HOLDING_MOUNT, "/mnt", "ext4 /dev/loop0", 0);
	assert_words(&holding, "the mount at /mnt");
	holding_add(&holding, HOLDING_PROCESS, "cat", "/dev/x", 7);
	assert_words(&holding, "cat (process 7), the mount at /mnt");
	for (i = 0; i < 10; i++)
		holding_add(&holding, HOLDING_PROCESS, "sh", "/dev/x", 10 + i);
	assert_words(&holding, "cat (process 7), sh (process 10), sh (process 11), sh (process 12) and 8 more");
	holding_release(&holding);
}

static void names_of_kinds(void **state)
{
	(void)state;
	assert_string_equal(holding_kind_name(HOLDING_MODULE), "module");
	assert_string_equal(holding_kind_name(HOLDING_INTERFACE), "interface");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_stand_by_kind),
		cmocka_unit_test(words_for_a_sentence),
		cmocka_unit_test(names_of_kinds),
	};

	return cmocka_run_group_tests_name("holding", tests, NULL, NULL);
}
