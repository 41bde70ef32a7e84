/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/lab.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/child.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/interrupt.h"
#include "cli/out.h"
#include "cli/say.h"
#include "kernel/root.h"

#define ERRORS_MAX (64u << 10)
#define LINE_LEN_MAX 4096
#define OUTPUT_MAX (4u << 20)		/* what more comes is read and forgotten */
#define ENDING_MS 10000

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

struct talk {
	struct child child;
	struct buf line;		/* the one that is not whole yet */
	size_t taken;			/* of its output */
};

/* A line that never ends is cut into pieces. */
static void take_output(struct lab_run *run, struct talk *talk, const char *bytes, size_t n)
{
	size_t i;

	for (i = 0; i < n && run->line && talk->taken < OUTPUT_MAX; i++, talk->taken++) {
		if (bytes[i] != '\n')
			buf_addch(&talk->line, bytes[i]);
		if (bytes[i] == '\n' || talk->line.len >= LINE_LEN_MAX) {
			run->line(run->data, buf_str(&talk->line), talk->line.len);
			buf_reset(&talk->line);
		}
	}
}

static void take_errors(struct lab_run *run, const char *bytes, size_t n)
{
	if (run->show_errors)
		out_pass_on(bytes, n);
	if (run->errors.len < ERRORS_MAX)
		buf_add(&run->errors, bytes, n);
}

static void read_child(struct lab_run *run, struct talk *talk, int which)
{
	struct child *child = &talk->child;
	char bytes[4096];
	ssize_t n = read(child->fd[which], bytes, sizeof(bytes));

	if (n > 0 && which == 0)
		take_output(run, talk, bytes, (size_t)n);
	else if (n > 0)
		take_errors(run, bytes, (size_t)n);
	else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
		close(child->fd[which]);
		child->fd[which] = -1;
	}
}

/* Milliseconds to wait, -1 for ever; sends the signal that is due. */
static int urge(const struct lab_run *run, const struct child *child, uint64_t *ending)
{
	uint64_t now = util_now_ms();

	if (interrupt_take())
		kill(child->pid, SIGTERM);
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

static void follow(struct lab_run *run, struct talk *talk)
{
	struct child *child = &talk->child;
	struct pollfd fds[2];
	uint64_t ending = 0;
	int i;

	while (child->fd[0] >= 0 || child->fd[1] >= 0) {
		for (i = 0; i < 2; i++)
			fds[i] = (struct pollfd){ .fd = child->fd[i], .events = POLLIN };
		if (interrupt_poll(fds, 2, urge(run, child, &ending)) <= 0)
			continue;
		for (i = 0; i < 2; i++)
			if (fds[i].revents)
				read_child(run, talk, i);
	}
}

/* make above us, if there is one, is no business of a make below us. */
static void forget_make(void)
{
	unsetenv("MAKEFLAGS");
	unsetenv("MAKELEVEL");
	unsetenv("MFLAGS");
}

int lab_run(struct lab_run *run)
{
	struct talk talk = { .child.fd = { -1, -1 } };
	int status;

	interrupt_begin(true);
	forget_make();
	status = child_start(&talk.child, run->arguments.v[0], &run->arguments, CHILD_FOLLOWING);
	if (!status) {
		follow(run, &talk);
		status = child_wait(&talk.child);
		status = status < 0 ? 128 - status : status;
	}
	interrupt_end();
	buf_release(&talk.line);
	return interrupt_caught() ? 128 + interrupt_caught() : status;
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
