/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The child of a job: this program as it is, or by sudo or its like; and what it writes. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/console.h"
#include "app/job_private.h"
#include "app/reply.h"
#include "app/signals.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/text.h"
#include "base/xalloc.h"

/* What only looks, or only plans, needs nobody's leave. */
bool job_needs_leave(const struct console *console, const struct strv *words)
{
	const struct command *command = cli_find(words->v[0]);
	size_t i;

	for (i = 1; i < words->n; i++)
		if (!strcmp(words->v[i], "--dry-run"))
			return false;
	return console->shown.policy.elevates && command && (command->flags & COMMAND_CHANGES);
}

/* False: not without a terminal to ask on. */
static bool build_arguments(const struct console *console, const struct job *job, struct strv *arguments)
{
	size_t i;

	if (job->elevated)
		return elevate_arguments(&console->elevate, term_fd() < 0, &job->command, arguments);
	strv_push(arguments, "kmodtui");
	strv_push(arguments, "--json");
	for (i = 0; i < job->command.n; i++)
		strv_push(arguments, job->command.v[i]);
	return true;
}

/* The terminal is the other program's until the command begins, as its first byte tells. */
static int start_elevated(struct console *console, struct job *job, const struct strv *arguments)
{
	bool ask = term_fd() >= 0;
	char *safe = text_safe(job->equivalent);
	int err;

	if (ask) {
		signals_lend(console);
		printf("kmodtui: %s\n", safe);
		fflush(stdout);
	}
	free(safe);
	err = child_start(&job->child, console->elevate.path, arguments, ask ? CHILD_ATTACHED : CHILD_ALONE);
	if (err)
		signals_take_back(console);
	return err;
}

int job_child_start(struct console *console, struct job *job)
{
	struct strv arguments = STRV_INIT;
	int err = -ENOTTY;

	if (!build_arguments(console, job, &arguments))
		console_say(console, MESSAGE_BAD, _("%s can not ask for a password without a terminal: nothing was changed."),
			    console->elevate.name);
	else if (job->elevated)
		err = start_elevated(console, job, &arguments);
	else
		err = child_start(&job->child, "/proc/self/exe", &arguments, CHILD_ALONE);
	strv_release(&arguments);
	if (err && err != -ENOTTY)
		console_say(console, MESSAGE_BAD, _("The action could not be started: %s."), strerror(-err));
	return err;
}

char *job_equivalent(const struct console *console, const char *command)
{
	return console->shown.policy.elevates ? elevate_equivalent(&console->elevate, command) : xstrdup(command);
}

/* What the other program says while it has the terminal: "try again". */
static void pass_on(const char *bytes, size_t n)
{
	const char *end = bytes + n, *line;
	size_t len;

	while (parse_line(&bytes, end, &line, &len)) {
		char *copy = xstrndup(line, len), *safe = text_safe(copy);

		fprintf(stderr, "%s\n", safe);
		free(safe);
		free(copy);
	}
}

static void drain(const struct console *console, struct job *job, int which)
{
	int *fd = &job->child.fd[which];
	char bytes[4096];
	ssize_t n;

	if (*fd < 0)
		return;
	while ((n = read(*fd, bytes, sizeof(bytes))) > 0) {
		if (job->text[which].len < REPLY_MAX)
			buf_add(&job->text[which], bytes, (size_t)n);
		if (console->lent && which == 1)
			pass_on(bytes, (size_t)n);
	}
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		close(*fd);
		*fd = -1;
	}
}

bool job_child_ended(const struct console *console, struct job *job)
{
	drain(console, job, 0);
	drain(console, job, 1);
	return job->child.fd[0] < 0 && job->child.fd[1] < 0;
}

