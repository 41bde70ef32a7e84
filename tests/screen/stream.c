/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looks through what a program of curses wrote to an xterm or its like: text, and the few sequences that
 * move, erase, colour and switch; nothing else may reach a terminal.
 *
 *	stream <OUTPUT
 *
 * "foreign at N: ..." for each byte that is none of these (status 1), and the modes at the end, a
 * word a line: "alternate on|off", "cursor on|off", "mouse on|off", "colour yes|no": whether
 * any was used, and "colours 0|8|16|256": from how many.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/util.h"

struct stream {
	const char *s;
	size_t at, len;
	bool alternate, cursor, mouse;
	unsigned colours;	/* of how many the highest one used is */
	unsigned foreign;
};

/* Of "CSI ? NUMBER h" and l. */
static const struct {
	unsigned number;
	size_t flag;		/* offset in struct stream; 0: only allowed */
} modes[] = {
	{ 1049, offsetof(struct stream, alternate) },
	{ 25, offsetof(struct stream, cursor) },
	{ 1000, offsetof(struct stream, mouse) },
	{ 1006, offsetof(struct stream, mouse) },
	{ 1, 0 }, { 7, 0 }, { 12, 0 },
};

static bool set_mode(struct stream *stream, unsigned number, bool on)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		if (modes[i].number != number)
			continue;
		if (modes[i].flag)
			*(bool *)((char *)stream + modes[i].flag) = on;
		return true;
	}
	return false;
}

/* What a number of "CSI ... m" says of colours; 39 and 49 give the colours of the terminal back. */
static unsigned count_colours(unsigned n)
{
	if ((n >= 30 && n <= 37) || (n >= 40 && n <= 47))
		return 8;
	if ((n >= 90 && n <= 97) || (n >= 100 && n <= 107))
		return 16;
	return n == 38 || n == 48 ? 256 : 0;
}

/* The numbers of "CSI ... h", l and m; they are all curses sends where they count. */
static bool take_numbers(struct stream *stream, const char *s, char final)
{
	bool private = *s == '?';
	char *end;

	s += private;
	if (!private && final != 'm')
		return !strcmp(s, "4") || !strcmp(s, "34");	/* insert mode, normal cursor */
	for (; *s; s = end + (*end == ';')) {
		unsigned n = (unsigned)strtoul(s, &end, 10);

		if (end == s)
			return false;
		if (private && !set_mode(stream, n, final == 'h'))
			return false;
		if (final == 'm')
			stream->colours = MAX(stream->colours, count_colours(n));
		if (final == 'm' && (n == 38 || n == 48))
			break;
	}
	return true;
}

/* Behind "ESC [": its length, 0 when curses sends no such thing. */
static size_t take_csi(struct stream *stream, const char *s, size_t len)
{
	char numbers[32] = "";
	size_t n = 0;

	while (n < len && n < sizeof(numbers) - 1 && strchr("0123456789;?", s[n]) && s[n])
		n++;
	if (n == len)
		return 0;
	memcpy(numbers, s, n);
	if (strchr("hlm", s[n]) && s[n])
		return take_numbers(stream, numbers, s[n]) ? n + 1 : 0;
	/* The cursor's shape on the Linux console. */
	if (s[n] == 'c')
		return numbers[0] == '?' && numbers[1] ? n + 1 : 0;
	/* Moves, erases, scrolls, repeats; t only for the title's stack. */
	if (s[n] == 't')
		return !strcmp(numbers, "22;0;0") || !strcmp(numbers, "23;0;0") ? n + 1 : 0;
	return s[n] && strchr("ABCDGHJKLMPSTXZbdr@", s[n]) && numbers[0] != '?' ? n + 1 : 0;
}

static size_t take_escape(struct stream *stream, const char *s, size_t len)
{
	size_t n;

	if (len >= 2 && strchr("78=>M", s[1]) && s[1])
		return 2;
	if (len >= 3 && strchr("()", s[1]) && strchr("B0", s[2]) && s[1] && s[2])
		return 3;
	if (len < 3 || s[1] != '[')
		return 0;
	n = take_csi(stream, s + 2, len - 2);
	return n ? n + 2 : 0;
}

/* Text that neither controls the terminal nor hides or turns other text. */
static size_t take_text(const char *s, size_t len)
{
	unsigned ch;
	size_t n = utf8_decode(s, len, &ch);

	if (!n || (ch < ' ' && !strchr("\r\n\b\t\016\017", (int)ch)) || !ch || (ch >= 0x7f && ch < 0xa0))
		return 0;
	if ((ch >= 0x200b && ch <= 0x200f) || (ch >= 0x2028 && ch <= 0x202e) || (ch >= 0x2060 && ch <= 0x206f) ||
	    ch == 0xfeff)
		return 0;
	return n;
}

static void take(struct stream *stream)
{
	const char *s = stream->s + stream->at;
	size_t len = stream->len - stream->at, i;
	size_t n = *s == '\033' ? take_escape(stream, s, len) : take_text(s, len);

	if (!n) {
		stream->foreign++;
		printf("foreign at %zu:", stream->at);
		for (i = 0; i < MIN(len, (size_t)12); i++)
			printf(" %02x", (unsigned char)s[i]);
		putchar('\n');
	}
	stream->at += n ? n : 1;
}

int main(void)
{
	struct stream stream = { .cursor = true };
	struct buf all = BUF_INIT;
	size_t n;

	while ((n = fread(buf_grow(&all, 4096), 1, 4096, stdin)) > 0)
		all.len += n;
	stream.s = buf_str(&all);
	stream.len = all.len;
	while (stream.at < stream.len)
		take(&stream);
	printf("alternate %s\ncursor %s\nmouse %s\ncolour %s\ncolours %u\n", stream.alternate ? "on" : "off",
	       stream.cursor ? "on" : "off", stream.mouse ? "on" : "off", stream.colours ? "yes" : "no", stream.colours);
	buf_release(&all);
	return stream.foreign > 0;
}
