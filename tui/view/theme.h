/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How each style looks: colours by theme and by how many the terminal has, attributes where it has none.
 * Pure tables; term.c gives them to curses.
 */
#ifndef KMT_VIEW_THEME_H
#define KMT_VIEW_THEME_H

#include "view/term.h"

/* Attributes, as bits. */
#define LOOK_BOLD	1u
#define LOOK_UNDERLINE	2u
#define LOOK_REVERSE	4u
#define LOOK_DIM	8u

struct look {
	int fg, bg;		/* number of the colour; -1: the terminal's own */
	unsigned attrs;
};

/* In the order of enum theme, as the settings name them. */
extern const char *const theme_names[THEMES];

/* @colors: 256, 16, 8, or 0 for attributes alone; one in between counts as the next lower. */
struct look theme_look(enum theme theme, enum style style, int colors);

#endif
