/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "app/script.h"
#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"

static struct script *parse(const char *text, size_t len, unsigned *line)
{
	struct script *script = xcalloc(1, sizeof(*script));

	*line = script_parse(script, text, len);
	return script;
}

/* The script as "verb[word][word] ..." */
static char *spell(const struct script *script)
{
	struct buf out = BUF_INIT;
	size_t i, k;

	for (i = 0; i < script->n; i++) {
		buf_printf(&out, "%s%s", i ? " " : "", script->steps[i].verb->name);
		for (k = 0; k < script->steps[i].words.n; k++)
			buf_printf(&out, "[%s]", script->steps[i].words.v[k]);
	}
	return buf_detach(&out);
}

static void good(const char *text, const char *wanted)
{
	unsigned line;
	struct script *script = parse(text, strlen(text), &line);
	char *got = spell(script);

	assert_int_equal(line, 0);
	assert_string_equal(got, wanted);
	free(got);
	script_free(script);
}

static void bad_bytes(const char *text, size_t len, unsigned wanted)
{
	unsigned line;
	struct script *script = parse(text, len, &line);

	if (line != wanted)
		print_error("in %s\n", text);
	assert_int_equal(line, wanted);
	script_free(script);
}

static void bad(const char *text, unsigned line)
{
	bad_bytes(text, strlen(text), line);
}

static void every_verb(void **state)
{
	(void)state;
	good("key F1 Enter C-x M-x \xc3\xa4", "key[F1][Enter][C-x][M-x][\xc3\xa4]");
	good("type \"some text\"\ntype word", "type[some text] type[word]");
	good("click 0 999", "click[0][999]");
	good("wait idle\nwait idle 9\nwait text \"a b\"\nwait no-text x 100", "wait[idle] wait[idle][9] wait[text][a b] wait[no-text][x][100]");
	good("expect \"a\"\nexpect-not b", "expect[a] expect-not[b]");
	good("resize 1x1\nresize 999x999", "resize[1x1] resize[999x999]");
	good("dump name", "dump[name]");
	good("quit", "quit");
}

static void lines_and_blanks(void **state)
{
	(void)state;
	good("", "");
	good("\n\n \t\n", "");
	good("  \tkey\t F1  \t", "key[F1]");
	good("quit", "quit");
	good("quit\r\nquit\r\n", "quit quit");
	good("\r\n", "");
}

static void comments(void **state)
{
	(void)state;
	good("# all of it\n  # this too\n#", "");
	good("key F1 # the rest", "key[F1]");
	good("key F1 #", "key[F1]");
	good("key Enter  # and so on #", "key[Enter]");
	good("expect a#b", "expect[a#b]");
	good("expect \"a # b\" # c", "expect[a # b]");
	/* A comment in another encoding is nobody's business. */
	good("quit # \xe4", "quit");
}

/* The key '#' alone on its line is that key. */
static void the_key_hash(void **state)
{
	(void)state;
	good("key #", "key[#]");
	good("key  #", "key[#]");
	good("  key\t#  ", "key[#]");
	good("key \"#\" a", "key[#][a]");
}

static void quoting(void **state)
{
	(void)state;
	good("type \"\"", "type[]");
	good("type \"a\\\"b\\\\c\"", "type[a\"b\\c]");
	good("type \"a\\nb\"", "type[a\\nb]");
	good("type \"\\\\\"", "type[\\]");
	good("type \"  blanks  \"", "type[  blanks  ]");
	good("key \"a\" \"b\"", "key[a][b]");
	good("type a\"b", "type[a\"b]");
	bad("type \"", 1);
	bad("type \"open", 1);
	bad("type \"open\\\"", 1);
	bad("type \"open\\", 1);
	bad("quit\ntype \"over\nlines\"", 2);
}

static void wrong_lines(void **state)
{
	static const char *const wrong[] = {
		"press F1", "KEY F1", "\"", "key", "key Nokey", "key F13", "key F1 Nokey", "key \"\"", "type",
		"type a b", "type \xff", "type \"\xc3\"", "click", "click 1", "click 1 2 3", "click a 1",
		"click 1 1000", "click -1 1", "click 0x1 1", "click 010 1", "wait", "wait text", "wait no-text",
		"wait idle x", "wait longer", "wait text a b", "wait text a -1", "wait text a 3600001",
		"wait text a 1 2", "wait text a 0x10", "expect", "expect a b", "expect-not", "resize",
		"resize 80", "resize x", "resize 80x", "resize x24", "resize 0x24", "resize 80x0",
		"resize 1000x24", "resize 80x24x3", "resize 80X24", "resize 80 24", "resize 080x24",
		"resize -1x24", "dump", "dump a b", "quit now", "\xef\xbb\xbf" "quit",
	};
	struct buf text = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		bad(wrong[i], 1);
		buf_reset(&text);
		buf_printf(&text, "# comment\n\nquit\r\n%s\nand this one is not looked at", wrong[i]);
		bad(buf_str(&text), 4);
	}
	buf_release(&text);
}

static void a_nul_is_wrong(void **state)
{
	(void)state;
	bad_bytes("quit\0", 5, 1);
	bad_bytes("quit\n\0\n", 7, 2);
	bad_bytes("quit\n# a\0b", 10, 2);
	bad_bytes("type \"a\0b\"", 10, 1);
}

static void the_step_knows_its_line(void **state)
{
	unsigned line;
	const char *text = "# first\nkey a\n\nclick 7 9\nresize 100x30\nwait text x 250\nwait text x";
	struct script *script = parse(text, strlen(text), &line);

	(void)state;
	assert_int_equal(line, 0);
	assert_int_equal(script->n, 5);
	assert_int_equal(script->steps[0].line, 2);
	assert_int_equal(script->steps[1].line, 4);
	assert_int_equal(script->steps[1].x, 7);
	assert_int_equal(script->steps[1].y, 9);
	assert_int_equal(script->steps[2].x, 100);
	assert_int_equal(script->steps[2].y, 30);
	assert_int_equal(script->steps[3].wait_ms, 250);
	assert_int_equal(script->steps[4].wait_ms, SCRIPT_WAIT_MS);
	script_free(script);
}

static void huge(void **state)
{
	struct buf text = BUF_INIT;
	struct script *script;
	unsigned line;
	int i;

	(void)state;
	for (i = 0; i < 100000; i++)
		buf_addstr(&text, "key a b\n");
	script = parse(buf_str(&text), text.len, &line);
	assert_int_equal(line, 0);
	assert_int_equal(script->n, 100000);
	assert_int_equal(script->steps[99999].line, 100000);
	script_free(script);
	buf_reset(&text);
	buf_addstr(&text, "type \"");
	for (i = 0; i < 1000000; i++)
		buf_addch(&text, 'x');
	bad(buf_str(&text), 1);
	buf_addch(&text, '"');
	script = parse(buf_str(&text), text.len, &line);
	assert_int_equal(line, 0);
	assert_int_equal(strlen(script->steps[0].words.v[0]), 1000000);
	script_free(script);
	buf_release(&text);
}

static unsigned next_random(void)
{
	static unsigned seed = 99;

	seed = seed * 1103515245u + 12345u;
	return seed >> 16 & 0x7fff;
}

/* Whatever the bytes, it ends with steps or with a line of the text. */
static void any_bytes(void **state)
{
	static const char *const pieces[] = {
		"key ", "type ", "wait ", "text ", "idle", "\"", "\\", "#", "\n", "\r", " ", "x", "80x24",
		"resize ", "quit", "\xff", "\xc3\xa4", "click 1 2", "expect ", "F1",
	};
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		struct buf text = BUF_INIT;
		struct script *script;
		unsigned line, n = next_random() % 12;

		while (n-- > 0)
			buf_addstr(&text, pieces[next_random() % ARRAY_SIZE(pieces)]);
		if (next_random() % 16 == 0)
			buf_addch(&text, '\0');
		script = parse(buf_str(&text), text.len, &line);
		assert_true(line <= text.len + 1);
		script_free(script);
		buf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verb),
		cmocka_unit_test(lines_and_blanks),
		cmocka_unit_test(comments),
		cmocka_unit_test(the_key_hash),
		cmocka_unit_test(quoting),
		cmocka_unit_test(wrong_lines),
		cmocka_unit_test(a_nul_is_wrong),
		cmocka_unit_test(the_step_knows_its_line),
		cmocka_unit_test(huge),
		cmocka_unit_test(any_bytes),
	};

	return cmocka_run_group_tests_name("script", tests, NULL, NULL);
}
