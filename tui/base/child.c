/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/strv.h"

/* What is ignored for our own sake only. */
static sigset_t ignored;

void child_ignore(int number)
{
	struct sigaction before;

	if (!sigaction(number, NULL, &before) && before.sa_handler != SIG_IGN)
		sigaddset(&ignored, number);
	signal(number, SIG_IGN);
}

void child_reset_signals(enum child_kind kind)
{
	struct sigaction now;
	sigset_t none;
	int number;

	/* A pipeline ends by SIGPIPE: whoever started us may have ignored it, for daemons often do. */
	sigaddset(&ignored, SIGPIPE);
	for (number = 1; number < NSIG; number++)
		if (!sigaction(number, NULL, &now) &&
		    (now.sa_handler != SIG_IGN || kind == CHILD_ALONE || sigismember(&ignored, number)))
			signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* The child: standard input is empty, output and errors go to the pipes, signals are as a program expects them. */
static void run_child(const char *program, const struct strv *arguments, const int to[2], enum child_kind kind)
{
	int null = open("/dev/null", O_RDONLY);

	child_reset_signals(kind);
	if (kind == CHILD_ALONE)
		setsid();
	if (kind == CHILD_FOLLOWING)
		prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (null >= 0)
		dup2(null, STDIN_FILENO);
	dup2(to[0], STDOUT_FILENO);
	dup2(to[1], STDERR_FILENO);
	execv(program, arguments->v);
	_exit(127);
}

static void close_two(int a, int b)
{
	close(a);
	close(b);
}

int child_start(struct child *child, const char *program, const struct strv *arguments, enum child_kind kind)
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
		run_child(program, arguments, (const int[]){ out[1], err[1] }, kind);
	close_two(out[1], err[1]);
	fcntl(out[0], F_SETFL, O_NONBLOCK);
	fcntl(err[0], F_SETFL, O_NONBLOCK);
	child->fd[0] = out[0];
	child->fd[1] = err[0];
	child->kind = kind;
	return 0;

out_close_err:
	close_two(err[0], err[1]);
out_close_out:
	close_two(out[0], out[1]);
	return error;
}

int child_stop(const struct child *child)
{
	if (child->kind == CHILD_ALONE && !kill(-child->pid, SIGTERM))
		return 0;
	return kill(child->pid, SIGTERM) ? -errno : 0;
}

int child_wait(const struct child *child)
{
	int status;

	while (waitpid(child->pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

void child_close(struct child *child)
{
	int i;

	for (i = 0; i < 2; i++) {
		if (child->fd[i] >= 0)
			close(child->fd[i]);
		child->fd[i] = -1;
	}
}
