/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/utf8.h"

/* Length of the sequence that starts with @lead, its payload in *bits; 0: can not start one. */
static size_t lead_length(unsigned char lead, unsigned *bits)
{
	if (lead < 0x80) {
		*bits = lead;
		return 1;
	}
	if (lead >= 0xc2 && lead < 0xe0) {
		*bits = lead & 0x1f;
		return 2;
	}
	if (lead >= 0xe0 && lead < 0xf0) {
		*bits = lead & 0x0f;
		return 3;
	}
	if (lead >= 0xf0 && lead < 0xf5) {
		*bits = lead & 0x07;
		return 4;
	}
	return 0;
}

size_t utf8_decode(const char *s, size_t len, unsigned *ch)
{
	static const unsigned smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned bits = 0;
	size_t i, n;

	if (!len)
		return 0;
	n = lead_length((unsigned char)s[0], &bits);
	if (!n || n > len)
		return 0;
	for (i = 1; i < n; i++) {
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			return 0;
		bits = bits << 6 | ((unsigned char)s[i] & 0x3f);
	}
	if (bits < smallest[n] || bits > 0x10ffff || (bits >= 0xd800 && bits < 0xe000))
		return 0;
	*ch = bits;
	return n;
}

size_t utf8_encode(unsigned ch, char out[4])
{
	size_t i, n = ch < 0x80 ? 1 : ch < 0x800 ? 2 : ch < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	if (ch > 0x10ffff || (ch >= 0xd800 && ch < 0xe000))
		return 0;
	for (i = n - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (ch & 0x3f));
		ch >>= 6;
	}
	out[0] = (char)(lead[n] | ch);
	return n;
}

size_t utf8_back(const char *s, size_t pos)
{
	if (!pos)
		return 0;
	do
		pos--;
	while (pos && ((unsigned char)s[pos] & 0xc0) == 0x80);
	return pos;
}
