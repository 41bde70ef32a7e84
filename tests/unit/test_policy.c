/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "model/policy.h"

static const char letters[] = "PFSRMBUDAWCIOELKXTNJ";

static void taint_bits(void **state)
{
	(void)state;
	for (int bit = 0; bit < (int)strlen(letters); bit++) {
		const char *text = policy_taint_text(bit);

		assert_int_equal(policy_taint_letter(bit), letters[bit]);
		assert_non_null(text);
		assert_int_equal(text[strlen(text) - 1], '.');
		for (int other = 0; other < bit; other++)
			assert_string_not_equal(text, policy_taint_text(other));
	}
	assert_int_equal(policy_taint_letter(-1), '?');
	assert_int_equal(policy_taint_letter(40), '?');
	assert_null(policy_taint_text(-1));
	assert_null(policy_taint_text(63));
}

/* There is always a sentence, and one of an unknown bit has its number. */
static void taint_sentences(void **state)
{
	char *known = policy_taint_sentence(19), *unknown = policy_taint_sentence(41);

	(void)state;
	assert_string_equal(known, policy_taint_text(19));
	assert_non_null(strstr(known, "firmware"));
	assert_non_null(strstr(unknown, "41"));
	assert_int_equal(unknown[strlen(unknown) - 1], '.');
	free(known);
	free(unknown);
}

static void taint_letters(void **state)
{
	static const struct { long long mask; const char *text; } cases[] = {
		{ -1, "" }, { 0, "" }, { 1, "P" }, { 12288, "OE" }, { 1 << 18, "N" }, { 512, "W" },
		{ (1 << 20) - 1, letters }, { 1LL << 40, "?40" }, { 1LL << 62 | 1, "P?62" },
		{ 3LL << 20, "?20?21" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct policy policy = { .taint = cases[i].mask };
		struct buf out = BUF_INIT;

		policy_taint_letters(&policy, &out);
		assert_string_equal(buf_str(&out), cases[i].text);
		buf_release(&out);
	}
}

/* A machine on which everything works; each case breaks some of it. */
static struct policy healthy(void)
{
	return (struct policy){
		.modules = POLICY_YES, .taint = 0, .sig_enforce = POLICY_NO,
		.modules_disabled = POLICY_NO, .dmesg_restrict = POLICY_NO, .container = POLICY_NO,
		.live = true, .cap_sys_module = true, .cap_syslog = true, .root = true,
	};
}

static void check(const struct policy *policy, const char *words)
{
	const char *text = policy_obstacle(policy);

	if (!words) {
		assert_null(text);
		return;
	}
	assert_non_null(text);
	if (!strstr(text, words))
		fail_msg("\"%s\" is not in: %s", words, text);
}

/* Each obstacle hides the ones that were there before. */
static void obstacles(void **state)
{
	struct policy policy = healthy();

	(void)state;
	check(&policy, NULL);
	/* A container that was given the capability may. */
	policy.container = POLICY_YES;
	check(&policy, NULL);
	policy.container = POLICY_NO;
	policy.cap_sys_module = false;
	check(&policy, "CAP_SYS_MODULE");
	policy.root = false;
	check(&policy, "sudo");
	policy.container = POLICY_YES;
	check(&policy, "container");
	policy.modules_disabled = POLICY_YES;
	check(&policy, "modules_disabled");
	policy.modules = POLICY_NO;
	check(&policy, "no loadable modules");
	policy.live = false;
	check(&policy, "not the running kernel");
}

/* What sudo can do is no obstacle; why it can not is worth more than that it is missing. */
static void elevation(void **state)
{
	struct policy policy = healthy();

	(void)state;
	policy.root = policy.cap_sys_module = false;
	policy.no_elevation = "The program is anybody's.";
	check(&policy, "anybody's");
	policy.elevates = true;
	check(&policy, NULL);
	policy.modules_disabled = POLICY_YES;
	check(&policy, "modules_disabled");
	policy.elevates = false;
	check(&policy, "modules_disabled");
}

static void unknown_is_no_obstacle(void **state)
{
	struct policy policy = healthy();

	(void)state;
	policy.modules = POLICY_UNKNOWN;
	policy.modules_disabled = POLICY_UNKNOWN;
	policy.container = POLICY_UNKNOWN;
	policy.sig_enforce = POLICY_UNKNOWN;
	check(&policy, NULL);
}

static void releases(void **state)
{
	struct policy policy = healthy();

	(void)state;
	policy.kernel = xstrdup("6.1.0");
	policy.lockdown = xstrdup("none");
	policy_release(&policy);
	assert_null(policy.kernel);
	policy_release(&policy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(taint_bits),
		cmocka_unit_test(taint_letters),
		cmocka_unit_test(taint_sentences),
		cmocka_unit_test(obstacles),
		cmocka_unit_test(elevation),
		cmocka_unit_test(unknown_is_no_obstacle),
		cmocka_unit_test(releases),
	};

	return cmocka_run_group_tests_name("policy", tests, NULL, NULL);
}
