/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What carries the console in use: the line it comes by, or keyboard and screen of this machine. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/carry.h"
#include "kernel/root.h"
#include "kernel/session.h"
#include "kernel/sysdev.h"

#define INPUTS_MAX (1u << 20)
#define MAJOR_TTY 4u
#define MINOR_SERIAL 64u	/* from there on tty devices are serial lines */
#define MAJOR_PTS 136u
#define MAJOR_PTS_LAST 143u
#define EVENT_REPEAT (1u << 20)	/* of the mask EV=: only keyboards repeat keys */

/* One block of /proc/bus/input/devices, read line by line. */
struct input {
	char *sysfs;
	unsigned long events;
	bool keys;		/* the kernel's keyboard handler has it */
};

static void input_line(struct input *input, const char *line)
{
	if (!strncmp(line, "S: Sysfs=/", 10)) {
		free(input->sysfs);
		input->sysfs = xstrdup(line + 10);
	} else if (!strncmp(line, "B: EV=", 6)) {
		input->events = strtoul(line + 6, NULL, 16);
	} else if (!strncmp(line, "H: Handlers=", 12)) {
		input->keys = strstr(line + 11, "kbd") != NULL;
	}
}

static void input_end(struct carry *carry, struct input *input)
{
	char path[PATH_MAX];

	if (input->sysfs && input->keys && (input->events & EVENT_REPEAT)) {
		snprintf(path, sizeof(path), "sys/%s", input->sysfs);
		carry_device(carry, path);
	}
	free(input->sysfs);
	*input = (struct input){ NULL };
}

static void carry_keyboards(struct carry *carry)
{
	struct input input = { NULL };
	struct buf text = BUF_INIT;
	const char *pos, *line;
	char *copy;
	size_t n;

	root_read(carry->root, "proc/bus/input/devices", &text, INPUTS_MAX);
	pos = buf_str(&text);
	while (parse_line(&pos, buf_str(&text) + text.len, &line, &n)) {
		copy = xstrndup(line, n);
		if (n)
			input_line(&input, copy);
		else
			input_end(carry, &input);
		free(copy);
	}
	input_end(carry, &input);
	buf_release(&text);
}

static void carry_line(struct carry *carry, const struct session *session)
{
	char path[PATH_MAX], *device;

	snprintf(path, sizeof(path), "sys/dev/char/%u:%u", session->major, session->minor);
	device = sysdev_follow(carry->root, path);
	if (!device)
		return;
	carry->what = strrchr(device, '/') + 1;
	/* The hypervisor's line has no driver link. */
	if (!strncmp(carry->what, "hvc", 3))
		carry_module(carry, "virtio_console");
	carry_device(carry, device);
	free(device);
}

static void carry_seat(struct carry *carry)
{
	carry_keyboards(carry);
	carry_class(carry, "sys/class/graphics");
	carry_class(carry, "sys/class/drm");
}

/*
 * A pseudo-terminal without an ssh connection behind it is a window on this machine's own screen, or
 * something that nobody sits at: the first is what counts.
 */
void carry_console(struct carry *carry, const struct session *session)
{
	bool window = session->major >= MAJOR_PTS && session->major <= MAJOR_PTS_LAST;
	char name[32];

	if (!session->terminal || (window && session->address))
		return;
	if (window)
		snprintf(name, sizeof(name), "pts/%u", session->minor + 256 * (session->major - MAJOR_PTS));
	else
		snprintf(name, sizeof(name), "tty%u", session->minor);
	carry->what = name;
	if (window || (session->major == MAJOR_TTY && session->minor < MINOR_SERIAL))
		carry_seat(carry);
	else
		carry_line(carry, session);
	carry->what = NULL;
}
