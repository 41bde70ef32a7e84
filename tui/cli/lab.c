/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/lab.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "cli/say.h"
#include "kernel/root.h"

#define ERRORS_MAX (64u << 10)
#define LINE_LEN_MAX 4096
#define OUTPUT_MAX (4u << 20)		/* what more comes is read and forgotten */
#define ENDING_MS 10000

static volatile sig_atomic_t caught;

static void on_signal(int number)
{
	caught = number;
}

char *lab_self(const struct root *root)
{
	char *path = NULL;

	return root_read_link(root, "proc/self/exe", &path) ? NULL : path;
}

char *lab_find(const char *self)
{
	const char *slash = self ? strrchr(self, '/') : NULL;
	struct stat program, lab;
	char *path;

	if (slash && !stat(self, &program)) {
		path = say("%.*s/tui/lab/lab", (int)(slash - self), self);
		if (!access(path, X_OK) && !stat(path, &lab) &&
		    (lab.st_uid == program.st_uid || !lab.st_uid))
			return path;
		free(path);
	}
	path = xstrdup(LIBEXECDIR "/lab");
	if (!access(path, X_OK))
		return path;
	free(path);
	return NULL;
}

/* ---- the child ----------------------------------------------------------------------------- */

struct child {
	pid_t pid;
	int fd[2];			/* its standard output and error; -1: closed */
	struct buf line;		/* the one that is not whole yet */
	size_t taken;			/* of its output */
};

/* Dies with us; its own variables only. */
static void run_child(char **arguments, int out, int err)
{
	int null = open("/dev/null", O_RDONLY);

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	signal(SIGPIPE, SIG_DFL);
	/* make above us, if there is one, is no business of a make below us. */
	unsetenv("MAKEFLAGS");
	unsetenv("MAKELEVEL");
	unsetenv("MFLAGS");
	if (null >= 0)
		dup2(null, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	execvp(arguments[0], arguments);
	_exit(127);
}

static int start_child(struct child *child, char **arguments)
{
	int out[2], err[2], error;

	if (pipe2(out, O_CLOEXEC))
		return -errno;
	if (pipe2(err, O_CLOEXEC)) {
		error = -errno;
		goto out_close_out;
	}
	child->pid = fork();
	if (child->pid < 0) {
		error = -errno;
		goto out_close_err;
	}
	if (child->pid == 0)
		run_child(arguments, out[1], err[1]);
	close(out[1]);
	close(err[1]);
	child->fd[0] = out[0];
	child->fd[1] = err[0];
	return 0;

out_close_err:
	close(err[0]);
	close(err[1]);
out_close_out:
	close(out[0]);
	close(out[1]);
	return error;
}

/* A line that never ends is cut into pieces. */
static void take_output(struct lab_run *run, struct child *child, const char *bytes, size_t n)
{
	size_t i;

	for (i = 0; i < n && run->line && child->taken < OUTPUT_MAX; i++, child->taken++) {
		if (bytes[i] != '\n')
			buf_addch(&child->line, bytes[i]);
		if (bytes[i] == '\n' || child->line.len >= LINE_LEN_MAX) {
			run->line(run->data, buf_str(&child->line), child->line.len);
			buf_reset(&child->line);
		}
	}
}

static void take_errors(struct lab_run *run, const char *bytes, size_t n)
{
	if (run->show_errors)
		fwrite(bytes, 1, n, stderr);
	if (run->errors.len < ERRORS_MAX)
		buf_add(&run->errors, bytes, n);
}

static void read_child(struct lab_run *run, struct child *child, int which)
{
	char bytes[4096];
	ssize_t n = read(child->fd[which], bytes, sizeof(bytes));

	if (n > 0 && which == 0)
		take_output(run, child, bytes, (size_t)n);
	else if (n > 0)
		take_errors(run, bytes, (size_t)n);
	else if (n == 0 || errno != EINTR) {
		close(child->fd[which]);
		child->fd[which] = -1;
	}
}

/* Milliseconds to wait, -1 for ever; sends the signal that is due. */
static int urge(const struct lab_run *run, const struct child *child, uint64_t *ending)
{
	uint64_t now = util_now_ms();
	static int told;

	if (caught != told) {
		told = caught;
		kill(child->pid, SIGTERM);
	}
	if (!run->ended || !*run->ended)
		return -1;
	if (!*ending)
		*ending = now + ENDING_MS;
	if (now < *ending)
		return (int)(*ending - now);
	kill(child->pid, SIGTERM);
	*ending = now + ENDING_MS;
	return ENDING_MS;
}

static void follow(struct lab_run *run, struct child *child)
{
	struct pollfd fds[2];
	uint64_t ending = 0;
	int i;

	while (child->fd[0] >= 0 || child->fd[1] >= 0) {
		for (i = 0; i < 2; i++)
			fds[i] = (struct pollfd){ .fd = child->fd[i], .events = POLLIN };
		if (poll(fds, 2, urge(run, child, &ending)) <= 0)
			continue;
		for (i = 0; i < 2; i++)
			if (fds[i].revents)
				read_child(run, child, i);
	}
}

static int wait_child(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int lab_run(struct lab_run *run)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal }, before[ARRAY_SIZE(signals)];
	struct child child = { .fd = { -1, -1 } };
	size_t i;
	int status;

	for (i = 0; i < ARRAY_SIZE(signals); i++)
		sigaction(signals[i], &action, &before[i]);
	status = start_child(&child, run->arguments.v);
	if (!status) {
		follow(run, &child);
		status = wait_child(child.pid);
	}
	for (i = 0; i < ARRAY_SIZE(signals); i++)
		sigaction(signals[i], &before[i], NULL);
	buf_release(&child.line);
	return caught ? 128 + caught : status;
}

void lab_run_release(struct lab_run *run)
{
	strv_release(&run->arguments);
	buf_release(&run->errors);
}

char *lab_run_complaint(const struct lab_run *run)
{
	const char *text = buf_str(&run->errors), *start;
	size_t len = strlen(text);

	while (len && text[len - 1] == '\n')
		len--;
	for (start = text + len; start > text && start[-1] != '\n'; start--)
		;
	if (!strncmp(start, "lab: ", 5))
		start += 5;
	return xstrndup(start, len - (size_t)(start - text));
}
