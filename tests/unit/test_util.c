/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/util.h"

static void valid_names(void **state)
{
	static const char *const good[] = {
		"a", "kmt_timer", "snd-hda-intel", "8021q", "Z9_-",
		"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefffff",	/* 55 */
	};
	static const char *const bad[] = {
		"", "/", "a/b", "../a", "a b", "a.ko", "a\n", "\xc3\xa9", "a\x80", "a*", "a;b",
		"a=b",
		"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffff",	/* 56 */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		assert_true(util_name_valid(good[i]));
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_false(util_name_valid(bad[i]));
}

/* Every byte beside a good one. */
static void valid_bytes(void **state)
{
	size_t taken = 0;

	(void)state;
	for (int c = 1; c < 256; c++) {
		const char name[] = { 'a', (char)c, '\0' };

		taken += util_name_valid(name);
	}
	assert_int_equal(taken, 26 + 26 + 10 + 2);
}

/* What the kernel takes beside that, as long as a path below /sys can have it. */
static void live_names(void **state)
{
	static const char *const good[] = { "kpatch_4.18.0_240", "a", "a.b", "...", "+", "a b" + 2 };
	static const char *const bad[] = { "", ".", "..", "a/b", "../a", "a b", "a,b", "a\tb", "a\033", "\x7f", "\xc3\xa4" };
	char name[MODULE_NAME_MAX + 2] = "";

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		assert_true(util_name_live(good[i]));
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_false(util_name_live(bad[i]));
	memset(name, 'a', MODULE_NAME_MAX);
	assert_true(util_name_live(name));
	name[MODULE_NAME_MAX] = 'a';
	assert_false(util_name_live(name));
}

static void same_names(void **state)
{
	(void)state;
	assert_true(util_name_equal("snd-hda-intel", "snd_hda_intel"));
	assert_true(util_name_equal("-", "_"));
	assert_true(util_name_equal("", ""));
	assert_false(util_name_equal("snd", "snd_pcm"));
	assert_false(util_name_equal("snd_pcm", "snd"));
	assert_false(util_name_equal("KVM", "kvm"));
}

static void order_of_names(void **state)
{
	(void)state;
	assert_true(util_name_compare("a", "b") < 0);
	assert_true(util_name_compare("b", "a") > 0);
	assert_true(util_name_compare("a", "aa") < 0);
	assert_true(util_name_compare("a-b", "a_b") == 0);
	assert_true(util_name_compare("a-z", "a_b") > 0);
	assert_true(util_name_compare("a", "\xff") < 0);	/* bytes have no sign */
}

static void normalizes(void **state)
{
	char name[] = "--snd-hda_intel-";

	(void)state;
	util_name_normalize(name);
	assert_string_equal(name, "__snd_hda_intel_");
}

static void time_goes_on(void **state)
{
	uint64_t ms = util_now_ms(), us = util_now_us();

	(void)state;
	assert_true(ms > 0);
	assert_true(us / 1000 >= ms);
	assert_true(util_now_us() >= us);
}

static void module_files(void **state)
{
	static const struct {
		const char *name;
		size_t stem;
	} files[] = {
		{ "a.ko", 1 }, { "snd-hda.ko.xz", 7 }, { "a.ko.gz", 1 }, { "a.ko.zst", 1 }, { "a.b.ko", 3 },
		{ "a.ko.ko", 4 }, { "d/a.ko", 3 }, { "", 0 }, { ".ko", 0 }, { ".ko.xz", 0 }, { "a", 0 },
		{ "a.KO", 0 }, { "ako", 0 }, { "a.ko.bz2", 0 }, { "a.ko.", 0 }, { "a.xz", 0 }, { "a.o", 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		assert_int_equal(util_module_stem(files[i].name), files[i].stem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(module_files),
		cmocka_unit_test(valid_names),
		cmocka_unit_test(valid_bytes),
		cmocka_unit_test(live_names),
		cmocka_unit_test(same_names),
		cmocka_unit_test(order_of_names),
		cmocka_unit_test(normalizes),
		cmocka_unit_test(time_goes_on),
	};

	return cmocka_run_group_tests_name("util", tests, NULL, NULL);
}
