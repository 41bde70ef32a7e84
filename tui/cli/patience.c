/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/patience.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/leftover.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "cli/cli.h"
#include "kernel/sysmod.h"
#include "model/param.h"

/* How long one that was told to end may take to do so. */
#define STOP_MS 1000
/* More descriptors than we have. */
#define FDS_MAX 1024

struct answer {
	int err;
	char failed[MODULE_NAME_MAX + 1];
};

/*
 * Nothing of it may keep a pipe of ours open but @but: whoever reads that, as the guard of a roll-back does, waits for our
 * end, not for its.
 */
static void detach(int but)
{
	int null = open("/dev/null", O_RDWR), fd;
	struct stat st;

	for (fd = 0; null >= 0 && fd <= STDERR_FILENO; fd++)
		dup2(null, fd);
	for (; fd < FDS_MAX; fd++)
		if (fd != but && !fstat(fd, &st) && S_ISFIFO(st.st_mode))
			close(fd);
	signal(SIGTERM, SIG_DFL);
}

static void answer_from(patience_call *call, void *arg, int to)
{
	struct answer answer = { 0 };
	char *failed = NULL;

	detach(to);
	answer.err = call(arg, &failed);
	if (failed)
		snprintf(answer.failed, sizeof(answer.failed), "%s", failed);
	_exit(write(to, &answer, sizeof(answer)) != sizeof(answer));
}

/* True when the answer is there or the child has ended without one. */
static bool wait_for(int fd, uint64_t ms)
{
	uint64_t end = util_now_ms() + ms, now;
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	while ((now = util_now_ms()) < end)
		if (poll(&poll_fd, 1, (int)(end - now)) > 0)
			return true;
	return false;
}

/* -EINTR: it ended without one. */
static int take_answer(int fd, pid_t pid, char **failed)
{
	struct answer answer;
	bool good = read(fd, &answer, sizeof(answer)) == sizeof(answer);

	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (!good)
		return -EINTR;
	answer.failed[MODULE_NAME_MAX] = '\0';
	if (failed && *answer.failed)
		*failed = xstrdup(answer.failed);
	return answer.err;
}

static int run_timed(unsigned seconds, int fds[2], pid_t pid, char **failed, enum why_late *late)
{
	int err;

	close(fds[1]);
	if (wait_for(fds[0], 1000ull * seconds))
		return take_answer(fds[0], pid, failed);
	kill(pid, SIGTERM);
	*late = WHY_HANGS;
	if (!wait_for(fds[0], STOP_MS)) {
		leftover_add(pid);
		return -ETIMEDOUT;
	}
	/* It may have come to its end just now. */
	err = take_answer(fds[0], pid, failed);
	*late = err == -EINTR ? WHY_STOPPED : WHY_IN_TIME;
	return err == -EINTR ? -ETIMEDOUT : err;
}

int patience_run(const struct options *options, patience_call *call, void *arg, char **failed,
		 enum why_late *late)
{
	int fds[2], err;
	pid_t pid;

	*late = WHY_IN_TIME;
	if (!options->timeout_s)
		return call(arg, failed);
	fflush(NULL);
	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	pid = fork();
	if (pid == 0)
		answer_from(call, arg, fds[1]);
	err = pid < 0 ? -errno : run_timed(options->timeout_s, fds, pid, failed, late);
	if (pid < 0)
		close(fds[1]);
	close(fds[0]);
	return err;
}

struct probe {
	const struct root *root;
	const char *name;
};

static int call_probe(void *arg, char **failed)
{
	struct paramlist params = PARAMLIST_INIT;
	const struct probe *probe = arg;

	(void)failed;
	sysmod_read_params(probe->root, probe->name, &params);
	paramlist_release(&params);
	return 0;
}

enum status patience_probe(const struct cli *cli, const char *name, char **sentence)
{
	struct probe probe = { &cli->root, name };
	enum why_late late;

	if (!cli->options->timeout_s || !util_name_live(name) ||
	    patience_run(cli->options, call_probe, &probe, NULL, &late) != -ETIMEDOUT)
		return STATUS_DONE;
	*sentence = xstrdup(_("Its parameters could not be looked at in the time given: a write of one of them hangs in the kernel. It was left as it is."));
	return STATUS_BUSY;
}
