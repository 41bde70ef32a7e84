/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "model/match.h"
#include "model/module.h"

static const struct { const char *pattern, *text; bool matches; } cases[] = {
	{ NULL, "anything", true }, { "", "anything", true }, { NULL, "", true },
	{ "snd", "snd_pcm", true }, { "snd", "usb_snd", true }, { "snd", "usb", false },
	/* expressions */
	{ "^snd$", "snd_pcm", false }, { "^snd$", "snd", true }, { "k(vm|mt)_", "kmt_timer", true },
	{ "tim[a-f]r", "timer", true }, { "ti.*r$", "timer", true }, { "a|b", "b", true },
	{ "x{2}", "axxb", true }, { "x{2}", "axb", false },
	/* smart case */
	{ "timer", "TIMER", true }, { "Timer", "timer", false }, { "Timer", "Timer", true },
	{ "\\W", "a b", true }, { "[[:alpha:]]", "X", true },
	/* '-' and '_' */
	{ "snd-pcm", "snd_pcm", true }, { "snd_pcm", "snd-pcm", true }, { "a-b_c", "a_b-c", true },
	{ "^snd-pcm$", "snd_pcm", true }, { "snd-pcm", "sndpcm", false },
	{ "snd\\-pcm", "snd-pcm", true },
	{ "x[0-9]-y", "x5_y", true }, { "x[0-9]-y", "x-_y", false }, { "[^]-]x", "-x", false },
	{ "[[:digit:]]-", "5_", true }, { "[]_]-", "]_", true }, { "[[.-.]x]-y", "-_y", true },
	/* no expressions: the text itself */
	{ "snd(", "a snd( b", true }, { "snd(", "snd", false }, { "[", "a[b", true },
	{ "[", "ab", false },
	{ "SND(", "snd(", false }, { "snd(", "SND(", true }, { "a-b(", "A_B(", true },
	{ "x\\", "x\\", true }, { "x\\", "x", false }, { "(", "", false },
};

static void texts(void **state)
{
	struct match match = MATCH_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		match_set(&match, cases[i].pattern);
		if (match_text(&match, cases[i].text) != cases[i].matches)
			fail_msg("pattern %s, text %s", cases[i].pattern, cases[i].text);
	}
	match_release(&match);
}

/* Every byte alone, and behind what makes an expression incomplete. */
static void any_pattern_is_taken(void **state)
{
	static const char *const heads[] = { "", "[", "[^", "[[:", "[[.", "(", "\\", "a{1,", "*" };
	struct match match = MATCH_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(heads); i++) {
		for (int c = 1; c < 256; c++) {
			char pattern[16];

			strcpy(pattern, heads[i]);
			strcat(pattern, (const char[]){ (char)c, '\0' });
			match_set(&match, pattern);
			assert_string_equal(match.text, pattern);
			match_text(&match, "some text");
			if (!match.is_regex)
				assert_true(match_text(&match, pattern));
		}
	}
	match_release(&match);
}

static void set_again_releases(void **state)
{
	struct match match = MATCH_INIT;

	(void)state;
	match_set(&match, "on.");
	assert_true(match.is_regex && match.fold && !match.complaint);
	match_set(&match, match.text);
	assert_string_equal(match.text, "on.");
	match_set(&match, "Two(");
	assert_false(match.is_regex || match.fold);
	assert_non_null(match.complaint);
	match_set(&match, "one");
	assert_false(match.is_regex || match.complaint);
	match_set(&match, NULL);
	assert_null(match.text);
	assert_true(match_text(&match, "x"));
	match_release(&match);
	match_release(&match);
}

static const struct { const char *pattern, *text; size_t from, at, end; } places[] = {
	{ "timer", "a Timer, a timer", 0, 2, 7 }, { "timer", "a Timer, a timer", 7, 11, 16 },
	{ "t.m", "a Timer", 0, 2, 5 }, { "a-b", "x a_b", 0, 2, 5 }, { "^a", "aaa", 0, 0, 1 },
	{ "a(", "x a( y", 0, 2, 4 },
};

static void where(void **state)
{
	static const char *const nowhere[] = { "b", "x*", "c(", "", NULL };
	struct match match = MATCH_INIT;
	size_t i, at, end = 0;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		at = places[i].from;
		match_set(&match, places[i].pattern);
		assert_true(match_find(&match, places[i].text, &at, &end));
		assert_int_equal(at, places[i].at);
		assert_int_equal(end, places[i].end);
	}
	for (i = 0; i < ARRAY_SIZE(nowhere); i++) {
		at = 0;
		match_set(&match, nowhere[i]);
		assert_false(match_find(&match, "aaa", &at, &end));
	}
	/* Where a line begins there is only one. */
	at = 1;
	match_set(&match, "^a");
	assert_false(match_find(&match, "aaa", &at, &end));
	match_release(&match);
}

/* What the library would take for ever with, or all memory. */
static void endless_ones_are_text(void **state)
{
	static const char *const endless[] = {
		"(a)\\1", "(.*)*\\9", "a{1001}", "(a{40}){40}", "((a{1,99}){1,99}){1,99}", "a{,4294967297}",
	};
	static const char *const good[] = { "a\\\\1", "a{1000}", "(a{30}){30}", "\\(1", "a{2}" };
	struct match match = MATCH_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(endless); i++) {
		match_set(&match, endless[i]);
		assert_non_null(match.complaint);
		assert_true(match_text(&match, endless[i]));
	}
	for (i = 0; i < ARRAY_SIZE(good); i++) {
		match_set(&match, good[i]);
		assert_true(match.is_regex && !match.complaint);
	}
	match_release(&match);
}

static void modules(void **state)
{
	struct match match = MATCH_INIT;
	struct module module = { .name = xstrdup("kvm") };

	(void)state;
	match_set(&match, "virtual");
	assert_false(match_module(&match, &module));
	module.description = xstrdup("Virtual machines");
	assert_true(match_module(&match, &module));
	match_set(&match, "kvm-amd");
	assert_false(match_module(&match, &module));
	strv_push(&module.users, "kvm_intel");
	strv_push(&module.users, "kvm_amd");
	assert_true(match_module(&match, &module));
	match_set(&match, "^kvm$");
	assert_true(match_module(&match, &module));
	match_set(&match, "");
	assert_true(match_module(&match, &module));
	match_release(&match);
	module_release(&module);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts),
		cmocka_unit_test(any_pattern_is_taken),
		cmocka_unit_test(set_again_releases),
		cmocka_unit_test(where),
		cmocka_unit_test(endless_ones_are_text),
		cmocka_unit_test(modules),
	};

	return cmocka_run_group_tests_name("match", tests, NULL, NULL);
}
