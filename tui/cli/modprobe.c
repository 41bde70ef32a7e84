/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/modprobe.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/strv.h"
#include "base/util.h"

#define NO_MODPROBE 127

static char *const environment[] = { "PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL };
static const char *const places[] = { "/usr/sbin/modprobe", "/sbin/modprobe", "/usr/bin/modprobe" };

static void run_child(const struct strv *arguments)
{
	size_t i;

	dup2(STDERR_FILENO, STDOUT_FILENO);
	for (i = 0; i < ARRAY_SIZE(places); i++)
		execve(places[i], arguments->v, environment);
	_exit(NO_MODPROBE);
}

int modprobe_run(const char *name, int argc, char **words, int *status)
{
	struct strv arguments = STRV_INIT;
	int i, how = 0, err = 0;
	pid_t child;

	strv_push(&arguments, "modprobe");
	strv_push(&arguments, "--");
	strv_push(&arguments, name);
	for (i = 0; i < argc; i++)
		strv_push(&arguments, words[i]);
	child = fork();
	if (child == 0)
		run_child(&arguments);
	while (child > 0 && waitpid(child, &how, 0) < 0 && !err)
		err = errno == EINTR ? 0 : -errno;
	if (child < 0)
		err = -EAGAIN;
	strv_release(&arguments);
	*status = WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
	if (!err && WIFEXITED(how) && *status == NO_MODPROBE)
		err = -ENOENT;
	return err;
}
