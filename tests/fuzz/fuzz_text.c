/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <locale.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/utf8.h"
#include "fuzz.h"

/* Characters that steer, reorder or hide. */
static bool is_dangerous(unsigned ch)
{
	static const struct {
		unsigned first, last;
	} ranges[] = {
		{ 0x00, 0x1f }, { 0x7f, 0x9f }, { 0x00ad, 0x00ad }, { 0x061c, 0x061c },
		{ 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xfeff, 0xfeff },
		{ 0xfff9, 0xfffb }, { 0xe0000, 0xe007f },
	};
	size_t i;

	for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (ch >= ranges[i].first && ch <= ranges[i].last)
			return true;
	return false;
}

static void check_safe(const char *s, size_t len, bool utf8)
{
	size_t n, i;
	unsigned ch;

	CHECK(strlen(s) == len);
	for (i = 0; i < len; i += n) {
		n = utf8_decode(s + i, len - i, &ch);
		CHECK(n > 0 && !is_dangerous(ch));
		CHECK(utf8 || ch < 0x80);
	}
}

static void check_cut(const char *s, size_t len)
{
	int width = text_width(s), columns;
	size_t cut, before = 0;
	char *prefix;

	CHECK(width >= 0);
	CHECK(text_cut(s, width) == len);
	for (columns = 0; columns <= width; columns += columns + 1) {
		cut = text_cut(s, columns);
		CHECK(cut <= len && cut >= before);
		prefix = strndup(s, cut);
		CHECK(prefix && text_width(prefix) <= columns);
		free(prefix);
		before = cut;
	}
}

/* Safe text is safe, and making it safe again changes nothing. */
static void check_mode(const char *data, size_t size, bool utf8)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;

	text_set_utf8(utf8);
	text_escape(&once, data, size);
	check_safe(buf_str(&once), once.len, utf8);
	text_escape(&twice, buf_str(&once), once.len);
	CHECK(!strcmp(buf_str(&once), buf_str(&twice)));
	check_cut(buf_str(&once), once.len);
	buf_release(&once);
	buf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool ready;

	if (!ready)
		setlocale(LC_CTYPE, "C.UTF-8");
	ready = true;
	check_mode((const char *)data, size, false);
	check_mode((const char *)data, size, true);
	return 0;
}
