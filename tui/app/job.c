/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/job.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "app/console.h"
#include "app/job_private.h"
#include "app/reply.h"
#include "app/signals.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"

/* So long after it was told to end, it is seen to hang. */
#define STOP_MS 700

static void job_free(struct job *job)
{
	child_close(&job->child);
	buf_release(&job->text[0]);
	buf_release(&job->text[1]);
	strv_release(&job->command);
	free(job->module);
	free(job->equivalent);
	free(job);
}

static unsigned seconds_of(const struct job *job)
{
	return (unsigned)((util_now_us() - job->started_us) / 1000000);
}

/* What is shown as busy: the action under way, then those that were given up. */
static void show_busy(struct console *console)
{
	struct busy *first = NULL;
	struct job *job;

	for (job = console->given_up; job; job = job->next) {
		job->busy.next = first;
		first = &job->busy;
	}
	if (console->job) {
		console->job->busy.next = first;
		first = &console->job->busy;
	}
	console->shown.busy = first;
	console->dirty = true;
}

static struct job *new_job(const struct console *console, const struct job_request *request)
{
	struct job *job = xcalloc(1, sizeof(*job));

	job->elevated = job_needs_leave(console, &request->command);

	job->child.fd[0] = job->child.fd[1] = -1;
	job->command = request->command;
	job->module = xstrdup(request->module);
	job->equivalent = job->elevated ? job_equivalent(console, request->equivalent) :
			  xstrdup(request->equivalent);
	job->done = request->done;
	job->started_us = util_now_us();
	job->busy = (struct busy){ job->module, job->command.v[0], util_now_ms(), BUSY_WORKING, NULL };
	return job;
}

/* One descriptor for the loop, however many children there are. */
static void watch(struct console *console, const struct job *job)
{
	struct epoll_event event = { .events = EPOLLIN };
	int i;

	if (console->jobs_fd < 0)
		console->jobs_fd = epoll_create1(EPOLL_CLOEXEC);
	for (i = 0; i < 2; i++)
		epoll_ctl(console->jobs_fd, EPOLL_CTL_ADD, job->child.fd[i], &event);
}

/* What changes nothing, as a trial, may take its time, and is held up by nothing that hangs. */
static bool is_change(const struct strv *words)
{
	const struct command *command = cli_find(words->v[0]);

	return !command || (command->flags & COMMAND_CHANGES);
}

/* Why it can not be started now: said, true. */
static bool is_taken(struct console *console, const struct job_request *request)
{
	const char *module = request->module;
	const struct busy *busy = is_change(&request->command) ? busy_find(console->shown.busy, module) : NULL;

	if (console->job)
		console_say(console, MESSAGE_BAD, _("%s is still being worked on; wait for it, or x gives it up."),
			    console->job->module);
	else if (busy)
		console_say(console, MESSAGE_BAD,
			    _("%s still hangs in an action that was given up: nothing can be done with it until that ends."),
			    module);
	return console->job || busy;
}

/* What is worked on has a row, whatever state it comes to: the result is to be seen. */
static void keep_in_sight(struct console *console, const char *name)
{
	struct order *order = &console->shown.order;

	if (order_choice(order) != order_choices || order->filter.match.text)
		order_keep(order, name);
}

int job_start(struct console *console, struct job_request *request)
{
	struct job *job;
	int err;

	if (is_taken(console, request)) {
		strv_release(&request->command);
		return -EBUSY;
	}
	job = new_job(console, request);
	err = job_child_start(console, job);
	if (err) {
		job_free(job);
		return err;
	}
	console->job = job;
	if (is_change(&job->command))
		keep_in_sight(console, job->module);
	watch(console, job);
	show_busy(console);
	job_tell(console);
	return 0;
}

/* The last whole line it wrote to say how far it is, in a new string; NULL: none.  An error is none. */
static char *progress_of(const struct job *job)
{
	const char *text = buf_str(&job->text[1]), *start;
	size_t len = job->text[1].len;

	while (len && text[len - 1] != '\n')
		len--;
	for (start = text + (len ? len - 1 : 0); start > text && start[-1] != '\n'; start--)
		;
	if (!len || job->elevated || !strncmp(start, "kmodtui: ", 9))
		return NULL;
	return xstrndup(start, (size_t)(text + len - 1 - start));
}

static void say_state(struct console *console, const struct job *job)
{
	unsigned seconds = seconds_of(job);
	char *progress = progress_of(job);

	if (job->stopped_ms)
		console_say(console, MESSAGE_PLAIN, _("%s was told to end ..."), job->module);
	else if (job->busy.state == BUSY_HANGS)
		console_say(console, MESSAGE_BAD,
			    _("%s hangs: \"%s\" has not come back for %u s.  x gives up waiting for it."),
			    job->module, job->command.v[0], seconds);
	else if (progress)
		console_say(console, MESSAGE_PLAIN, _("Working on %s for %u s: %s"), job->module, seconds, progress);
	else if (seconds)
		console_say(console, MESSAGE_PLAIN, _("Working on %s for %u s ..."), job->module, seconds);
	else
		console_say(console, MESSAGE_PLAIN, _("Working on %s ..."), job->module);
	free(progress);
}

/* It is not waited for any longer; its row says so, and its end will be told. */
static void leave(struct console *console)
{
	static const struct strv nothing = STRV_INIT;
	static const struct plan no_plan = PLAN_INIT;
	struct job *job = console->job;
	struct result result = {
		.verb = job->command.v[0], .module = job->module, .equivalent = job->equivalent,
		.status = STATUS_BUSY, .ms = (util_now_us() - job->started_us + 500) / 1000,
		.failed = job->module, .remarks = &nothing, .plan = &no_plan, .log = &nothing,
		.sentence = _("It hangs in the kernel, where it can not be killed, and is not waited for any longer. "
			      "Other modules can be worked on; how it ends will be told."),
	};

	job->busy.state = BUSY_GIVEN_UP;
	job->next = console->given_up;
	console->given_up = job;
	console->job = NULL;
	show_busy(console);
	job->done(console, &result);
}

void job_give_up(struct console *console)
{
	struct job *job = console->job;

	if (!job) {
		console_say(console, MESSAGE_PLAIN, console->given_up ?
			    _("What still hangs was given up already; nothing more can be done about it.") :
			    _("No action is under way."));
	} else if (job->stopped_ms) {
		leave(console);
	} else {
		/* When it may not be told, it is left to itself at once. */
		job->stopped_ms = util_now_ms();
		if (child_stop(&job->child))
			leave(console);
		else
			say_state(console, job);
	}
}

void job_tell(struct console *console)
{
	struct job *job = console->job;

	console->dirty = console->dirty || console->shown.busy;
	if (!job)
		return;
	if (is_change(&job->command) && util_now_ms() - job->busy.since_ms >= 1000ull * console->patience_s)
		job->busy.state = BUSY_HANGS;
	if (job->stopped_ms && util_now_ms() - job->stopped_ms >= STOP_MS)
		leave(console);
	else
		say_state(console, job);
}

/* The kernel is read before the words are said: they must agree. */
static void reread(struct console *console)
{
	show_busy(console);
	refresh_live(console);
	refresh_slow(console);
	refresh_log(console);
	details_forget(console);
}

/* When it has not said itself how it ended. */
static char *ending(const struct console *console, const struct job *job, const char *error)
{
	struct buf out = BUF_INIT;

	if (job->elevated && !job->text[0].len)
		buf_printf(&out, error ? _("Nothing was changed, as %s did not run the command: %s") :
			   _("Nothing was changed, as %s did not run the command."), console->elevate.name, error);
	else if (error)
		buf_addstr(&out, error);
	else if (job->stopped_ms)
		buf_addstr(&out, _("It was given up and ended before it was done: the list shows what is there now."));
	else
		return NULL;
	return buf_detach(&out);
}

static void finish(struct console *console)
{
	struct job *job = console->job;
	struct reply reply;
	struct result result = {
		.verb = job->command.v[0], .module = job->module, .equivalent = job->equivalent,
	};
	char *sentence;

	result.status = child_wait(&job->child);
	if (result.status < 0)
		result.status = STATUS_FAILED;
	result.ms = (util_now_us() - job->started_us + 500) / 1000;
	reply_parse(&reply, buf_str(&job->text[0]), buf_str(&job->text[1]));
	result.failed = reply.failed ? reply.failed : job->module;
	sentence = ending(console, job, reply.sentence);
	result.sentence = sentence;
	result.old_value = reply.old_value;
	result.new_value = reply.new_value;
	result.remarks = &reply.remarks;
	result.plan = &reply.plan;
	result.log = &reply.log;
	console->job = NULL;
	free(console->equivalent);
	console->equivalent = xstrdup(job->equivalent);
	reread(console);
	job->done(console, &result);
	reply_release(&reply);
	free(sentence);
	job_free(job);
}

/* What was given up has ended after all.  Told to end, it seldom said how: the kernel's list does. */
static void finish_late(struct console *console, struct job *job)
{
	const struct module *module;
	unsigned seconds = seconds_of(job);
	struct reply reply;

	child_wait(&job->child);
	reread(console);
	reply_parse(&reply, buf_str(&job->text[0]), buf_str(&job->text[1]));
	module = modtable_find(&console->shown.table, job->module);
	if (reply.sentence)
		console_say(console, MESSAGE_BAD, _("%s: what was given up has ended after %u s: %s"), job->module,
			    seconds, reply.sentence);
	else if (module && module->loaded)
		console_say(console, MESSAGE_PLAIN, _("%s: what was given up has ended after %u s; it is loaded now."),
			    job->module, seconds);
	else
		console_say(console, MESSAGE_PLAIN, _("%s: what was given up has ended after %u s; it is not loaded now."),
			    job->module, seconds);
	reply_release(&reply);
	job_free(job);
}

static void read_given_up(struct console *console)
{
	struct job **link = &console->given_up, *job;

	while ((job = *link)) {
		if (!job_child_ended(console, job)) {
			link = &job->next;
			continue;
		}
		*link = job->next;
		finish_late(console, job);
	}
}

void job_read(struct console *console)
{
	struct job *job = console->job;
	bool ended;

	read_given_up(console);
	if (!job)
		return;
	ended = job_child_ended(console, job);
	if (ended || job->text[0].len)
		signals_take_back(console);
	if (ended)
		finish(console);
}

void job_abandon(struct console *console)
{
	struct job *job;

	if (console->job)
		job_free(console->job);
	while ((job = console->given_up)) {
		console->given_up = job->next;
		job_free(job);
	}
	console->job = NULL;
	console->shown.busy = NULL;
	if (console->jobs_fd >= 0)
		close(console->jobs_fd);
}
