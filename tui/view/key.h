/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys as numbers: a character is its Unicode value, the others follow.  Curses' own
 * codes stay in term.c.  The names are those of the script language and of the help.
 */
#ifndef KMT_VIEW_KEY_H
#define KMT_VIEW_KEY_H

#include <stddef.h>

enum {
	KC_NONE = 0,
	KC_TAB = '\t', KC_ENTER = '\r', KC_ESC = 0x1b, KC_SPACE = ' ', KC_BACKSPACE = 0x7f,
	KC_SPECIAL = 0x110000,
	KC_UP, KC_DOWN, KC_LEFT, KC_RIGHT, KC_HOME, KC_END, KC_PGUP, KC_PGDN,
	KC_BACKTAB, KC_DEL, KC_INS,
	KC_CLICK, KC_WHEEL_UP, KC_WHEEL_DOWN,
	KC_F0 = 0x110100,	/* KC_F0 + n is the function key Fn, 1 to 12 */
	KC_META = 0x200000	/* added to a character: M-x */
};

#define KC_F(n) (KC_F0 + (n))
#define KC_CTRL(c) ((c) & 0x1f)

/* One event: a key, and where the mouse was for KC_CLICK and KC_WHEEL_*. */
struct input {
	unsigned key;
	int column, row;
};

/* The key called @name: "F1", "Enter", "C-x", "M-x" or one character; KC_NONE if there is none. */
unsigned key_parse(const char *name);
/* Its name in @out. */
const char *key_label(unsigned key, char out[16]);

#endif
