/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/util.h"
#include "model/tags.h"

static void each_once_and_sorted(void **state)
{
	struct tags tags = { 0 };

	(void)state;
	assert_false(tags_has(&tags, "kvm"));
	tags_remove(&tags, "kvm");
	tags_add(&tags, "snd_pcm");
	tags_add(&tags, "kvm");
	tags_add(&tags, "zram");
	tags_add(&tags, "snd-pcm");
	tags_add(&tags, "ext4");
	assert_int_equal(tags.names.n, 4);
	assert_string_equal(tags.names.v[0], "ext4");
	assert_string_equal(tags.names.v[1], "kvm");
	assert_string_equal(tags.names.v[2], "snd_pcm");
	assert_string_equal(tags.names.v[3], "zram");
	assert_true(tags_has(&tags, "snd-pcm"));
	assert_false(tags_has(&tags, "snd"));
	assert_false(tags_has(&tags, "zsmalloc"));
	tags_release(&tags);
	assert_int_equal(tags.names.n, 0);
}

static void one_goes_the_others_stay(void **state)
{
	struct tags tags = { 0 };
	char name[16];
	int i;

	(void)state;
	for (i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "m_%d", i);
		tags_add(&tags, name);
	}
	for (i = 0; i < 100; i += 2) {
		snprintf(name, sizeof(name), "m-%d", i);
		tags_remove(&tags, name);
	}
	tags_remove(&tags, "m");
	tags_remove(&tags, "zzz");
	assert_int_equal(tags.names.n, 50);
	assert_null(tags.names.v[50]);
	for (i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "m_%d", i);
		assert_int_equal(tags_has(&tags, name), i % 2);
	}
	for (i = 1; i < 50; i++)
		assert_true(util_name_compare(tags.names.v[i - 1], tags.names.v[i]) < 0);
	tags_release(&tags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_once_and_sorted),
		cmocka_unit_test(one_goes_the_others_stay),
	};

	return cmocka_run_group_tests_name("tags", tests, NULL, NULL);
}
