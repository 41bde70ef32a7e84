/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/modprobe.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/strv.h"
#include "base/util.h"

static char *const environment[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL };
static const char *const places[] = { "/usr/sbin/modprobe", "/sbin/modprobe", "/usr/bin/modprobe" };

/* Tells @to why there is no modprobe now; the pipe closes by itself when there is one. */
static void run_child(const struct strv *arguments, int to)
{
	int err = ENOENT;
	size_t i;

	child_reset_signals(CHILD_ATTACHED);
	dup2(STDERR_FILENO, STDOUT_FILENO);
	for (i = 0; i < ARRAY_SIZE(places) && err == ENOENT; i++) {
		execve(places[i], arguments->v, environment);
		err = errno;
	}
	_exit(write(to, &err, sizeof(err)) != sizeof(err));
}

/* What run_child() told: -errno; 0: nothing. */
static int read_error(int from)
{
	ssize_t got;
	int err = 0;

	do
		got = read(from, &err, sizeof(err));
	while (got < 0 && errno == EINTR);
	return got == sizeof(err) ? -err : 0;
}

static int run(const struct strv *arguments, int *how)
{
	int told[2], err;
	pid_t child;

	if (pipe2(told, O_CLOEXEC))
		return -errno;
	child = fork();
	if (child == 0)
		run_child(arguments, told[1]);
	err = child < 0 ? -errno : 0;
	close(told[1]);
	if (!err)
		err = read_error(told[0]);
	close(told[0]);
	while (child > 0 && waitpid(child, how, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return err;
}

int modprobe_run(const char *name, int argc, char **words, int *status)
{
	struct strv arguments = STRV_INIT;
	int i, how = 0, err;

	strv_push(&arguments, "modprobe");
	strv_push(&arguments, "--");
	strv_push(&arguments, name);
	for (i = 0; i < argc; i++)
		strv_push(&arguments, words[i]);
	err = run(&arguments, &how);
	strv_release(&arguments);
	*status = WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
	return err;
}
