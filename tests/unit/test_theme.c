/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/util.h"
#include "view/theme.h"

#define BLACK 16
#define WHITE 231

/* Linear light, red green blue, each 0 to 1. */
struct light {
	double v[3];
};

/* sRGB as IEC 61966-2-1 has it. */
static double linear(unsigned level)
{
	double c = level / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* Number 16 to 255 of xterm's palette: a cube of six levels, then 24 greys. */
static struct light light_of(int number)
{
	static const unsigned levels[] = { 0, 95, 135, 175, 215, 255 };
	unsigned n = (unsigned)number - 16, grey = 8 + 10 * (n - 216);

	assert_in_range(number, 16, 255);
	if (n >= 216)
		return (struct light){ { linear(grey), linear(grey), linear(grey) } };
	return (struct light){ { linear(levels[n / 36]), linear(levels[n / 6 % 6]), linear(levels[n % 6]) } };
}

static double luminance(int number)
{
	struct light light = light_of(number);

	return 0.2126 * light.v[0] + 0.7152 * light.v[1] + 0.0722 * light.v[2];
}

/* WCAG 2.1: 1 (the same) to 21 (black on white). */
static double contrast(int a, int b)
{
	double x = luminance(a), y = luminance(b);

	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static void contrast_is_counted_right(void **state)
{
	(void)state;
	assert_float_equal(contrast(BLACK, WHITE), 21, 0.001);
	assert_float_equal(contrast(WHITE, WHITE), 1, 0.001);
	/* #767676 on white is the well-known 4.54; 243 is that grey. */
	assert_float_equal(contrast(243, WHITE), 4.54, 0.01);
}

/* A theme on the terminal's own background is for a dark one: pure black up to #262626. */
static void every_text_can_be_read(void **state)
{
	int theme, style;

	(void)state;
	for (theme = 0; theme < THEMES; theme++) {
		for (style = 0; style < STYLES; style++) {
			struct look look = theme_look((enum theme)theme, (enum style)style, 256);
			int fg = look.fg < 0 ? WHITE : look.fg;

			if (contrast(fg, look.bg < 0 ? BLACK : look.bg) < 4.5 ||
			    (look.bg < 0 && contrast(fg, 235) < 4.5))
				fail_msg("theme %s, style %d: %d on %d is %.2f", theme_names[theme], style, look.fg,
					 look.bg, contrast(fg, look.bg < 0 ? 235 : look.bg));
		}
	}
}

static void light_paints_its_own_paper(void **state)
{
	int style;

	(void)state;
	for (style = 0; style < STYLES; style++) {
		struct look look = theme_look(THEME_LIGHT, (enum style)style, 256);

		assert_true(look.fg >= 0 && look.bg >= 0);
	}
}

/*
 * How eyes without the long (protanopia) or the middle cones (deuteranopia) see: the matrices of Machado, Oliveira and
 * Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), full severity.
 */
static const double eyes[][3][3] = {
	{ { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
	{ { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
};

static double lab_curve(double t)
{
	return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116;
}

/* CIE L*a*b*, under the white of sRGB. */
static void lab_of(const double rgb[3], double lab[3])
{
	double x = lab_curve((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505);
	double y = lab_curve(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
	double z = lab_curve((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.0890);

	lab[0] = 116 * y - 16;
	lab[1] = 500 * (x - y);
	lab[2] = 200 * (y - z);
}

static void see(int number, size_t eye, double lab[3])
{
	struct light light = light_of(number);
	double seen[3];
	int i, k;

	for (i = 0; i < 3; i++) {
		seen[i] = 0;
		for (k = 0; k < 3; k++)
			seen[i] += eyes[eye][i][k] * light.v[k];
		seen[i] = fmin(fmax(seen[i], 0), 1);
	}
	lab_of(seen, lab);
}

/* CIE 1976: about 2 is the least that is noticed side by side. */
static double difference(int a, int b, size_t eye)
{
	double x[3], y[3];

	see(a, eye, x);
	see(b, eye, y);
	return hypot(hypot(x[0] - y[0], x[1] - y[1]), x[2] - y[2]);
}

/* The least difference between good, warning and bad for such eyes. */
static double least_difference(enum theme theme)
{
	static const enum style states[] = { STYLE_GOOD, STYLE_WARN, STYLE_BAD, STYLE_GOOD };
	double least = 1000;
	size_t eye, i;

	for (eye = 0; eye < ARRAY_SIZE(eyes); eye++)
		for (i = 0; i + 1 < ARRAY_SIZE(states); i++)
			least = fmin(least, difference(theme_look(theme, states[i], 256).fg,
						       theme_look(theme, states[i + 1], 256).fg, eye));
	return least;
}

static void colorblind_eyes_tell_states_apart(void **state)
{
	(void)state;
	if (least_difference(THEME_COLORBLIND) < 40)
		fail_msg("the difference is %.1f", least_difference(THEME_COLORBLIND));
	/* It is better at that than the others, or it would not be needed. */
	assert_true(least_difference(THEME_COLORBLIND) > least_difference(THEME_DEFAULT));
}

/* Styles that stand side by side and differ in nothing else: their characters are the same. */
static const enum style pairs[][2] = {
	/* rows of a list */
	{ STYLE_CURSOR, STYLE_CURSOR_IDLE }, { STYLE_CURSOR, STYLE_NORMAL }, { STYLE_CURSOR_IDLE, STYLE_NORMAL },
	{ STYLE_CURSOR, STYLE_STRONG }, { STYLE_CURSOR_IDLE, STYLE_STRONG }, { STYLE_STRONG, STYLE_NORMAL },
	{ STYLE_MATCH, STYLE_NORMAL }, { STYLE_MATCH, STYLE_STRONG }, { STYLE_MATCH, STYLE_CURSOR_IDLE },
	{ STYLE_MATCH, STYLE_CURSOR }, { STYLE_MATCH_CURSOR, STYLE_CURSOR }, { STYLE_MATCH_IDLE, STYLE_CURSOR_IDLE },
	{ STYLE_FRESH, STYLE_NORMAL }, { STYLE_FRESH, STYLE_STRONG },
	{ STYLE_FRESH, STYLE_MATCH }, { STYLE_FRESH, STYLE_CURSOR }, { STYLE_FRESH, STYLE_CURSOR_IDLE },
	/* which pane has the focus, which tab is in front, which answer is chosen */
	{ STYLE_FRAME, STYLE_FRAME_FOCUS },
	/* a message that is good, or a value that is */
	{ STYLE_GOOD, STYLE_BAD }, { STYLE_GOOD, STYLE_WARN }, { STYLE_WARN, STYLE_NORMAL }, { STYLE_BAD, STYLE_NORMAL },
	{ STYLE_ALARM, STYLE_BAD }, { STYLE_ALARM, STYLE_WARN },
	/* the key and what it does */
	{ STYLE_KEY, STYLE_KEY_LABEL },
};

static void differ(int colors)
{
	size_t i;
	int theme;

	for (theme = 0; theme < THEMES; theme++) {
		for (i = 0; i < ARRAY_SIZE(pairs); i++) {
			struct look a = theme_look((enum theme)theme, pairs[i][0], colors);
			struct look b = theme_look((enum theme)theme, pairs[i][1], colors);

			if (a.fg == b.fg && a.bg == b.bg && a.attrs == b.attrs)
				fail_msg("theme %s, %d colours: styles %d and %d look the same", theme_names[theme],
					 colors, pairs[i][0], pairs[i][1]);
		}
	}
}

static void nothing_is_told_by_colour_alone(void **state)
{
	(void)state;
	differ(0);
	differ(8);
	differ(16);
	differ(256);
}

/* What is found in the row under the cursor makes no hole in its bar. */
static void matches_stay_on_their_bar(void **state)
{
	int theme;

	(void)state;
	for (theme = 0; theme < THEMES; theme++) {
		assert_int_equal(theme_look((enum theme)theme, STYLE_MATCH_CURSOR, 256).bg,
				 theme_look((enum theme)theme, STYLE_CURSOR, 256).bg);
		assert_int_equal(theme_look((enum theme)theme, STYLE_MATCH_IDLE, 256).bg,
				 theme_look((enum theme)theme, STYLE_CURSOR_IDLE, 256).bg);
	}
}

/* Of two cursors the eye goes to the one that keys move. */
static void cursor_without_focus_is_dimmer(void **state)
{
	int theme;

	(void)state;
	for (theme = 0; theme < THEMES; theme++) {
		struct look idle = theme_look((enum theme)theme, STYLE_CURSOR_IDLE, 256);
		struct look cursor = theme_look((enum theme)theme, STYLE_CURSOR, 256);
		struct look text = theme_look((enum theme)theme, STYLE_NORMAL, 256);
		int paper = text.bg < 0 ? BLACK : text.bg;

		assert_false(idle.attrs & LOOK_REVERSE);
		assert_true(contrast(idle.bg, paper) < contrast(cursor.bg, paper) / 2);
	}
}

/* With few colours no bar is dim enough: the other pane's row has a line below it, on the paper of the others. */
static void few_colours_have_one_bar(void **state)
{
	static const int colors[] = { 8, 16 };
	int theme;
	size_t i;

	(void)state;
	for (theme = 0; theme < THEMES; theme++) {
		for (i = 0; i < ARRAY_SIZE(colors); i++) {
			struct look idle = theme_look((enum theme)theme, STYLE_CURSOR_IDLE, colors[i]);

			assert_int_equal(idle.bg, theme_look((enum theme)theme, STYLE_NORMAL, colors[i]).bg);
			assert_false(idle.attrs & LOOK_REVERSE);
			assert_true(idle.attrs & LOOK_UNDERLINE);
		}
	}
}

static void fewer_colours_are_used(void **state)
{
	int theme, style;

	(void)state;
	for (theme = 0; theme < THEMES; theme++) {
		for (style = 0; style < STYLES; style++) {
			struct look none = theme_look((enum theme)theme, (enum style)style, 0);
			struct look eight = theme_look((enum theme)theme, (enum style)style, 8);
			struct look sixteen = theme_look((enum theme)theme, (enum style)style, 16);

			assert_true(none.fg == -1 && none.bg == -1);
			assert_true(eight.fg < 8 && eight.bg < 8);
			assert_true(sixteen.fg < 16 && sixteen.bg < 16);
			/* A bright one is the dark one in bold; no text is of its paper's colour. */
			assert_true(sixteen.fg < 8 || (eight.fg == sixteen.fg - 8 && (eight.attrs & LOOK_BOLD)));
			assert_true(eight.fg < 0 || eight.fg != eight.bg || (eight.attrs & LOOK_BOLD));
			assert_true(sixteen.fg < 0 || sixteen.fg != sixteen.bg);
		}
	}
}

/* Between two numbers of colours the lower one counts. */
static void odd_numbers_of_colours(void **state)
{
	struct look a = theme_look(THEME_DEFAULT, STYLE_BAD, 88), b = theme_look(THEME_DEFAULT, STYLE_BAD, 16);

	(void)state;
	assert_memory_equal(&a, &b, sizeof(a));
	a = theme_look(THEME_DEFAULT, STYLE_BAD, 2);
	b = theme_look(THEME_DEFAULT, STYLE_BAD, 0);
	assert_memory_equal(&a, &b, sizeof(a));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(contrast_is_counted_right),
		cmocka_unit_test(every_text_can_be_read),
		cmocka_unit_test(light_paints_its_own_paper),
		cmocka_unit_test(colorblind_eyes_tell_states_apart),
		cmocka_unit_test(nothing_is_told_by_colour_alone),
		cmocka_unit_test(matches_stay_on_their_bar),
		cmocka_unit_test(cursor_without_focus_is_dimmer),
		cmocka_unit_test(few_colours_have_one_bar),
		cmocka_unit_test(fewer_colours_are_used),
		cmocka_unit_test(odd_numbers_of_colours),
	};

	return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}
