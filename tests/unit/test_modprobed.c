/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/strv.h"
#include "kernel/modopt.h"
#include "kernel/modprobed.h"
#include "kernel/root.h"
#include "model/param.h"
#include "tree.h"

static struct modprobed parse(const char *text)
{
	struct modprobed conf = MODPROBED_INIT;

	modprobed_parse(&conf, "etc/modprobe.d/x.conf", text, strlen(text));
	return conf;
}

static void assert_line(const struct modprobed *conf, size_t i, enum modprobed_kind kind,
			const char *name, const char *rest)
{
	assert_true(i < conf->n);
	assert_int_equal(conf->v[i].kind, kind);
	assert_string_equal(conf->v[i].name, name);
	assert_string_equal(conf->v[i].rest, rest);
}

static void test_every_statement(void **state)
{
	struct modprobed conf = parse("# comment\n"
				      "\n"
				      "options kmt-timer period_ms=250 cpu=1\n"
				      "install snd-pcm /bin/false\n"
				      "remove x /sbin/y\n"
				      "blacklist pcspkr\n"
				      "alias char-major-10-* some-mod\n"
				      "softdep a pre: b post: c\n");

	(void)state;
	assert_int_equal(conf.n, 6);
	assert_line(&conf, 0, MODPROBED_OPTIONS, "kmt_timer", "period_ms=250 cpu=1");
	assert_line(&conf, 1, MODPROBED_INSTALL, "snd_pcm", "/bin/false");
	assert_line(&conf, 2, MODPROBED_REMOVE, "x", "/sbin/y");
	assert_line(&conf, 3, MODPROBED_BLACKLIST, "pcspkr", "");
	assert_line(&conf, 4, MODPROBED_ALIAS, "char_major_10_*", "some_mod");
	assert_line(&conf, 5, MODPROBED_SOFTDEP, "a", "pre: b post: c");
	assert_int_equal(conf.v[0].line, 3);
	assert_int_equal(conf.v[5].line, 8);
	assert_string_equal(conf.v[0].file, "etc/modprobe.d/x.conf");
	modprobed_release(&conf);
}

static void test_continuation_lines(void **state)
{
	struct modprobed conf = parse("options a x=1 \\\n\ty=2\\\n\n"
				      "# a comment goes on \\\noptions hidden x=1\n"
				      "opt\\\nions b z=\\3\n");

	(void)state;
	assert_int_equal(conf.n, 2);
	assert_line(&conf, 0, MODPROBED_OPTIONS, "a", "x=1  y=2");
	assert_int_equal(conf.v[0].line, 1);
	assert_line(&conf, 1, MODPROBED_OPTIONS, "b", "z=3");
	assert_int_equal(conf.v[1].line, 6);
	modprobed_release(&conf);
}

static void test_blanks_and_last_line(void **state)
{
	struct modprobed conf = parse(" \t options \t a \t x=1\t \n\tblacklist b rest ignored\noptions c y=1\\");

	(void)state;
	assert_int_equal(conf.n, 3);
	assert_line(&conf, 0, MODPROBED_OPTIONS, "a", "  x=1  ");
	assert_line(&conf, 1, MODPROBED_BLACKLIST, "b", "rest ignored");
	assert_line(&conf, 2, MODPROBED_OPTIONS, "c", "y=1");
	modprobed_release(&conf);
}

static void test_what_is_ignored(void **state)
{
	struct modprobed conf = parse("options\noptions a\noptions a \ninstall a\nremove a\t\nsoftdep a\n"
				      "blacklist\nalias\nalias a\nalias a b]\nalias a[ b\nOptions a x=1\n"
				      "include /etc/other\nconfig x\nfoo\n #blacklist a\n");

	(void)state;
	assert_int_equal(conf.n, 0);
	modprobed_release(&conf);
}

static void test_nul_ends_a_line(void **state)
{
	static const char text[] = "options a x=1\0 y=2\nblacklist b\n";
	struct modprobed conf = MODPROBED_INIT;

	(void)state;
	modprobed_parse(&conf, "f", text, sizeof(text) - 1);
	assert_int_equal(conf.n, 2);
	assert_line(&conf, 0, MODPROBED_OPTIONS, "a", "x=1");
	modprobed_release(&conf);
}

static void test_patterns_keep_their_brackets(void **state)
{
	struct modprobed conf = parse("install snd-[a-z]-* /bin/true\n");

	(void)state;
	assert_line(&conf, 0, MODPROBED_INSTALL, "snd_[a-z]_*", "/bin/true");
	modprobed_release(&conf);
}

static void assert_option(const char **pos, const char *end, const char *name, const char *value)
{
	struct modopt opt;

	assert_true(modopt_next(pos, end, &opt));
	assert_int_equal(opt.name_len, strlen(name));
	assert_memory_equal(opt.name, name, opt.name_len);
	if (!value) {
		assert_null(opt.value);
		return;
	}
	assert_non_null(opt.value);
	assert_int_equal(opt.value_len, strlen(value));
	assert_memory_equal(opt.value, value, opt.value_len);
}

static void test_options_are_cut_as_the_kernel_does(void **state)
{
	static const char text[] = " a=1 b \tc=\"x y\" \"d=u v\" e=p\"q r\"s f= g=\"\" h==2 =i=3 \"j\" k=\"open end";
	const char *pos = text, *end = text + strlen(text);
	struct modopt opt;

	(void)state;
	assert_option(&pos, end, "a", "1");
	assert_option(&pos, end, "b", NULL);
	assert_option(&pos, end, "c", "x y");
	assert_option(&pos, end, "d", "u v");
	assert_option(&pos, end, "e", "p\"q r\"s");
	assert_option(&pos, end, "f", "");
	assert_option(&pos, end, "g", "");
	assert_option(&pos, end, "h", "=2");
	assert_option(&pos, end, "=i", "3");
	assert_option(&pos, end, "j", NULL);
	assert_option(&pos, end, "k", "open end");
	assert_false(modopt_next(&pos, end, &opt));
}

/* What modprobe makes of quotes; "modprobe -c" of kmod 30 and 34 agree. */
static void test_quotes_of_the_command_line(void **state)
{
	static const struct { const char *text, *name, *rest; } words[] = {
		{ "modprobe.blacklist=\"a,b\"", "\"a", "" },
		{ "\"modprobe.blacklist=a,b\"", "\"a", "" },
		{ "a.b=\"x y\"z", "a", "b=\"x y\"z" },
		{ "a.b=\" x  \"a.c=1", "a", "b=\" x  \"a.c=1" },
		{ "a.b=\"open end", NULL, NULL },
		{ "\"a.b=1", NULL, NULL },
		{ "\"a b.c=1\"", NULL, NULL },
		{ "a\"b.c=1", NULL, NULL },
		{ "a.b\"c\"=1", NULL, NULL },
		{ "\"a.b\"", NULL, NULL },
		{ "a=b.c", NULL, NULL },
		{ "a.b.c=1", NULL, NULL },
		{ "-- a-b.c-d=1", "a_b", "c-d=1" },
		{ "a.b\tc", "a", "b" },
	};
	struct modprobed conf = MODPROBED_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
		modprobed_cmdline_parse(&conf, words[i].text, strlen(words[i].text));
		if (!words[i].name != !conf.n)
			fail_msg("%s", words[i].text);
		if (conf.n) {
			assert_string_equal(conf.v[0].name, words[i].name);
			assert_string_equal(conf.v[0].rest, words[i].rest);
		}
		modprobed_release(&conf);
	}
}

static void test_command_line(void **state)
{
	static const char text[] =
		"quiet root=/dev/sda1 kmt-timer.period_ms=250 kmt_params.debug a.b.c=1 .x=1 y.=1 "
		"a.motto=\"two words\" \"a.other=three more words\" modprobe.blacklist=snd-pcm,,pcspkr "
		"a/b.c=1 x\"y.z=1\n";
	struct modprobed conf = MODPROBED_INIT;

	(void)state;
	modprobed_cmdline_parse(&conf, text, strlen(text));
	assert_int_equal(conf.n, 7);
	assert_line(&conf, 0, MODPROBED_OPTIONS, "kmt_timer", "period_ms=250");
	assert_line(&conf, 1, MODPROBED_OPTIONS, "kmt_params", "debug");
	assert_line(&conf, 2, MODPROBED_OPTIONS, "y", "=1");
	assert_line(&conf, 3, MODPROBED_OPTIONS, "a", "motto=\"two words\"");
	assert_line(&conf, 4, MODPROBED_OPTIONS, "a", "other=\"three more words\"");
	assert_line(&conf, 5, MODPROBED_BLACKLIST, "snd-pcm", "");
	assert_line(&conf, 6, MODPROBED_BLACKLIST, "pcspkr", "");
	assert_string_equal(conf.v[0].file, "proc/cmdline");
	assert_int_equal(conf.v[0].line, 1);
	modprobed_release(&conf);
	modprobed_cmdline_parse(&conf, NULL, 0);
	assert_int_equal(conf.n, 0);
}

/* Only these commands mask; and the first install line that fits a module decides. */
static void test_masked(void **state)
{
	struct modprobed conf = parse("install a /bin/false\n"
				      "install b-b  /bin/true \n"
				      "install c /usr/bin/false\n"
				      "install d /usr/bin/true\n"
				      "install e /bin/false now\n"
				      "install f /sbin/modprobe --ignore-install f\n"
				      "install g exit 1\n"
				      "install h /sbin/other\n"
				      "install h /bin/false\n"
				      "install i_* /bin/echo\n"
				      "install i_x /bin/false\n"
				      "install j_* /bin/false\n"
				      "install a /bin/true\n"
				      "blacklist k\n");
	static const char *const want[] = { "a", "b_b", "c", "d" };
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++)
		assert_true(modprobed_install_masks(&conf, want[i]));
	assert_false(modprobed_install_masks(&conf, "e"));
	assert_false(modprobed_install_masks(&conf, "f"));
	assert_false(modprobed_install_masks(&conf, "g"));
	assert_true(modprobed_is_masked(&conf, "b-b"));
	assert_true(modprobed_is_masked(&conf, "j_any"));
	assert_true(modprobed_is_masked(&conf, "j-any"));
	assert_false(modprobed_is_masked(&conf, "j"));
	assert_false(modprobed_is_masked(&conf, "h"));
	assert_false(modprobed_is_masked(&conf, "i_x"));
	assert_false(modprobed_is_masked(&conf, "k"));
	modprobed_release(&conf);
}

/* Soft dependencies switch the install line off, of several lines the first; a line without any does not. */
static void test_soft_dependencies_unmask(void **state)
{
	struct modprobed conf = parse("install * /bin/false\n"
				      "softdep a pre: x\nsoftdep b pre: post: \nsoftdep c pre: post: x\n"
				      "softdep d x y\nsoftdep e pre:\nsoftdep e pre: x\nsoftdep f* post: x\n");

	(void)state;
	assert_false(modprobed_is_masked(&conf, "a"));
	assert_true(modprobed_install_masks(&conf, "a"));
	assert_true(modprobed_is_masked(&conf, "b"));
	assert_false(modprobed_is_masked(&conf, "c"));
	assert_true(modprobed_is_masked(&conf, "d"));
	assert_true(modprobed_is_masked(&conf, "e"));
	assert_false(modprobed_is_masked(&conf, "foo"));
	modprobed_release(&conf);
}

/* "install snd /bin/false" says nothing of snd_pcm. */
static void test_a_part_of_a_name_masks_nothing(void **state)
{
	struct modprobed conf = parse("install snd /bin/false\n");

	(void)state;
	assert_true(modprobed_is_masked(&conf, "snd"));
	assert_false(modprobed_is_masked(&conf, "snd_pcm"));
	assert_false(modprobed_is_masked(&conf, "asnd"));
	modprobed_release(&conf);
}

static void test_apply(void **state)
{
	struct modprobed conf = parse("options kmt_timer period_ms=250 engine=\"a b\"\n"
				      "options kmt-timer period-ms=500 unknown=1 flag\n"
				      "options kmt_timer_2 period_ms=9\n"
				      "options kmt_open words=\" a\tb= \n"
				      "options kmt_open  c \n");
	static const char cmdline[] = "kmt-timer.period-ms=750 kmt_timer.motto=\"x y\"";
	struct paramlist list = PARAMLIST_INIT;

	(void)state;
	modprobed_cmdline_parse(&conf, cmdline, strlen(cmdline));
	paramlist_get(&list, "period_ms", 9);
	paramlist_get(&list, "engine", 6);
	paramlist_get(&list, "flag", 4);
	paramlist_get(&list, "motto", 5);
	modprobed_apply(&conf, "kmt-timer", &list);
	modprobed_apply(&conf, "kmt_timer", &list);
	assert_int_equal(list.n, 4);
	assert_string_equal(paramlist_find(&list, "period_ms")->configured, "500");
	assert_string_equal(paramlist_find(&list, "period_ms")->cmdline, "750");
	assert_string_equal(paramlist_find(&list, "engine")->configured, "a b");
	assert_null(paramlist_find(&list, "engine")->cmdline);
	assert_string_equal(paramlist_find(&list, "flag")->configured, "1");
	assert_null(paramlist_find(&list, "motto")->configured);
	assert_string_equal(paramlist_find(&list, "motto")->cmdline, "x y");
	paramlist_get(&list, "words", 5);
	modprobed_apply(&conf, "kmt_open", &list);
	assert_string_equal(paramlist_find(&list, "words")->configured, " a b=   c ");
	paramlist_release(&list);
	modprobed_release(&conf);
}

static void read_conf(const struct tree *tree, const char *kernel, struct modprobed *conf)
{
	struct root root;

	assert_int_equal(root_init(&root, tree->dir, kernel), 0);
	assert_int_equal(modprobed_read(conf, &root), 0);
	root_release(&root);
}

/* Sorted by name over all directories; a name in an earlier directory hides the later file. */
static void test_files_and_their_order(void **state)
{
	struct modprobed conf = MODPROBED_INIT;
	struct tree tree;

	(void)state;
	tree_init(&tree);
	read_conf(&tree, NULL, &conf);
	assert_int_equal(conf.n, 0);
	tree_put(&tree, "proc/sys/kernel/osrelease", "6.1\n");
	tree_put(&tree, "proc/cmdline", "m.from=cmdline\n");
	tree_put(&tree, "lib/modules/6.1/modules.softdep", "# generated\nsoftdep a pre: b\n");
	tree_put(&tree, "etc/modprobe.d/z.conf", "options m from=etc-z\n");
	tree_put(&tree, "etc/modprobe.d/b.conf", "options m from=etc-b\n");
	tree_put(&tree, "etc/modprobe.d/.hidden.conf", "options m from=hidden\n");
	tree_put(&tree, "etc/modprobe.d/backup.conf~", "options m from=backup\n");
	tree_put(&tree, "etc/modprobe.d/README", "options m from=readme\n");
	tree_mkdir(&tree, "etc/modprobe.d/dir.conf/");
	tree_put(&tree, "run/modprobe.d/b.conf", "options m from=run-b\n");
	tree_put(&tree, "run/modprobe.d/dir.conf", "options m from=run-dir\n");
	tree_put(&tree, "usr/local/lib/modprobe.d/a.conf", "options m from=local-a\n");
	tree_put(&tree, "lib/modprobe.d/z.conf", "options m from=lib-z\n");
	tree_put(&tree, "lib/modprobe.d/c.alias", "alias x m\n");
	tree_put(&tree, "lib/modprobe.d/off.conf", "options m from=off\n");
	tree_link(&tree, "etc/modprobe.d/off.conf", "/dev/null");
	read_conf(&tree, NULL, &conf);
	assert_int_equal(conf.n, 7);
	assert_line(&conf, 0, MODPROBED_OPTIONS, "m", "from=local-a");
	assert_line(&conf, 1, MODPROBED_OPTIONS, "m", "from=etc-b");
	assert_line(&conf, 2, MODPROBED_ALIAS, "x", "m");
	assert_line(&conf, 3, MODPROBED_OPTIONS, "m", "from=run-dir");
	assert_line(&conf, 4, MODPROBED_SOFTDEP, "a", "pre: b");
	assert_line(&conf, 5, MODPROBED_OPTIONS, "m", "from=etc-z");
	assert_line(&conf, 6, MODPROBED_OPTIONS, "m", "from=cmdline");
	assert_string_equal(conf.v[5].file, "etc/modprobe.d/z.conf");
	assert_string_equal(conf.v[4].file, "lib/modules/6.1/modules.softdep");
	modprobed_release(&conf);

	/* The command line belongs to the kernel that was started with it. */
	read_conf(&tree, "9.9", &conf);
	assert_int_equal(conf.n, 5);
	modprobed_release(&conf);
	tree_release(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_statement),
		cmocka_unit_test(test_continuation_lines),
		cmocka_unit_test(test_blanks_and_last_line),
		cmocka_unit_test(test_what_is_ignored),
		cmocka_unit_test(test_nul_ends_a_line),
		cmocka_unit_test(test_patterns_keep_their_brackets),
		cmocka_unit_test(test_options_are_cut_as_the_kernel_does),
		cmocka_unit_test(test_command_line),
		cmocka_unit_test(test_quotes_of_the_command_line),
		cmocka_unit_test(test_masked),
		cmocka_unit_test(test_soft_dependencies_unmask),
		cmocka_unit_test(test_a_part_of_a_name_masks_nothing),
		cmocka_unit_test(test_apply),
		cmocka_unit_test(test_files_and_their_order),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
