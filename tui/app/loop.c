/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One poll() for everything: keys, log, uevents, the running action, signals, the clock. */
#include <poll.h>
#include <string.h>

#include "app/console.h"
#include "app/job.h"
#include "app/script.h"
#include "app/signals.h"
#include "app/watching.h"
#include "base/util.h"
#include "kernel/uevent.h"

/* A key typed ahead finds the screen that the one before it made. */
static void read_keys(struct console *console)
{
	struct input input;

	while (!console->quit && term_read(&input)) {
		if (console->script) {
			script_stop(console);
			continue;
		}
		frame_draw(console);
		input_handle(console, &input);
	}
}

static void read_log(struct console *console)
{
	refresh_log(console);
}

static void read_uevents(struct console *console)
{
	if (uevent_read(console->uevent))
		refresh_live(console);
	console->uevents_drained = true;
}

/* What is waited for, and who reads it; fd -1 is passed over by poll(). */
enum {
	WAIT_KEYS, WAIT_LOG, WAIT_UEVENTS, WAIT_SIGNALS, WAIT_VALUES, WAIT_JOBS, WAIT_INDEX, WAIT_FILE, WAITS
};

static void (*const readers[WAITS])(struct console *console) = {
	[WAIT_KEYS] = read_keys,
	[WAIT_LOG] = read_log,
	[WAIT_UEVENTS] = read_uevents,
	[WAIT_SIGNALS] = signals_read,
	[WAIT_VALUES] = values_read,
	[WAIT_JOBS] = job_read,
	[WAIT_INDEX] = index_read,
	[WAIT_FILE] = watching_read,
};

static void fill(const struct console *console, struct pollfd fds[WAITS])
{
	int i;

	fds[WAIT_KEYS].fd = console->lent ? -1 : term_fd();
	fds[WAIT_LOG].fd = console->has_kmsg ? console->kmsg.fd : -1;
	fds[WAIT_UEVENTS].fd = console->uevent ? uevent_fd(console->uevent) : -1;
	fds[WAIT_SIGNALS].fd = console->signal_fd;
	fds[WAIT_VALUES].fd = values_fd(console);
	fds[WAIT_JOBS].fd = console->jobs_fd;
	fds[WAIT_INDEX].fd = index_fd(console);
	fds[WAIT_FILE].fd = watching_fd(console->watching);
	for (i = 0; i < WAITS; i++)
		fds[i].events = POLLIN;
}

/* Milliseconds until something has to be done by the clock. */
static int until_next(const struct console *console)
{
	uint64_t now = util_now_ms(), next = console->next_tick_ms;
	int file = watching_wait(console->watching);

	/* What hangs is let go of before the next tick. */
	if (values_busy(console))
		next = MIN(next, now + 100);
	if (console->script)
		next = MIN(next, script_deadline(console->script));
	if (file >= 0)
		next = MIN(next, now + (uint64_t)file);
	return next > now ? (int)(next - now) : 0;
}

static void wait_and_read(struct console *console, int timeout)
{
	struct pollfd fds[WAITS];
	int i;

	memset(fds, 0, sizeof(fds));
	fill(console, fds);
	if (poll(fds, WAITS, timeout) < 0)
		return;
	console->uevents_drained = !fds[WAIT_UEVENTS].revents;
	for (i = 0; i < WAITS; i++)
		if ((fds[i].revents || (i == WAIT_LOG && !console->log_drained)) && !console->quit)
			readers[i](console);
	/* A terminal that is gone gives no more keys, only this. */
	if (fds[WAIT_KEYS].revents & (POLLHUP | POLLERR | POLLNVAL))
		console->quit = true;
}

bool loop_idle(const struct console *console)
{
	return !console->job && !values_busy(console) && !index_waited_for(console) &&
	       watching_wait(console->watching) < 0 && console->log_drained && console->uevents_drained &&
	       !console->dirty;
}

/*
 * Each turn: read what is there, do a slice of background reading, draw, let the script go on.
 * A fast log is read in portions, so that keys are never more than a portion behind.
 */
void loop_run(struct console *console)
{
	bool more;

	while (!console->quit) {
		/* A file's; a device's is read in its turn, after the keys. */
		if (console->has_kmsg && console->kmsg.fd < 0)
			refresh_log(console);
		details_update(console);
		values_update(console);
		tabs_update(console);
		frame_draw(console);
		more = index_describe(console);
		more = index_search(console) || more || console->dirty || !console->log_drained;
		if (console->script && !more && script_turn(console))
			more = true;
		if (console->quit)
			break;
		wait_and_read(console, more ? 0 : until_next(console));
		if (watching_wait(console->watching) >= 0)
			watching_read(console);
		if (util_now_ms() >= console->next_tick_ms)
			refresh_tick(console);
	}
}
