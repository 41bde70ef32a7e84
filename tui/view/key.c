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

static unsigned one_character(const char *s)
{
	size_t len = strlen(s);
	unsigned ch;

	return utf8_decode(s, len, &ch) == len ? ch : KC_NONE;
}

static unsigned function_key(const char *name)
{
	unsigned long long n;

	if (name[0] != 'F' || !name[1] || parse_unsigned(name + 1, &n) || n < 1 || n > 12)
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

const char *key_label(unsigned key, char out[16])
{
	size_t i, n;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].key == key)
			return names[i].name;
	if (key > KC_F0 && key <= KC_F(12))
		snprintf(out, 16, "F%u", key - KC_F0);
	else if (key >= KC_META)
		snprintf(out, 16, "M-%c", (int)(key - KC_META));
	else if (key < 0x20)
		snprintf(out, 16, "C-%c", (int)(key + 'a' - 1));
	else {
		n = utf8_encode(key, out);
		out[n] = '\0';
	}
	return out;
}
