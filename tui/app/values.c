/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/values.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "app/console.h"
#include "base/util.h"
#include "base/xalloc.h"

#define GRACE_MS 5		/* so long the screen waits for answers, so that it is drawn once */
#define HANG_MS 200		/* from then on nobody waits behind it */
#define SILENT_MS 2000		/* from then on it is told */

/* Those that have ended are forgotten. */
static void reap(struct values *values)
{
	size_t i = 0;

	while (i < values->n_left) {
		if (!waitpid(values->left[i].pid, NULL, WNOHANG)) {
			i++;
			continue;
		}
		free(values->left[i].module);
		values->left[i] = values->left[--values->n_left];
	}
}

static void stop(struct values *values)
{
	if (!values->running)
		return;
	values->left[values->n_left].pid = paramread_close(&values->reader);
	values->left[values->n_left++].module = values->waiting ? xstrdup(values->of) : NULL;
	values->running = values->waiting = false;
	reap(values);
}

static bool is_left(const struct values *values, const char *module)
{
	size_t i;

	for (i = 0; i < values->n_left; i++)
		if (values->left[i].module && util_name_equal(values->left[i].module, module))
			return true;
	return values->n_left == VALUES_LEFT;
}

/* One that was stopped a moment ago may only not have ended yet. */
static bool hangs(struct values *values, const char *module)
{
	const struct timespec moment = { .tv_nsec = 1000000 };
	int i;

	for (i = 0; i < GRACE_MS && is_left(values, module); i++) {
		nanosleep(&moment, NULL);
		reap(values);
	}
	return is_left(values, module);
}

static void mark(struct console *console, enum param_wait from, enum param_wait to)
{
	struct paramlist *params = &console->shown.params;
	size_t i;

	for (i = 0; i < params->n; i++)
		if (params->v[i].in_sysfs && (params->v[i].mode & 0444) && params->v[i].wait == from) {
			params->v[i].wait = to;
			/* A value that is asked for again stands where it stood. */
			if (to == PARAM_SILENT || from == PARAM_SILENT || !params->v[i].value)
				console->dirty = true;
		}
}

static void tell_silence(struct console *console)
{
	console->values.silent = true;
	mark(console, PARAM_READING, PARAM_SILENT);
}

static void take(struct console *console, struct paramread_answer *answer)
{
	struct param *param = paramlist_find(&console->shown.params, answer->name);
	bool same;

	if (!param)
		return;
	same = param->value && answer->value ? !strcmp(param->value, answer->value) :
	       param->value == answer->value;
	if (!same || param->wait == PARAM_SILENT || !param->value)
		console->dirty = true;
	free(param->value);
	param->value = answer->value;
	param->wait = PARAM_KNOWN;
	answer->value = NULL;
}

void values_read(struct console *console)
{
	struct values *values = &console->values;
	struct paramread_answer answer;
	int got = 0;

	while (values->waiting && (got = paramread_take(&values->reader, &answer)) > 0) {
		if (!answer.name)
			values->waiting = false;
		else if (console->details_of && util_name_equal(console->details_of, values->of))
			take(console, &answer);
		free(answer.name);
		free(answer.value);
	}
	if (got >= 0)
		return;
	stop(values);
	tell_silence(console);
}

/* Whose values are to be on the screen; NULL: nobody's. */
static const char *wanted(const struct console *console)
{
	const char *name = console->details_of;

	if (!name || !console->root.live || !root_is_host(&console->root) ||
	    !ui_tab_is(&console->ui, &view_params) || busy_find(console->shown.busy, name))
		return NULL;
	return name;
}

/* Most modules answer at once: then no screen is drawn without the values. */
static void wait_a_moment(struct console *console)
{
	struct values *values = &console->values;
	struct pollfd poll_fd = { .fd = values->reader.fd, .events = POLLIN };
	uint64_t until = values->asked_ms + GRACE_MS, now = values->asked_ms;

	while (values->waiting && now < until && poll(&poll_fd, 1, (int)(until - now)) > 0) {
		values_read(console);
		now = util_now_ms();
	}
}

static void ask(struct console *console, const char *name)
{
	struct values *values = &console->values;
	bool other = !values->of || strcmp(values->of, name);

	values->old = false;
	if (other) {
		free(values->of);
		values->of = xstrdup(name);
	}
	values->asked_ms = util_now_ms();
	values->silent = false;
	mark(console, PARAM_SILENT, PARAM_READING);
	mark(console, PARAM_KNOWN, PARAM_READING);
	if (hangs(values, name) ||
	    (!values->running && paramread_open(&values->reader, &console->root))) {
		tell_silence(console);
		return;
	}
	values->running = true;
	values->waiting = !paramread_ask(&values->reader, name);
	wait_a_moment(console);
}

void values_forget(struct console *console)
{
	console->values.old = true;
	mark(console, PARAM_KNOWN, PARAM_READING);
}

void values_update(struct console *console)
{
	struct values *values = &console->values;
	const char *name = wanted(console);
	uint64_t age = util_now_ms() - values->asked_ms;

	if (values->n_left)
		reap(values);
	if (!name) {
		stop(values);
		free(values->of);
		values->of = NULL;
		return;
	}
	if (values->waiting && strcmp(values->of, name) && age > HANG_MS)
		stop(values);
	if (values->waiting && age > SILENT_MS && !values->silent && !strcmp(values->of, name))
		tell_silence(console);
	if (!values->waiting && (values->old || !values->of || strcmp(values->of, name)))
		ask(console, name);
}

int values_fd(const struct console *console)
{
	return console->values.waiting ? console->values.reader.fd : -1;
}

bool values_busy(const struct console *console)
{
	return console->values.waiting && !console->values.silent;
}

void values_release(struct console *console)
{
	struct values *values = &console->values;

	stop(values);
	while (values->n_left)
		free(values->left[--values->n_left].module);
	free(values->of);
	values->of = NULL;
}
