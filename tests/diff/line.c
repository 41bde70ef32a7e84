/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/util.h"
#include "diff.h"

/* One of a few texts. */
#define PICK(chance, list) ((list)[chance_below((chance), ARRAY_SIZE(list))])

static void blank(struct cast *cast, struct buf *out)
{
	static const char *const blanks[] = { " ", " ", " ", " ", " ", " ", " ", "\t", "  ", " \t ", " \\\n", "\\\n " };

	buf_addstr(out, PICK(cast->chance, blanks));
}

/* Each '_' becomes '-' at times. */
static void spell(struct cast *cast, struct buf *out, const char *name)
{
	bool dashes = chance_is(cast->chance, 30);

	for (; *name; name++)
		buf_addch(out, dashes && *name == '_' && chance_is(cast->chance, 70) ? '-' : *name);
}

void line_module(struct cast *cast, struct buf *out)
{
	if (chance_is(cast->chance, 85))
		spell(cast, out, chance_of(cast->chance, &cast->stars));
	else if (chance_is(cast->chance, 75))
		spell(cast, out, chance_of(cast->chance, &cast->names->modules));
	else
		spell(cast, out, chance_of(cast->chance, &cast->names->builtin));
}

/* What a soft dependency or an alias leads to: a module, something with a colon or a dash, or nothing. */
static void target(struct cast *cast, struct buf *out)
{
	static const char *const odd[] = {
		"nosuch-module", "off", "kmt:none", "crypto-crc32c", "fs-ext4", "char-major-10-200", "net-pf-16",
		"pci:v00001AF4d00001000sv00001AF4sd00000001bc02sc00i00", "NOSUCH", "no.such.thing",
	};

	if (chance_is(cast->chance, 75))
		line_module(cast, out);
	else if (cast->given.n && chance_is(cast->chance, 60))
		buf_addstr(out, chance_of(cast->chance, &cast->given));
	else
		buf_addstr(out, PICK(cast->chance, odd));
}

/* A pattern that fits a module: its start, or one letter of it left open. */
static void pattern(struct cast *cast, struct buf *out)
{
	const char *name = chance_of(cast->chance, &cast->stars);
	/* Not the first letter: the mark between modprobe's answers is to stay as it is. */
	size_t len = strlen(name), at = len < 2 ? 0 : 1 + chance_below(cast->chance, len - 1);

	if (!at) {
		buf_addstr(out, name);
		return;
	}
	buf_add(out, name, at);
	switch (chance_below(cast->chance, 4)) {
	case 0:
		buf_printf(out, "?%s", name + at + 1);
		break;
	case 1:
		buf_printf(out, "[%c-%c]%s", name[at] == '_' ? '_' : 'a', name[at] == '_' ? '_' : 'z', name + at + 1);
		break;
	default:
		buf_addch(out, '*');
	}
}

/* Whom a line is about. */
static void subject(struct cast *cast, struct buf *out)
{
	if (chance_is(cast->chance, 6))
		pattern(cast, out);
	else if (cast->given.n && chance_is(cast->chance, 6))
		buf_addstr(out, chance_of(cast->chance, &cast->given));
	else
		line_module(cast, out);
}

static void alias_line(struct cast *cast, struct buf *out)
{
	struct buf name = BUF_INIT;

	switch (chance_below(cast->chance, 5)) {
	case 0:
		line_module(cast, &name);
		break;
	case 1:
		buf_printf(&name, "kmt:d%zu*", chance_below(cast->chance, 9));
		break;
	case 2:
		buf_printf(&name, "kmt:d%zu-x_y", chance_below(cast->chance, 9));
		break;
	default:
		buf_printf(&name, "kmt-given_%zu", chance_below(cast->chance, 9));
	}
	buf_printf(out, "alias %s", buf_str(&name));
	blank(cast, out);
	target(cast, out);
	if (!strpbrk(buf_str(&name), "*"))
		strv_push(&cast->given, buf_str(&name));
	buf_release(&name);
}

/* A parameter that the module has. */
static void known_option(struct cast *cast, struct buf *out, const char *join)
{
	static const char *const values[] = {
		"=1", "=0", "", "=\"b c\"", "=1,2,3", "=\"", "=", "=Y", "=b#c", "='b", "=\"x\"y", "=1=2",
	};
	size_t at = chance_below(cast->chance, cast->params.n);

	spell(cast, out, cast->owners.v[at]);
	if (join)
		buf_addstr(out, join);
	else
		blank(cast, out);
	spell(cast, out, cast->params.v[at]);
	buf_addstr(out, PICK(cast->chance, values));
}

static void options_line(struct cast *cast, struct buf *out)
{
	static const char *const values[] = {
		"debug=1", "debug=0", "debug", "a=\"b c\"", "x=1,2,3", "debug=1  x=2", "x=\"", "=", "debug-level=3",
		"debug_level=4", "a=b#c", "a=\"b\tc\"", "a='b c'", "debug=Y\ta=",
	};
	size_t n = 1 + chance_below(cast->chance, 2);

	buf_addstr(out, "options ");
	if (cast->params.n && chance_is(cast->chance, 60)) {
		known_option(cast, out, NULL);
		n--;
	} else {
		subject(cast, out);
	}
	while (n--) {
		blank(cast, out);
		buf_addstr(out, PICK(cast->chance, values));
	}
}

static void command_line(struct cast *cast, struct buf *out, const char *word)
{
	static const char *const commands[] = {
		"/bin/true", "/bin/false", "/bin/false ", "/usr/bin/true", "/bin/true; /bin/false", ":",
		"/sbin/modprobe --ignore-install x $CMDLINE_OPTS", "echo  two  blanks", "exit 1",
	};

	buf_addstr(out, word);
	blank(cast, out);
	subject(cast, out);
	blank(cast, out);
	buf_addstr(out, PICK(cast->chance, commands));
}

static void softdep_line(struct cast *cast, struct buf *out)
{
	static const char *const marks[] = { "pre:", "pre:", "pre:", "post:", "post:", "", "pre", "Pre:", "other:" };
	size_t n = 1 + chance_below(cast->chance, 4);

	buf_addstr(out, "softdep ");
	subject(cast, out);
	while (n--) {
		blank(cast, out);
		buf_addstr(out, PICK(cast->chance, marks));
		if (chance_is(cast->chance, 10))
			continue;
		blank(cast, out);
		target(cast, out);
	}
}

static void weakdep_line(struct cast *cast, struct buf *out)
{
	buf_addstr(out, "weakdep ");
	subject(cast, out);
	blank(cast, out);
	target(cast, out);
}

static void blacklist_line(struct cast *cast, struct buf *out)
{
	buf_addstr(out, "blacklist");
	blank(cast, out);
	subject(cast, out);
	if (chance_is(cast->chance, 10))
		buf_addstr(out, " # why");
}

static void other_line(struct cast *cast, struct buf *out)
{
	static const char *const lines[] = {
		"", "# a comment", "#blacklist \\", " # not at the start", "include /etc", "config binary_indexes yes",
		"options", "install", "softdep", "alias x", "blacklist", "\\", "Blacklist ext4", "install ext4",
		"options ext4", "alias [x ext4", "install x] /bin/false", "\r", "unknown word here",
	};

	buf_addstr(out, PICK(cast->chance, lines));
}

void line_make(struct cast *cast, struct buf *out)
{
	size_t what = chance_below(cast->chance, 100);

	if (chance_is(cast->chance, 4))
		blank(cast, out);
	if (what < 22)
		softdep_line(cast, out);
	else if (what < 40)
		options_line(cast, out);
	else if (what < 56)
		command_line(cast, out, "install");
	else if (what < 60)
		command_line(cast, out, "remove");
	else if (what < 74)
		alias_line(cast, out);
	else if (what < 84)
		blacklist_line(cast, out);
	else if (what < 88)
		weakdep_line(cast, out);
	else
		other_line(cast, out);
	if (chance_is(cast->chance, 5))
		blank(cast, out);
	buf_addch(out, '\n');
}

static void cmdline_blacklist(struct cast *cast, struct buf *out)
{
	size_t n = 1 + chance_below(cast->chance, 3);

	buf_addstr(out, chance_is(cast->chance, 90) ? "modprobe.blacklist=" : "modprobe.black-list=");
	if (chance_is(cast->chance, 10))
		buf_addch(out, '"');
	while (n--) {
		line_module(cast, out);
		if (n || chance_is(cast->chance, 5))
			buf_addch(out, ',');
	}
	if (chance_is(cast->chance, 10))
		buf_addch(out, '"');
}

static void cmdline_option(struct cast *cast, struct buf *out)
{
	static const char *const rests[] = {
		".debug=1", ".debug", ".debug=\"a b\"", ".x=\"1", ".a.b=1", ".debug=", ".", "=1", ".debug_level=1",
		".debug-level=2", ".a=b,c", ".\"debug\"=1", ".debug=\"a\"b",
	};

	if (chance_is(cast->chance, 4))
		buf_addch(out, '"');
	if (cast->params.n && chance_is(cast->chance, 50)) {
		known_option(cast, out, ".");
		return;
	}
	line_module(cast, out);
	buf_addstr(out, PICK(cast->chance, rests));
}

void line_cmdline(struct cast *cast, struct buf *out)
{
	static const char *const words[] = {
		"quiet", "--", "ro", "root=UUID=1-2", "systemd.unit=x", "a.b.c", "=", ".", "\"", "x=\"y z\"", "modprobe.x=1",
	};
	static const char *const blanks[] = { " ", " ", " ", "  ", "\t" };

	if (chance_is(cast->chance, 25))
		cmdline_blacklist(cast, out);
	else if (chance_is(cast->chance, 50))
		cmdline_option(cast, out);
	else
		buf_addstr(out, PICK(cast->chance, words));
	buf_addstr(out, PICK(cast->chance, blanks));
}
