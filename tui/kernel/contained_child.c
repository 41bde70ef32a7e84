/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The child that answers, and the parent that does not trust it: both ends of one socket. */
#include "kernel/contained.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/util.h"
#include "base/xalloc.h"

#define SOCKET_FD 3
#define DIR_FD 6
#define QUESTION_MAX (4u << 20)
#define NO_MEMORY 99		/* status of a child that ran out of it */

/* What stands before the bytes of a question or an answer. */
struct head {
	int32_t error;
	uint32_t len;
};

/* ---- in the child ---------------------------------------------------------------------------- */

static void out_of_memory(void)
{
	_exit(NO_MEMORY);
}

/* False at the end, and when nobody listens any more. */
static bool child_read(void *to, size_t n)
{
	char *at = to;
	ssize_t got;

	for (; n; at += got, n -= (size_t)got) {
		got = read(SOCKET_FD, at, n);
		if (got <= 0)
			return false;
	}
	return true;
}

static bool child_write(const void *from, size_t n)
{
	const char *at = from;
	ssize_t done;

	for (; n; at += done, n -= (size_t)done) {
		done = write(SOCKET_FD, at, n);
		if (done <= 0)
			return false;
	}
	return true;
}

/* @limited: what contained_limit() said; without the limits nothing is looked at. */
static void child_serve(const struct contained_setup *setup, int limited, bool inside)
{
	struct buf question = BUF_INIT, answer = BUF_INIT;
	struct head head;

	while (child_read(&head, sizeof(head)) && head.len <= QUESTION_MAX) {
		buf_reset(&question);
		buf_reset(&answer);
		if (!child_read(buf_grow(&question, head.len), head.len))
			break;
		question.len = head.len;
		question.data[head.len] = '\0';
		head.error = limited ? limited : setup->answer(setup->data, inside, &question, &answer);
		head.len = (uint32_t)MIN(answer.len, (size_t)UINT32_MAX);
		if (!child_write(&head, sizeof(head)) || !child_write(answer.data, head.len))
			break;
	}
	buf_release(&question);
	buf_release(&answer);
}

/*
 * Nothing but /dev/null, the socket and what was given.  First all are copied out of the way of the numbers they are to have.
 */
static int arrange_descriptors(int socket, const int fd[2], int dir)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	int from[] = { null, null, null, socket, fd[0], fd[1], dir };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(from); i++) {
		from[i] = fcntl(from[i] >= 0 ? from[i] : null, F_DUPFD_CLOEXEC, (int)ARRAY_SIZE(from));
		if (from[i] < 0)
			return -errno;
	}
	for (i = 0; i < ARRAY_SIZE(from); i++)
		if (dup2(from[i], (int)i) < 0)
			return -errno;
	return close_range(ARRAY_SIZE(from), ~0u, 0) ? -errno : 0;
}

static void __attribute__((noreturn)) child_main(struct contained_setup setup, int socket)
{
	bool inside = false;
	int err;

	xalloc_on_failure(out_of_memory);
	child_reset_signals(CHILD_ALONE);
	child_ignore(SIGPIPE);
	setsid();
	err = arrange_descriptors(socket, setup.fd, setup.limits.dir);
	if (setup.limits.dir >= 0)
		setup.limits.dir = DIR_FD;
	if (!err)
		err = contained_limit(&setup.limits, &inside);
	close(DIR_FD);
	child_serve(&setup, err, inside);
	/* Not exit(): what the parent has to write out is not the child's. */
	_exit(0);
}

/* ---- in the parent --------------------------------------------------------------------------- */

int contained_start(struct contained *contained, const struct contained_setup *setup)
{
	int pair[2], err;

	*contained = (struct contained){ .socket = -1, .setup = *setup };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return -errno;
	contained->pid = fork();
	if (contained->pid == 0)
		child_main(*setup, pair[1]);
	err = contained->pid < 0 ? -errno : 0;
	close(pair[1]);
	if (err) {
		close(pair[0]);
		contained->pid = 0;
		return err;
	}
	fcntl(pair[0], F_SETFL, O_NONBLOCK);
	contained->socket = pair[0];
	return 0;
}

/* Its status, as waitpid() has it; 0 when there was none. */
static int reap(struct contained *contained)
{
	int status = 0;

	if (contained->pid > 0) {
		close(contained->socket);
		/* It leads a group of its own, if it came so far: with what a program has started, where no filter forbids that. */
		kill(-contained->pid, SIGKILL);
		kill(contained->pid, SIGKILL);
		while (waitpid(contained->pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	contained->pid = 0;
	contained->socket = -1;
	return status;
}

void contained_stop(struct contained *contained)
{
	reap(contained);
}

/*
 * The socket is closed, so the child has ended or is about to: how?  The kill of reap() comes too late for one
 * that ended by itself, but not for one that only closed its end.
 */
static int why_ended(struct contained *contained)
{
	siginfo_t info;
	struct pollfd none = { .fd = -1 };
	int status, i;

	memset(&info, 0, sizeof(info));
	for (i = 0; i < 100 && !waitid(P_PID, (id_t)contained->pid, &info, WEXITED | WNOHANG | WNOWAIT) &&
	     !info.si_pid; i++)
		poll(&none, 1, 1);
	status = reap(contained);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return -ETIMEDOUT;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ)
		return -EFBIG;
	if (contained->setup.limits.program && WIFEXITED(status) && !WEXITSTATUS(status))
		return 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == NO_MEMORY)
		return -ENOMEM;
	return -EBADMSG;
}

/* Waits until the socket is ready for @events; the time is up at @until. */
static int wait_ready(int socket, short events, uint64_t until)
{
	struct pollfd poller = { .fd = socket, .events = events };
	uint64_t now = util_now_ms();
	int got;

	got = now < until ? poll(&poller, 1, (int)(until - now)) : 0;
	if (got < 0)
		return errno == EINTR ? 0 : -errno;
	return got ? 0 : -ETIMEDOUT;
}

/* All @n bytes, to the child (POLLOUT) or from it (POLLIN).  -EPIPE: it has ended. */
static int transfer(int socket, short way, void *bytes, size_t n, uint64_t until)
{
	char *at = bytes;
	ssize_t done;
	int err;

	while (n) {
		err = wait_ready(socket, way, until);
		if (err)
			return err;
		done = way == POLLOUT ? send(socket, at, n, MSG_NOSIGNAL) : recv(socket, at, n, 0);
		if (done < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (done <= 0)
			return -EPIPE;
		at += done;
		n -= (size_t)done;
	}
	return 0;
}

static int send_question(struct contained *contained, const struct buf *question, uint64_t until)
{
	struct head head = { 0, question ? (uint32_t)question->len : 0 };
	int err;

	if (question && question->len > QUESTION_MAX)
		return -E2BIG;
	err = transfer(contained->socket, POLLOUT, &head, sizeof(head), until);
	if (!err && head.len)
		err = transfer(contained->socket, POLLOUT, question->data, head.len, until);
	return err;
}

/* @error is what answer() returned. */
static int read_answer(struct contained *contained, struct buf *answer, uint64_t until, int *error)
{
	struct head head = { 0, 0 };
	int err;

	err = transfer(contained->socket, POLLIN, &head, sizeof(head), until);
	/* A positive error is none of answer()'s: the child says what it should not. */
	if (!err && (head.error > 0 || head.error < -4095))
		err = -EBADMSG;
	if (!err && head.len > contained->setup.answer_max)
		err = -EFBIG;
	if (!err)
		err = transfer(contained->socket, POLLIN, buf_grow(answer, head.len), head.len, until);
	if (err)
		return err;
	answer->len += head.len;
	answer->data[answer->len] = '\0';
	*error = head.error;
	return 0;
}

/* One that ended since the last question is replaced: that was not this question's fault. */
static int ensure_child(struct contained *contained)
{
	struct contained_setup setup;
	siginfo_t info;

	memset(&info, 0, sizeof(info));
	if (contained->pid && (waitid(P_PID, (id_t)contained->pid, &info, WEXITED | WNOHANG | WNOWAIT) ||
			       info.si_pid))
		reap(contained);
	if (contained->pid)
		return 0;
	setup = contained->setup;
	return contained_start(contained, &setup);
}

/* @err: what went wrong already. */
static int take_answer(struct contained *contained, struct buf *answer, uint64_t until, int err)
{
	size_t before = answer->len;
	int error = 0;

	if (!err)
		err = read_answer(contained, answer, until, &error);
	if (err == -EPIPE)
		err = why_ended(contained);
	else if (err)
		reap(contained);
	if (err && answer->data) {
		answer->len = before;
		answer->data[before] = '\0';
	}
	return err ? err : error;
}

int contained_ask(struct contained *contained, const struct buf *question, struct buf *answer)
{
	uint64_t until;
	int err;

	err = ensure_child(contained);
	if (err)
		return err;
	until = util_now_ms() + contained->setup.timeout_ms;
	err = send_question(contained, question, until);
	return take_answer(contained, answer, until, err);
}

int contained_begin(struct contained *contained, const struct contained_setup *setup,
		    const struct buf *question)
{
	int err;

	err = contained_start(contained, setup);
	if (!err)
		err = send_question(contained, question, util_now_ms() + setup->timeout_ms);
	return err;
}

int contained_finish(struct contained *contained, struct buf *answer)
{
	return take_answer(contained, answer, util_now_ms() + contained->setup.timeout_ms, 0);
}

int contained_run(const struct contained_setup *setup, const struct buf *question, struct buf *answer)
{
	struct contained contained;
	int err;

	err = contained_start(&contained, setup);
	if (!err)
		err = contained_ask(&contained, question, answer);
	contained_stop(&contained);
	return err;
}
