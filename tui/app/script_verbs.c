/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a script can do, a function each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "app/recorder.h"
#include "app/script.h"
#include "base/buf.h"
#include "base/parse.h"
#include "base/text.h"
#include "base/utf8.h"
#include "base/util.h"

static void press(struct console *console, unsigned key)
{
	struct input input = { .key = key };

	input_handle(console, &input);
}

static bool prepare_key(struct script_step *step)
{
	size_t i;

	for (i = 0; i < step->words.n; i++)
		if (key_parse(step->words.v[i]) == KC_NONE)
			return false;
	return true;
}

static int run_key(struct console *console, struct script_step *step)
{
	size_t i;

	for (i = 0; i < step->words.n && !console->quit; i++) {
		press(console, key_parse(step->words.v[i]));
		/* The next key finds the screen this one made. */
		frame_draw(console);
	}
	return 1;
}

/* The language is UTF-8; found here, a wrong byte is an error of the line and not of the run. */
static bool prepare_type(struct script_step *step)
{
	const char *s = step->words.v[0];
	size_t len = strlen(s), n;
	unsigned ch;

	for (; len; s += n, len -= n) {
		n = utf8_decode(s, len, &ch);
		if (!n)
			return false;
	}
	return true;
}

static int run_type(struct console *console, struct script_step *step)
{
	const char *s = step->words.v[0];
	size_t len = strlen(s), n;
	unsigned ch;

	for (; len && !console->quit; s += n, len -= n) {
		n = utf8_decode(s, len, &ch);
		if (!n)
			return -1;
		press(console, ch);
		if (console->options->replay)
			frame_draw(console);
	}
	return 1;
}

/* A decimal number without zeros in front, which could be read as octal, up to @most. */
static bool parse_small(const char *s, unsigned most, unsigned *out)
{
	uint64_t n;

	if ((s[0] == '0' && s[1]) || parse_digits(s, s + strlen(s), &n) || n > most)
		return false;
	*out = (unsigned)n;
	return true;
}

/* A place or a size of the screen. */
static bool parse_place(const char *s, int *out)
{
	unsigned n;

	if (!parse_small(s, 999, &n))
		return false;
	*out = (int)n;
	return true;
}

static bool prepare_click(struct script_step *step)
{
	return parse_place(step->words.v[0], &step->x) && parse_place(step->words.v[1], &step->y);
}

static int run_click(struct console *console, struct script_step *step)
{
	struct input input = { .key = KC_CLICK, .column = step->x, .row = step->y };

	frame_draw(console);
	input_handle(console, &input);
	return 1;
}

static bool prepare_wheel(struct script_step *step)
{
	if (strcmp(step->words.v[0], "up") && strcmp(step->words.v[0], "down"))
		return false;
	return parse_place(step->words.v[1], &step->x) && parse_place(step->words.v[2], &step->y);
}

static int run_wheel(struct console *console, struct script_step *step)
{
	bool up = !strcmp(step->words.v[0], "up");
	struct input input = {
		.key = up ? KC_WHEEL_UP : KC_WHEEL_DOWN, .column = step->x, .row = step->y
	};

	frame_draw(console);
	input_handle(console, &input);
	return 1;
}

static bool prepare_resize(struct script_step *step)
{
	char *x = strchr(step->words.v[0], 'x');
	bool good;

	if (!x)
		return false;
	*x = '\0';
	good = parse_place(step->words.v[0], &step->x) && parse_place(x + 1, &step->y) &&
	       step->x > 0 && step->y > 0;
	*x = 'x';
	return good;
}

static int run_resize(struct console *console, struct script_step *step)
{
	/* The terminal of a person keeps its size. */
	if (console->options->replay)
		return 1;
	term_set_size(step->x, step->y);
	console->dirty = true;
	recorder_resized(console);
	return 1;
}

/* "wait idle [MS]", "wait text T [MS]", "wait no-text T [MS]". */
static bool prepare_wait(struct script_step *step)
{
	unsigned ms;

	size_t before = strcmp(step->words.v[0], "idle") ? 2 : 1;	/* words before the time */

	if (before == 2 && strcmp(step->words.v[0], "text") && strcmp(step->words.v[0], "no-text"))
		return false;
	if (step->words.n < before || step->words.n > before + 1)
		return false;
	if (step->words.n == before)
		return true;
	if (!parse_small(step->words.v[before], 3600000, &ms))
		return false;
	step->wait_ms = ms;
	return true;
}

static bool prepare_pause(struct script_step *step)
{
	unsigned ms;

	if (!parse_small(step->words.v[0], SCRIPT_PAUSE_MAX_MS, &ms))
		return false;
	step->x = (int)ms;
	return true;
}

/* Before a person's eyes it lasts as long as it did; else nobody sees it, and only what runs is waited for. */
static int run_pause(struct console *console, struct script_step *step)
{
	struct script *script = console->script;

	if (!console->options->replay)
		return loop_idle(console);
	if (!script->wake_ms)
		script->wake_ms = util_now_ms() + (uint64_t)step->x;
	if (util_now_ms() < script->wake_ms)
		return 0;
	script->wake_ms = 0;
	return 1;
}

/* @text stands within one row of the screen. */
static bool on_screen(struct console *console, const char *text)
{
	struct buf row = BUF_INIT;
	bool found = false;
	int i;

	frame_draw(console);
	for (i = 0; i < term_rows() && !found; i++) {
		buf_reset(&row);
		term_row(i, &row);
		found = strstr(buf_str(&row), text) != NULL;
	}
	buf_release(&row);
	return found;
}

static int run_wait(struct console *console, struct script_step *step)
{
	if (!strcmp(step->words.v[0], "idle"))
		return loop_idle(console);
	return on_screen(console, step->words.v[1]) == !strcmp(step->words.v[0], "text");
}

static int run_expect(struct console *console, struct script_step *step)
{
	return on_screen(console, step->words.v[0]) ? 1 : -1;
}

static int run_expect_not(struct console *console, struct script_step *step)
{
	return on_screen(console, step->words.v[0]) ? -1 : 1;
}

static int run_dump(struct console *console, struct script_step *step)
{
	struct buf safe_row = BUF_INIT;
	char *safe;
	int i;

	if (console->options->replay)
		return 1;
	frame_draw(console);
	safe = text_safe(step->words.v[0]);
	printf("--- %s\n", safe);
	free(safe);
	for (i = 0; i < term_rows(); i++) {
		buf_reset(&safe_row);
		term_row(i, &safe_row);
		printf("%s\n", buf_str(&safe_row));
	}
	buf_release(&safe_row);
	return fflush(stdout) ? -1 : 1;
}

static int run_quit(struct console *console, struct script_step *step)
{
	(void)step;
	console->quit = true;
	return 1;
}

const struct script_verb script_verbs[] = {
	{ "key", 1, -1, prepare_key, run_key },
	{ "type", 1, 1, prepare_type, run_type },
	{ "click", 2, 2, prepare_click, run_click },
	{ "wheel", 3, 3, prepare_wheel, run_wheel },
	{ "pause", 1, 1, prepare_pause, run_pause },
	{ "wait", 1, 3, prepare_wait, run_wait },
	{ "expect", 1, 1, NULL, run_expect },
	{ "expect-not", 1, 1, NULL, run_expect_not },
	{ "resize", 1, 1, prepare_resize, run_resize },
	{ "dump", 1, 1, NULL, run_dump },
	{ "quit", 0, 0, NULL, run_quit },
	{ NULL, 0, 0, NULL, NULL },
};
