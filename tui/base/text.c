/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "base/util.h"

static bool utf8;

void text_set_utf8(bool on)
{
	utf8 = on;
}

bool text_utf8(void)
{
	return utf8;
}

/*
 * Characters that draw nothing, reorder what stands around them or break lines.  Some are
 * harmless in the right place; none is worth being fooled in a list of modules.
 */
static const struct { unsigned first, last; } hidden[] = {
	{ 0x00ad, 0x00ad },	/* soft hyphen */
	{ 0x034f, 0x034f },	/* grapheme joiner */
	{ 0x061c, 0x061c },	/* Arabic letter mark */
	{ 0x115f, 0x1160 },	/* Hangul fillers */
	{ 0x17b4, 0x17b5 },	/* inherent Khmer vowels */
	{ 0x180b, 0x180f },	/* Mongolian selectors and separator */
	{ 0x200b, 0x200f },	/* zero width, direction marks */
	{ 0x2028, 0x202e },	/* line and paragraph separator, direction */
	{ 0x2060, 0x206f },	/* joiner, invisible operators, direction isolates */
	{ 0x3164, 0x3164 },	/* Hangul filler */
	{ 0xfe00, 0xfe0f },	/* variation selectors */
	{ 0xfeff, 0xfeff },	/* byte order mark */
	{ 0xffa0, 0xffa0 },	/* Hangul filler of half width */
	{ 0xfff0, 0xfffb },	/* annotation marks */
	{ 0x1bca0, 0x1bca3 },	/* shorthand format controls */
	{ 0x1d173, 0x1d17a },	/* musical format controls */
	{ 0xe0000, 0xe0fff },	/* tags, more variation selectors */
};

static bool is_hidden(unsigned c)
{
	for (size_t i = 0; i < ARRAY_SIZE(hidden); i++)
		if (c >= hidden[i].first && c <= hidden[i].last)
			return true;
	return false;
}

/* Columns of a character that may be shown; -1: it may not. */
static int columns_of(unsigned c)
{
	if (c < 0x80)
		return c >= 0x20 && c != 0x7f ? 1 : -1;
	if (is_hidden(c) || !iswprint((wint_t)c))
		return -1;
	return wcwidth((wchar_t)c);
}

/*
 * Appends the one character at @s.  @base tells whether the one before can carry a
 * combining character and is updated.  Returns the bytes used.
 */
static size_t escape_one(struct buf *out, const char *s, size_t len, bool *base)
{
	unsigned c;
	size_t n = utf8_decode(s, len, &c);
	int columns;

	if (n == 0 || (c >= 0x80 && !utf8)) {
		buf_printf(out, "\\x%02x", (unsigned char)*s);
		*base = false;
		return 1;
	}
	columns = columns_of(c);
	if (columns > 0 || (columns == 0 && *base)) {
		buf_add(out, s, n);
		*base = true;
		return n;
	}
	buf_printf(out, c < 0x80 ? "\\x%02x" : "\\u{%04X}", c);
	*base = false;
	return n;
}

void text_escape(struct buf *out, const char *s, size_t len)
{
	bool base = false;

	for (size_t i = 0; i < len; )
		i += escape_one(out, s + i, len - i, &base);
}

char *text_safe(const char *s)
{
	struct buf out = BUF_INIT;

	if (s)
		text_escape(&out, s, strlen(s));
	return buf_detach(&out);
}

/* The next character of safe text: its bytes and its columns.  What is not safe takes one. */
static size_t step(const char *s, size_t len, int *columns)
{
	unsigned c;
	size_t n;

	if ((unsigned char)*s < 0x80) {		/* most there is; a screen asks thousands of times */
		*columns = 1;
		return 1;
	}
	n = utf8_decode(s, len, &c);
	*columns = n ? columns_of(c) : 1;
	if (*columns < 0)
		*columns = 1;
	return n ? n : 1;
}

int text_width(const char *s)
{
	size_t len = strlen(s);
	int total = 0, columns;

	for (size_t i = 0; i < len; total += columns)
		i += step(s + i, len - i, &columns);
	return total;
}

size_t text_cut(const char *s, int columns)
{
	size_t len = strlen(s), i = 0, n;
	int width;

	if (columns <= 0)
		return 0;
	while (i < len) {
		n = step(s + i, len - i, &width);
		if (width > columns)
			break;
		columns -= width;
		i += n;
	}
	return i;
}

/* Not printf("%.1f"): its decimal point belongs to the locale, and scripts compare figures. */
const char *text_size(char out[16], long long bytes)
{
	static const char units[] = "BKMGTPE";
	double value = (double)bytes;
	size_t unit = 0;

	if (bytes < 0) {
		snprintf(out, 16, "-");
		return out;
	}
	while (value >= 1023.5 && unit < sizeof(units) - 2) {
		value /= 1024;
		unit++;
	}
	if (unit == 0)
		snprintf(out, 16, "%d", (int)bytes);
	else if (value < 9.95)
		snprintf(out, 16, "%d.%d%c", (int)(value * 10 + 0.5) / 10,
			 (int)(value * 10 + 0.5) % 10, units[unit]);
	else
		snprintf(out, 16, "%d%c", (int)(value + 0.5), units[unit]);
	return out;
}
