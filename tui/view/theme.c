/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "view/theme.h"

const char *const theme_names[THEMES] = {
	[THEME_DEFAULT] = "default", [THEME_LIGHT] = "light", [THEME_COLORBLIND] = "colorblind",
};

/* What a colour is for. */
enum ink {
	INK_TEXT, INK_PAPER, INK_DIM, INK_ACCENT, INK_GOOD, INK_WARN, INK_BAD, INK_BUILTIN,
	INK_BAR, INK_ON_BAR, INK_BADGE, INK_ON_BADGE, INK_ALARM, INK_ON_ALARM, INK_IDLE, INK_ON_IDLE, INKS
};

/*
 * Each ink of each theme: its number among 256 colours, and among 16.  With 8 colours a bright one (8 to 15) is its
 * dark brother in bold.  -1 is the terminal's own.
 *
 * The 256 are those above 15 only, whose red, green and blue are the same on every terminal; test_theme.c counts
 * their contrast: at least 4.5 to 1 for every text (WCAG 2.1, 1.4.3).
 *
 * colorblind is built on blue against orange and yellow, as Okabe and Ito propose for deuteranopia and protanopia
 * ("Color Universal Design", 2008: sky blue 86 180 233, yellow 240 228 66, orange 230 159 0).  The numbers are
 * near ones of the 256, the yellow a paler one, further from the orange.  test_theme.c sees them as such eyes do.
 */
static const struct {
	short c256, c16;
} inks[THEMES][INKS] = {
	[THEME_DEFAULT] = {
		[INK_TEXT] = { -1, -1 },	[INK_PAPER] = { -1, -1 },
		[INK_DIM] = { 247, -1 },	[INK_ACCENT] = { 80, 6 },
		[INK_GOOD] = { 77, 2 },		[INK_WARN] = { 221, 11 },
		[INK_BAD] = { 203, 9 },		[INK_BUILTIN] = { 75, 12 },
		[INK_BAR] = { 44, 6 },		[INK_ON_BAR] = { 16, 0 },
		[INK_BADGE] = { 221, 3 },	[INK_ON_BADGE] = { 16, 0 },
		[INK_ALARM] = { 160, 1 },	[INK_ON_ALARM] = { 231, 15 },
		[INK_IDLE] = { 239, -1 },	[INK_ON_IDLE] = { 231, -1 },
	},
	[THEME_LIGHT] = {
		[INK_TEXT] = { 16, 0 },		[INK_PAPER] = { 231, 15 },
		[INK_DIM] = { 241, 0 },		[INK_ACCENT] = { 24, 4 },
		[INK_GOOD] = { 22, 2 },		[INK_WARN] = { 94, 5 },
		[INK_BAD] = { 124, 1 },		[INK_BUILTIN] = { 19, 4 },
		[INK_BAR] = { 24, 4 },		[INK_ON_BAR] = { 231, 15 },
		[INK_BADGE] = { 221, 3 },	[INK_ON_BADGE] = { 16, 0 },
		[INK_ALARM] = { 124, 1 },	[INK_ON_ALARM] = { 231, 15 },
		[INK_IDLE] = { 252, 15 },	[INK_ON_IDLE] = { 16, 0 },
	},
	[THEME_COLORBLIND] = {
		[INK_TEXT] = { -1, -1 },	[INK_PAPER] = { -1, -1 },
		[INK_DIM] = { 247, -1 },	[INK_ACCENT] = { 153, 14 },
		[INK_GOOD] = { 74, 12 },	[INK_WARN] = { 229, 11 },
		[INK_BAD] = { 214, 9 },		[INK_BUILTIN] = { 75, 12 },
		[INK_BAR] = { 74, 6 },		[INK_ON_BAR] = { 16, 0 },
		[INK_BADGE] = { 229, 7 },	[INK_ON_BADGE] = { 16, 0 },
		[INK_ALARM] = { 214, 3 },	[INK_ON_ALARM] = { 16, 0 },
		[INK_IDLE] = { 239, -1 },	[INK_ON_IDLE] = { 231, -1 },
	},
};

/* What each style is made of, with colours and without: then the attributes alone tell it from its neighbours. */
static const struct {
	enum ink fg, bg;
	unsigned color_attrs, mono_attrs;
} styles[STYLES] = {
	[STYLE_NORMAL]      = { INK_TEXT, INK_PAPER, 0, 0 },
	[STYLE_DIM]         = { INK_DIM, INK_PAPER, LOOK_DIM, LOOK_DIM },
	[STYLE_STRONG]      = { INK_TEXT, INK_PAPER, LOOK_BOLD, LOOK_BOLD },
	[STYLE_TITLE]       = { INK_ON_BAR, INK_BAR, 0, LOOK_REVERSE },
	[STYLE_HEAD]        = { INK_TEXT, INK_PAPER, LOOK_BOLD | LOOK_UNDERLINE, LOOK_BOLD | LOOK_UNDERLINE },
	[STYLE_CURSOR]      = { INK_ON_BAR, INK_BAR, 0, LOOK_REVERSE },
	[STYLE_CURSOR_IDLE] = { INK_ON_IDLE, INK_IDLE, 0, LOOK_BOLD | LOOK_UNDERLINE },
	[STYLE_FRAME]       = { INK_TEXT, INK_PAPER, 0, 0 },
	[STYLE_FRAME_FOCUS] = { INK_ACCENT, INK_PAPER, 0, LOOK_BOLD },
	[STYLE_GOOD]        = { INK_GOOD, INK_PAPER, 0, 0 },
	[STYLE_WARN]        = { INK_WARN, INK_PAPER, 0, LOOK_BOLD },
	[STYLE_BAD]         = { INK_BAD, INK_PAPER, LOOK_BOLD, LOOK_BOLD },
	[STYLE_ALARM]       = { INK_ON_ALARM, INK_ALARM, LOOK_BOLD, LOOK_REVERSE | LOOK_BOLD },
	[STYLE_NAME]        = { INK_ACCENT, INK_PAPER, 0, 0 },
	[STYLE_BUILTIN]     = { INK_BUILTIN, INK_PAPER, LOOK_BOLD, 0 },
	[STYLE_BADGE]       = { INK_ON_BADGE, INK_BADGE, 0, LOOK_REVERSE },
	[STYLE_KEY]         = { INK_TEXT, INK_PAPER, LOOK_BOLD, LOOK_BOLD },
	[STYLE_KEY_LABEL]   = { INK_ON_BAR, INK_BAR, 0, LOOK_REVERSE },
	[STYLE_MATCH]       = { INK_WARN, INK_PAPER, LOOK_UNDERLINE, LOOK_UNDERLINE },
	[STYLE_MATCH_CURSOR] = { INK_ON_BAR, INK_BAR, LOOK_BOLD | LOOK_UNDERLINE, LOOK_REVERSE | LOOK_UNDERLINE },
	[STYLE_MATCH_IDLE]  = { INK_ON_IDLE, INK_IDLE, LOOK_BOLD | LOOK_UNDERLINE, LOOK_UNDERLINE },
	[STYLE_FRESH]       = { INK_GOOD, INK_PAPER, LOOK_BOLD, LOOK_REVERSE | LOOK_BOLD },
};

static int color_of(enum theme theme, enum ink ink, int colors)
{
	int c16 = inks[theme][ink].c16;

	if (colors >= 256)
		return inks[theme][ink].c256;
	return colors < 16 && c16 >= 8 ? c16 - 8 : c16;
}

struct look theme_look(enum theme theme, enum style style, int colors)
{
	struct look look = { -1, -1, styles[style].mono_attrs };

	if (colors < 8)
		return look;
	look.attrs = styles[style].color_attrs;
	/* Among a few colours none is dimmer than the bar of the other pane: a line goes along the row instead. */
	if (colors < 256 && styles[style].bg == INK_IDLE)
		look.attrs = styles[style].mono_attrs;
	look.fg = color_of(theme, styles[style].fg, colors);
	look.bg = color_of(theme, styles[style].bg, colors);
	if (colors < 16 && inks[theme][styles[style].fg].c16 >= 8)
		look.attrs |= LOOK_BOLD;
	/* A grey of its own is dim enough. */
	if (colors >= 256 || look.fg >= 0)
		look.attrs &= ~LOOK_DIM;
	return look;
}
