/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/console.h"
#include "app/reply.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"

struct job {
	pid_t pid;
	int fd[2];			/* its standard output and error; -1: closed */
	struct buf text[2];
	struct strv command;
	char *module, *equivalent;
	uint64_t started_us;
	void (*done)(struct console *console, const struct result *result);
};

/* No command says more; the rest is not kept. */
#define TEXT_MAX (1u << 20)

static void job_free(struct job *job)
{
	int i;

	for (i = 0; i < 2; i++) {
		if (job->fd[i] >= 0)
			close(job->fd[i]);
		buf_release(&job->text[i]);
	}
	strv_release(&job->command);
	free(job->module);
	free(job->equivalent);
	free(job);
}

/* The child: standard input is empty, output and errors go to the pipes, signals are as a command expects them. */
static void run_child(const struct strv *arguments, int out, int err)
{
	int null = open("/dev/null", O_RDONLY);
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	setsid();
	if (null >= 0)
		dup2(null, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	execv("/proc/self/exe", arguments->v);
	_exit(127);
}

static int start_child(struct job *job, const struct strv *arguments)
{
	int out[2], err[2], error;

	if (pipe2(out, O_CLOEXEC))
		return -errno;
	if (pipe2(err, O_CLOEXEC)) {
		error = -errno;
		goto out_close_out;
	}
	job->pid = fork();
	if (job->pid < 0) {
		error = -errno;
		goto out_close_err;
	}
	if (job->pid == 0)
		run_child(arguments, out[1], err[1]);
	close(out[1]);
	close(err[1]);
	fcntl(out[0], F_SETFL, O_NONBLOCK);
	fcntl(err[0], F_SETFL, O_NONBLOCK);
	job->fd[0] = out[0];
	job->fd[1] = err[0];
	return 0;

out_close_err:
	close(err[0]);
	close(err[1]);
out_close_out:
	close(out[0]);
	close(out[1]);
	return error;
}

static void build_arguments(struct strv *arguments, const struct strv *command)
{
	size_t i;

	strv_push(arguments, "kmodtui");
	strv_push(arguments, "--json");
	for (i = 0; i < command->n; i++)
		strv_push(arguments, command->v[i]);
}

int job_start(struct console *console, struct job_request *request)
{
	struct strv arguments = STRV_INIT;
	struct job *job;
	int err;

	if (console->job) {
		console_say(console, MESSAGE_BAD, _("%s is still being worked on; wait for it."),
			    console->job->module);
		strv_release(&request->command);
		return -EBUSY;
	}
	job = xcalloc(1, sizeof(*job));
	job->fd[0] = job->fd[1] = -1;
	job->command = request->command;
	job->module = xstrdup(request->module);
	job->equivalent = xstrdup(request->equivalent);
	job->done = request->done;
	job->started_us = util_now_us();
	build_arguments(&arguments, &job->command);
	err = start_child(job, &arguments);
	strv_release(&arguments);
	if (err) {
		console_say(console, MESSAGE_BAD, _("The action could not be started: %s."), strerror(-err));
		job_free(job);
		return err;
	}
	console->job = job;
	console->shown.busy = xstrdup(job->module);
	job_tell(console);
	return 0;
}

void job_tell(struct console *console)
{
	const struct job *job = console->job;
	unsigned seconds;

	if (!job)
		return;
	seconds = (unsigned)((util_now_us() - job->started_us) / 1000000);
	if (seconds)
		console_say(console, MESSAGE_PLAIN, _("Working on %s for %u s ..."), job->module, seconds);
	else
		console_say(console, MESSAGE_PLAIN, _("Working on %s ..."), job->module);
}

static void drain(struct job *job, int which)
{
	char bytes[4096];
	ssize_t n;

	while ((n = read(job->fd[which], bytes, sizeof(bytes))) > 0)
		if (job->text[which].len < TEXT_MAX)
			buf_add(&job->text[which], bytes, (size_t)n);
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		close(job->fd[which]);
		job->fd[which] = -1;
	}
}

static int wait_status(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return STATUS_FAILED;
	return WIFEXITED(status) ? WEXITSTATUS(status) : STATUS_FAILED;
}

/* The kernel is read before the words are said: they must agree. */
static void finish(struct console *console)
{
	struct job *job = console->job;
	struct reply reply;
	struct result result = {
		.verb = job->command.v[0], .module = job->module, .equivalent = job->equivalent,
	};

	result.status = wait_status(job->pid);
	result.ms = (util_now_us() - job->started_us + 500) / 1000;
	reply_parse(&reply, buf_str(&job->text[0]), buf_str(&job->text[1]));
	result.failed = reply.failed ? reply.failed : job->module;
	result.sentence = reply.sentence;
	result.old_value = reply.old_value;
	result.new_value = reply.new_value;
	result.remarks = &reply.remarks;
	result.plan = &reply.plan;
	result.log = &reply.log;
	console->job = NULL;
	free(console->equivalent);
	console->equivalent = xstrdup(job->equivalent);
	free(console->shown.busy);
	console->shown.busy = NULL;
	refresh_live(console);
	refresh_slow(console);
	refresh_log(console);
	details_forget(console);
	job->done(console, &result);
	reply_release(&reply);
	job_free(job);
}

void job_read(struct console *console)
{
	struct job *job = console->job;
	int i;

	if (!job)
		return;
	for (i = 0; i < 2; i++)
		if (job->fd[i] >= 0)
			drain(job, i);
	if (job->fd[0] < 0 && job->fd[1] < 0)
		finish(console);
}

int job_fd(const struct job *job, int which)
{
	return job ? job->fd[which] : -1;
}

void job_abandon(struct console *console)
{
	if (!console->job)
		return;
	job_free(console->job);
	console->job = NULL;
}
