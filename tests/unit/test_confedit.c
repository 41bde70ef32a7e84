/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/parse.h"
#include "base/strv.h"
#include "model/confedit.h"

/* "a b" as a list of two. */
static struct strv list(const char *words)
{
	const char *pos = words, *end = words + strlen(words), *word;
	struct strv out = STRV_INIT;
	size_t len;

	while (parse_token(&pos, end, "|", &word, &len))
		strv_pushn(&out, word, len);
	return out;
}

static void assert_text(char *got, const char *wanted)
{
	assert_non_null(got);
	assert_string_equal(got, wanted);
	free(got);
}

static void assert_set(const char *text, const char *options, const char *wanted)
{
	struct strv words = list(options);

	assert_text(confedit_set(text, "foo_bar", &words), wanted);
	strv_release(&words);
}

static void assert_unset(const char *text, const char *names, const char *wanted)
{
	struct strv words = list(names);

	assert_text(confedit_unset(text, "foo_bar", &words), wanted);
	strv_release(&words);
}

static void test_set(void **state)
{
	(void)state;
	assert_set("", "a=1|b=2", "options foo_bar a=1 b=2\n");
	assert_set("# mine\n\noptions foo x=1", "a=1",
		   "# mine\n\noptions foo x=1\noptions foo_bar a=1\n");
	assert_set("options foo-bar a=1 c=3\n", "a=2", "options foo-bar c=3 a=2\n");
	assert_set("options foo_bar a=1\n", "a=1", "options foo_bar a=1\n");
	assert_set("options foo_bar a-b=1\n", "a_b=2", "options foo_bar a_b=2\n");
	assert_set("options foo_bar flag ab=1\n", "a=2", "options foo_bar flag ab=1 a=2\n");
}

static void test_set_on_several_lines(void **state)
{
	(void)state;
	assert_set("options foo_bar b=1\noptions foo_bar a=1\noptions foo_bar c=1 a=0\n", "a=2",
		   "options foo_bar b=1 a=2\noptions foo_bar c=1\n");
	assert_set("options foo_bar b=1 \\\n  a=1 c=2\nx\n", "a=2",
		   "options foo_bar b=1 c=2 a=2\nx\n");
}

static void test_quotes(void **state)
{
	(void)state;
	assert_set("options foo_bar t=\"one a=1 two\" a=1\n", "a=2",
		   "options foo_bar t=\"one a=1 two\" a=2\n");
	assert_set("options foo_bar t=a\\\\b\n", "a=2", "options foo_bar t=a\\\\b a=2\n");
	assert_text(confedit_spell("t", "one two"), "t=\"one two\"");
	assert_text(confedit_spell("t", "a\\b"), "t=a\\\\b");
	assert_text(confedit_spell("t", ""), "t=");
}

/* The line behind must not become a part of one that goes on. */
static void test_a_last_line_that_goes_on(void **state)
{
	(void)state;
	assert_text(confedit_mask("# a \\", "foo"), "# a \\\n\ninstall foo /bin/false\nsoftdep foo pre:\nblacklist foo\n");
	assert_text(confedit_mask("# a \\\n", "foo"), "# a \\\n\ninstall foo /bin/false\nsoftdep foo pre:\nblacklist foo\n");
	assert_set("options x a=1 \\\n b=2", "a=1", "options x a=1 \\\n b=2\noptions foo_bar a=1\n");
}

static void test_unset(void **state)
{
	(void)state;
	assert_unset("options foo_bar a=1 b=2\n", "a", "options foo_bar b=2\n");
	assert_unset("options foo_bar a=1 b=2\n", "a=9", "options foo_bar b=2\n");
	assert_unset("x\noptions foo_bar a=1\ny\n", "a", "x\ny\n");
	assert_unset("options foo_bar a=1\noptions foo a=1\noptions foo_bar b=2\n", "",
		     "options foo a=1\n");
	assert_unset("#options foo_bar a=1\n", "", "#options foo_bar a=1\n");
	assert_unset("options  foo_bar   b=1\n", "a", "options  foo_bar   b=1\n");
}

/* "snd" is neither snd_pcm nor a pattern, and "snd-pcm" is snd_pcm. */
static void test_masks_are_whole_names(void **state)
{
	(void)state;
	assert_text(confedit_mask("", "snd"), "install snd /bin/false\nsoftdep snd pre:\nblacklist snd\n");
	assert_text(confedit_unmask("install snd_pcm /bin/false\nblacklist snd_pcm\n", "snd"),
		    "install snd_pcm /bin/false\nblacklist snd_pcm\n");
	assert_text(confedit_unmask("install snd-pcm /bin/true\nblacklist snd_pcm\n", "snd_pcm"), "");
	assert_text(confedit_unmask("install snd* /bin/false\n", "snd"), "install snd* /bin/false\n");
	assert_text(confedit_unmask("softdep snd pre:\nsoftdep snd pre: a\nsoftdep snd post:\n", "snd"),
		    "softdep snd pre: a\nsoftdep snd post:\n");
}

/* A blacklist line alone stops no explicit load: the install line has to be there too. */
static void test_blacklist_is_not_enough(void **state)
{
	(void)state;
	assert_text(confedit_mask("blacklist foo\n", "foo"),
		    "blacklist foo\ninstall foo /bin/false\nsoftdep foo pre:\n");
	assert_text(confedit_mask("install foo /bin/false\nblacklist foo\n", "foo"),
		    "install foo /bin/false\nblacklist foo\nsoftdep foo pre:\n");
	assert_text(confedit_mask("install foo /sbin/start\n", "foo"),
		    "install foo /sbin/start\ninstall foo /bin/false\nsoftdep foo pre:\nblacklist foo\n");
	assert_text(confedit_unmask("install foo /sbin/start\n", "foo"), "install foo /sbin/start\n");
}

static void test_boot(void **state)
{
	(void)state;
	assert_text(confedit_boot("", "foo"), "foo\n");
	assert_text(confedit_boot("bar\nfoo-x\n; foo\n# foo\n", "foo_x"), "bar\nfoo-x\n; foo\n# foo\n");
	assert_text(confedit_boot("bar", "foo"), "bar\nfoo\n");
	assert_text(confedit_unboot("bar\n foo \nfoobar\n", "foo"), "bar\nfoobar\n");
}

static void test_replace(void **state)
{
	struct strv what = list("b|c"), with = list("x"), none = STRV_INIT;

	(void)state;
	assert_text(confedit_replace("a\nb\nc\nd\n", &what, &with), "a\nx\nd\n");
	assert_text(confedit_replace("a\nb\nd\nc", &what, &with), "a\nx\nd\n");
	assert_text(confedit_replace("a", &none, &with), "a\nx\n");
	assert_text(confedit_replace("b\nc\n", &what, &none), "");
	assert_null(confedit_replace("a\nb\n", &what, &with));
	assert_null(confedit_replace("a\nbb\ncc\n", &what, &with));
	strv_release(&what);
	strv_release(&with);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_set_on_several_lines),
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_a_last_line_that_goes_on),
		cmocka_unit_test(test_unset),
		cmocka_unit_test(test_masks_are_whole_names),
		cmocka_unit_test(test_blacklist_is_not_enough),
		cmocka_unit_test(test_boot),
		cmocka_unit_test(test_replace),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
