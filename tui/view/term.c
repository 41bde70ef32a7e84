/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "view/term.h"

#include <curses.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/util.h"
#include "view/termcrash.h"
#include "view/termtype.h"
#include "view/theme.h"

static struct {
	SCREEN *screen;
	FILE *sink, *source;	/* headless: where the bytes go and come from */
	bool open, ascii;
	bool can_color, own_colors;	/* the terminal: has colours, and those it had before */
	int colors;			/* how many are used, 0 none */
	attr_t looks[STYLES];
	int cursor_row, cursor_column;
} term;

/* Whether the terminal can be asked for colours; it is once, whoever wants none. */
static bool start_colors(void)
{
	if (!has_colors() || start_color() != OK)
		return false;
	term.own_colors = use_default_colors() == OK;
	return true;
}

static attr_t attrs_of(unsigned bits)
{
	return (bits & LOOK_BOLD ? A_BOLD : 0) | (bits & LOOK_UNDERLINE ? A_UNDERLINE : 0) |
	       (bits & LOOK_REVERSE ? A_REVERSE : 0) | (bits & LOOK_DIM ? A_DIM : 0);
}

/* A terminal that can not go back to its own colours gets white on black for them. */
static void make_style(enum style style, const struct look *look)
{
	int fg = look->fg, bg = look->bg;

	term.looks[style] = attrs_of(look->attrs);
	if (!term.colors)
		return;
	if (!term.own_colors) {
		fg = fg < 0 ? COLOR_WHITE : fg;
		bg = bg < 0 ? COLOR_BLACK : bg;
	}
	init_pair((short)(style + 1), (short)fg, (short)bg);
	term.looks[style] |= (attr_t)COLOR_PAIR(style + 1);
}

void term_set_colors(enum theme theme, int colors)
{
	struct look look;
	int i;

	term.colors = term.can_color ? MIN(colors, COLORS) : 0;
	if (term.colors < 8 || COLOR_PAIRS <= STYLES)
		term.colors = 0;
	for (i = 0; i < STYLES; i++) {
		look = theme_look(theme, (enum style)i, term.colors);
		make_style((enum style)i, &look);
	}
	bkgdset(' ' | term.looks[STYLE_NORMAL]);
	term_repaint();
}

void term_set_ascii(bool ascii)
{
	term.ascii = ascii;
}

void term_set_mouse(bool mouse)
{
	mousemask(mouse && !term.sink ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
}

/* A screen in memory: any terminal type that can address the cursor will do. */
static SCREEN *open_headless(int columns, int rows)
{
	static const char *const types[] = { "xterm", "linux", "vt100", "ansi", "dumb" };
	SCREEN *screen = NULL;
	char lines[16], cols[16];
	size_t i;

	term.sink = fopen("/dev/null", "w");
	term.source = fopen("/dev/null", "r");
	if (!term.sink || !term.source)
		return NULL;
	snprintf(lines, sizeof(lines), "%d", rows);
	snprintf(cols, sizeof(cols), "%d", columns);
	setenv("LINES", lines, 1);
	setenv("COLUMNS", cols, 1);
	for (i = 0; i < ARRAY_SIZE(types) && !screen; i++)
		screen = newterm(types[i], term.sink, term.source);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	return screen;
}

static void close_files(void)
{
	if (term.sink)
		fclose(term.sink);
	if (term.source)
		fclose(term.source);
	term.sink = NULL;
	term.source = NULL;
}

static int open_screen(const struct term_setup *setup)
{
	int err = 0;

	if (setup->headless) {
		term.screen = open_headless(setup->columns, setup->rows);
	} else {
		if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
			return -ENOTTY;
		err = termtype_check();
		term.screen = err ? NULL : newterm(NULL, stdout, stdin);
	}
	if (term.screen)
		return 0;
	close_files();
	return err ? err : -ENOENT;
}

int term_open(const struct term_setup *setup)
{
	int err;

	termcrash_remember();
	err = open_screen(setup);
	if (err)
		return err;
	if (!setup->headless)
		termcrash_prepare();
	term.open = true;
	term.ascii = true;
	set_term(term.screen);
	set_escdelay(25);
	raw();
	noecho();
	nonl();
	curs_set(0);
	nodelay(stdscr, TRUE);
	keypad(stdscr, TRUE);
	term.can_color = start_colors();
	term_set_colors(THEME_DEFAULT, 0);
	mouseinterval(0);
	term_place_cursor(-1, -1);
	return 0;
}

/* The cursor comes back on the last line, where the keys were: without a screen of its own, below the prompt they would stay. */
static void leave_screen(void)
{
	bkgdset(' ');
	attrset(A_NORMAL);
	move(LINES - 1, 0);
	clrtoeol();
	refresh();
	endwin();
}

void term_close(void)
{
	if (!term.open)
		return;
	term.open = false;
	leave_screen();
	termcrash_arm(false);
	close_files();
}

void term_suspend(void)
{
	leave_screen();
	termcrash_arm(false);
}

void term_resume(void)
{
	term_repaint();
}

int term_fd(void)
{
	return term.sink ? -1 : STDIN_FILENO;
}

static const struct {
	int curses;
	unsigned key;
} special[] = {
	{ KEY_UP, KC_UP },	 { KEY_DOWN, KC_DOWN },	      { KEY_LEFT, KC_LEFT },
	{ KEY_RIGHT, KC_RIGHT }, { KEY_HOME, KC_HOME },	      { KEY_END, KC_END },
	{ KEY_PPAGE, KC_PGUP },	 { KEY_NPAGE, KC_PGDN },      { KEY_BTAB, KC_BACKTAB },
	{ KEY_DC, KC_DEL },	 { KEY_IC, KC_INS },	      { KEY_ENTER, KC_ENTER },
	{ KEY_BACKSPACE, KC_BACKSPACE },
};

static unsigned special_key(wint_t code)
{
	size_t i;

	if (code > KEY_F0 && code <= KEY_F0 + 12)
		return KC_F(code - KEY_F0);
	for (i = 0; i < ARRAY_SIZE(special); i++)
		if ((wint_t)special[i].curses == code)
			return special[i].key;
	return KC_NONE;
}

static unsigned mouse_key(struct input *input)
{
	MEVENT event;

	if (getmouse(&event) != OK)
		return KC_NONE;
	input->column = event.x;
	input->row = event.y;
	if (event.bstate & BUTTON4_PRESSED)
		return KC_WHEEL_UP;
	if (event.bstate & BUTTON5_PRESSED)
		return KC_WHEEL_DOWN;
	return event.bstate & BUTTON1_PRESSED ? KC_CLICK : KC_NONE;
}

/*
 * A sequence the description of the terminal does not know, as other terminals send it: what
 * stands behind "ESC [" or "ESC O" up to the final letter is no keys.
 */
static unsigned skip_sequence(wint_t introducer)
{
	wint_t ch;

	while (get_wch(&ch) == OK)
		if (introducer == 'O' || ch < 0x20 || ch >= 0x40)
			break;
	return KC_NONE;
}

/* ESC with a character right behind it is Meta. */
static unsigned plain_key(wint_t ch)
{
	wint_t next;

	if (ch == '\n')
		return KC_ENTER;
	if (ch == '\b')
		return KC_BACKSPACE;
	if (ch != KC_ESC)
		return ch;
	if (get_wch(&next) != OK)
		return KC_ESC;
	if (next == '[' || next == 'O')
		return skip_sequence(next);
	return next == KC_ESC ? KC_ESC : next + KC_META;
}

bool term_read(struct input *input)
{
	wint_t ch;
	int kind;

	memset(input, 0, sizeof(*input));
	if (term.sink)
		return false;
	while ((kind = get_wch(&ch)) != ERR) {
		if (kind == OK)
			input->key = plain_key(ch);
		else if (ch == KEY_MOUSE)
			input->key = mouse_key(input);
		else
			input->key = special_key(ch);
		if (input->key != KC_NONE)
			return true;
	}
	return false;
}

void term_resized(void)
{
	struct winsize size;

	if (!term.sink && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_row && size.ws_col)
		term_set_size(size.ws_col, size.ws_row);
}

void term_set_size(int columns, int rows)
{
	resizeterm(MAX(rows, 1), MAX(columns, 1));
	term_repaint();
}

int term_columns(void)
{
	return COLS;
}

int term_rows(void)
{
	return LINES;
}

bool term_ascii(void)
{
	return term.ascii;
}

void term_begin(void)
{
	erase();
	term_place_cursor(-1, -1);
}

void term_end(void)
{
	/* refresh() takes a terminal back that was let go of. */
	termcrash_arm(!term.sink);
	if (term.cursor_row >= 0)
		move(term.cursor_row, term.cursor_column);
	curs_set(term.cursor_row >= 0);
	refresh();
}

void term_repaint(void)
{
	clearok(curscr, TRUE);
}

void term_place_cursor(int row, int column)
{
	term.cursor_row = row;
	term.cursor_column = column;
}

int term_put(int row, int column, int columns, enum style style, const char *text)
{
	size_t len;
	int width;

	columns = MIN(columns, COLS - column);
	if (row < 0 || row >= LINES || column < 0 || columns <= 0)
		return 0;
	len = text_cut(text, columns);
	attrset((int)term.looks[style]);
	mvaddnstr(row, column, text, (int)len);
	attrset(A_NORMAL);
	width = text_width(text);
	return MIN(width, columns);
}

void term_row(int row, struct buf *out)
{
	wchar_t *cells = calloc((size_t)COLS + 1, sizeof(*cells));
	size_t start = out->len;
	char bytes[MB_LEN_MAX];
	mbstate_t state = { 0 };
	int i;

	if (!cells || mvinnwstr(row, 0, cells, COLS) == ERR)
		goto out_free;
	for (i = 0; cells[i]; i++) {
		size_t n = wcrtomb(bytes, cells[i], &state);

		buf_add(out, n == (size_t)-1 ? "?" : bytes, n == (size_t)-1 ? 1 : n);
	}
	while (out->len > start && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
out_free:
	free(cells);
}
