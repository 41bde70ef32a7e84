/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "view/termcrash.h"

#include <curses.h>
#include <signal.h>
#include <stddef.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include "base/util.h"

static struct {
	volatile sig_atomic_t armed;
	bool remembered;
	struct termios before;
	char bytes[512];
	size_t len;
} crash;

static int add_byte(int c)
{
	if (crash.len < sizeof(crash.bytes))
		crash.bytes[crash.len++] = (char)c;
	return c;
}

/* False: this terminal has no such sequence. */
static bool add(const char *name)
{
	const char *bytes = tigetstr(name);

	if (!bytes || bytes == (char *)-1)
		return false;
	tputs(bytes, 1, add_byte);
	return true;
}

/* Nothing of the kind is described for it; these two are sent to who has a mouse at all. */
static void add_mouse(void)
{
	static const char off[] = "\033[?1006l\033[?1000l";
	const char *mouse = tigetstr("kmous");
	size_t i;

	for (i = 0; mouse && mouse != (char *)-1 && off[i]; i++)
		add_byte(off[i]);
}

void termcrash_remember(void)
{
	crash.remembered = !tcgetattr(STDIN_FILENO, &crash.before);
}

void termcrash_prepare(void)
{
	static const char *const names[] = { "rmkx", "sgr0", "op", "cnorm" };
	size_t i;

	crash.len = 0;
	add_mouse();
	for (i = 0; i < ARRAY_SIZE(names); i++)
		add(names[i]);
	/* Without a second screen to leave, what is said next begins a line. */
	if (!add("rmcup"))
		add("nel");
	crash.armed = 1;
}

void termcrash_arm(bool ours)
{
	crash.armed = ours && crash.len;
}

void termcrash_restore(void)
{
	const char *at = crash.bytes, *end = at + crash.len;
	ssize_t put;

	if (!crash.armed)
		return;
	crash.armed = 0;
	while (at < end && (put = write(STDOUT_FILENO, at, (size_t)(end - at))) > 0)
		at += put;
	if (crash.remembered)
		tcsetattr(STDIN_FILENO, TCSANOW, &crash.before);
}
