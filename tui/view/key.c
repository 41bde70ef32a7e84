/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "view/key.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/parse.h"
#include "base/utf8.h"
#include "base/util.h"

static const struct {
	const char *name;
	unsigned key;
} names[] = {
	{ "Enter", KC_ENTER },	{ "Esc", KC_ESC },	{ "Up", KC_UP },
	{ "Down", KC_DOWN },	{ "Left", KC_LEFT },	{ "Right", KC_RIGHT },
	{ "Home", KC_HOME },	{ "End", KC_END },	{ "PgUp", KC_PGUP },
	{ "PgDn", KC_PGDN },	{ "Tab", KC_TAB },	{ "BackTab", KC_BACKTAB },
	{ "Space", KC_SPACE },	{ "Backspace", KC_BACKSPACE },
	{ "Del", KC_DEL },	{ "Ins", KC_INS },
};

/* Control characters have names; as they stand they are no key. */
static unsigned one_character(const char *s)
{
	size_t len = strlen(s);
	unsigned ch = KC_NONE;

	if (utf8_decode(s, len, &ch) != len || ch < ' ' || (ch >= 0x7f && ch < 0xa0))
		return KC_NONE;
	return ch;
}

static unsigned function_key(const char *name)
{
	uint64_t n;

	if (name[0] != 'F' || name[1] == '0' || parse_digits(name + 1, name + strlen(name), &n) ||
	    n < 1 || n > 12)
		return KC_NONE;
	return KC_F((unsigned)n);
}

unsigned key_parse(const char *name)
{
	unsigned ch;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcasecmp(name, names[i].name))
			return names[i].key;
	if (!strncmp(name, "C-", 2) && name[2] >= 'a' && name[2] <= 'z' && !name[3])
		return KC_CTRL((unsigned)name[2]);
	if (!strncmp(name, "M-", 2) && name[2]) {
		ch = one_character(name + 2);
		return ch ? ch + KC_META : KC_NONE;
	}
	ch = function_key(name);
	return ch ? ch : one_character(name);
}

static void character_label(const char *prefix, unsigned ch, char out[16])
{
	char bytes[4];
	size_t n = utf8_encode(ch, bytes);

	snprintf(out, 16, "%s%.*s", prefix, (int)n, bytes);
}

const char *key_label(unsigned key, char out[16])
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].key == key)
			return names[i].name;
	if (key > KC_F0 && key <= KC_F(12))
		snprintf(out, 16, "F%u", key - KC_F0);
	else if (key >= KC_META)
		character_label("M-", key - KC_META, out);
	else if (key < 0x20)
		character_label("C-", key + 'a' - 1, out);
	else
		character_label("", key, out);
	return out;
}
