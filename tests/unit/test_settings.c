/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "model/logring.h"
#include "model/order.h"
#include "model/settings.h"
#include "view/theme.h"

static struct settings settings;

/* What is wrong in @text, in words; "" nothing. */
static const char *parse(const char *text)
{
	static char complaint[512];
	struct settings_problem problem;
	char *sentence;

	settings_init(&settings);
	settings_parse(text, strlen(text), &settings, &problem);
	sentence = settings_complaint(&problem);
	snprintf(complaint, sizeof(complaint), "%s", sentence ? sentence : "");
	free(sentence);
	settings_problem_release(&problem);
	return complaint;
}

static void assert_word(enum setting_key key, const char *word)
{
	assert_string_equal(settings_word(&settings, key), word);
}

static void nothing_is_the_default(void **state)
{
	(void)state;
	assert_string_equal(parse(""), "");
	assert_word(SETTING_THEME, "default");
	assert_word(SETTING_COLORS, "auto");
	assert_word(SETTING_MOUSE, "yes");
	assert_word(SETTING_ASCII, "no");
	assert_word(SETTING_LEVEL, "info");
}

static void pairs_blanks_and_comments(void **state)
{
	(void)state;
	assert_string_equal(parse("# all of it\n\n\ttheme=light\r\n  mouse =  no \n#mouse = yes\nsort = size"), "");
	assert_word(SETTING_THEME, "light");
	assert_word(SETTING_MOUSE, "no");
	assert_word(SETTING_SORT, "size");
	assert_string_equal(parse("mouse = no\nmouse = yes\n"), "");
	assert_word(SETTING_MOUSE, "yes");
}

static void what_is_wrong_has_its_line(void **state)
{
	(void)state;
	assert_string_equal(parse("\n# x\ntheem = light\nmouse = no\n"),
			    "Settings, line 3: There is no setting \"theem\"; F2 shows all.");
	assert_word(SETTING_MOUSE, "no");
	assert_string_equal(parse("mouse = maybe\nascii = yes\n"),
			    "Settings, line 1: mouse can not be \"maybe\"; it is one of no, yes.");
	assert_word(SETTING_MOUSE, "yes");
	assert_word(SETTING_ASCII, "yes");
	assert_string_equal(parse("ascii\n"), "Settings, line 1: \"ascii\" is not \"name = value\".");
	assert_string_equal(parse("= yes\n"), "Settings, line 1: \"\" is not \"name = value\".");
	assert_string_equal(parse("mouse =\n"), "Settings, line 1: mouse can not be \"\"; it is one of no, yes.");
	assert_string_equal(parse("a=1\nb=2\n"),
			    "Settings, line 1: There is no setting \"a\"; F2 shows all. One more line is wrong.");
	assert_string_equal(parse("a=1\nmouse=2\nc\n"),
			    "Settings, line 1: There is no setting \"a\"; F2 shows all. 2 more lines are wrong.");
	/* Neither a beginning of a name nor one in capitals. */
	assert_string_not_equal(parse("mous = no\n"), "");
	assert_string_not_equal(parse("Mouse = no\n"), "");
	assert_string_not_equal(parse("mouse = n\n"), "");
}

static void words_turn_round(void **state)
{
	(void)state;
	settings_init(&settings);
	settings_turn(&settings, SETTING_MOUSE, 1);
	assert_word(SETTING_MOUSE, "no");
	settings_turn(&settings, SETTING_MOUSE, -1);
	assert_word(SETTING_MOUSE, "yes");
	settings_turn(&settings, SETTING_THEME, -1);
	assert_word(SETTING_THEME, "colorblind");
	settings_turn(&settings, SETTING_THEME, 1);
	assert_word(SETTING_THEME, "default");
}

static void assert_writes(const char *before, const char *wanted)
{
	struct buf out = BUF_INIT;

	settings_write(&settings, before, strlen(before), &out);
	assert_string_equal(buf_str(&out), wanted);
	buf_release(&out);
}

static void old_lines_stay(void **state)
{
	(void)state;
	settings_init(&settings);
	settings.value[SETTING_MOUSE] = 0;
	assert_writes("# mine\nfuture = 7\n mouse=no # x\n  mouse=no\nrubbish",
		      "# mine\nfuture = 7\n mouse=no # x\n  mouse=no\nrubbish\n");
	assert_writes("mouse = never", "mouse = never\nmouse = no\n");
	assert_writes("theme = light\n", "theme = default\nmouse = no\n");
	/* A value that was given twice holds once it is read again. */
	assert_writes("mouse = yes\nmouse = yes\n", "mouse = no\nmouse = no\n");
}

static void a_new_file_says_what_each_is(void **state)
{
	struct buf out = BUF_INIT;
	struct settings wrote;

	(void)state;
	settings_init(&settings);
	settings_turn(&settings, SETTING_THEME, 1);
	settings_turn(&settings, SETTING_LEVEL, 1);
	wrote = settings;
	settings_write(&settings, "", 0, &out);
	assert_non_null(strstr(buf_str(&out), "\n# colours of the screen: default, light, colorblind\ntheme = light\n"));
	assert_string_equal(parse(buf_str(&out)), "");
	assert_memory_equal(&settings, &wrote, sizeof(wrote));
	buf_release(&out);
}

/* The tables of other rooms have the same words in the same order. */
static void words_are_those_of_the_program(void **state)
{
	enum order_key order;
	int i;

	(void)state;
	for (i = 0; i < ORDER_KEYS; i++) {
		assert_int_equal(order_parse(settings_table[SETTING_SORT].words[i], &order), 0);
		assert_int_equal(order, i);
	}
	assert_null(settings_table[SETTING_SORT].words[i]);
	for (i = 0; i < 8; i++)
		assert_string_equal(settings_table[SETTING_LEVEL].words[i], logrec_level_name((unsigned)i));
	assert_null(settings_table[SETTING_LEVEL].words[i]);
	for (i = 0; i < THEMES; i++)
		assert_string_equal(settings_table[SETTING_THEME].words[i], theme_names[i]);
	assert_null(settings_table[SETTING_THEME].words[i]);
	assert_string_equal(settings_table[SETTING_COLORS].words[COLORS_256], "256");
	assert_string_equal(settings_table[SETTING_COLORS].words[COLORS_NONE], "none");
}

/* The manual's text of a setting, as the table has it. */
static void describe(const struct setting *setting, struct buf *out)
{
	const char *const *word;

	buf_printf(out, ".TP\n.BR %s \" = ", setting->name);
	for (word = setting->words; *word; word++)
		buf_printf(out, "%s%s", word == setting->words ? "" : " | ", *word);
	buf_printf(out, "\"\n%c%s (%s).\n", setting->help[0] - 'a' + 'A', setting->help + 1,
		   setting->words[setting->initial]);
}

static void the_manual_has_all(void **state)
{
	struct buf path = BUF_INIT, manual = BUF_INIT, wanted = BUF_INIT;
	unsigned i;
	FILE *file;

	(void)state;
	if (!getenv("SRCDIR"))
		skip();
	buf_printf(&path, "%s/docs/kmodtui.8", getenv("SRCDIR"));
	file = fopen(buf_str(&path), "r");
	assert_non_null(file);
	manual.len = fread(buf_grow(&manual, 1 << 20), 1, 1 << 20, file);
	manual.data[manual.len] = '\0';
	fclose(file);
	for (i = 0; i < SETTINGS; i++)
		describe(&settings_table[i], &wanted);
	if (!strstr(buf_str(&manual), buf_str(&wanted)))
		fail_msg("docs/kmodtui.8 needs, as one piece:\n%s", buf_str(&wanted));
	buf_release(&path);
	buf_release(&manual);
	buf_release(&wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_the_default),
		cmocka_unit_test(pairs_blanks_and_comments),
		cmocka_unit_test(what_is_wrong_has_its_line),
		cmocka_unit_test(words_turn_round),
		cmocka_unit_test(old_lines_stay),
		cmocka_unit_test(a_new_file_says_what_each_is),
		cmocka_unit_test(words_are_those_of_the_program),
		cmocka_unit_test(the_manual_has_all),
	};

	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
