/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/indexer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/child.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kmod_index.h"
#include "kernel/root.h"
#include "model/fulltext.h"

#define READ_SIZE (64u << 10)
/* Seconds of a processor: ten times what compressed modules of a distribution take. */
#define CPU_SECONDS 60

static void put_all(int fd, const struct buf *bytes)
{
	const char *pos = buf_str(bytes);
	size_t left = bytes->len;
	ssize_t put;

	for (; left; pos += put, left -= (size_t)put) {
		put = write(fd, pos, left);
		if (put < 0 && errno == EINTR)
			put = 0;
		else if (put <= 0)
			_exit(1);
	}
}

/* Standard input and output lead nowhere; beside them only the root and the pipe stay open. */
static void close_others(int keep, int pipe)
{
	int null = open("/dev/null", O_RDWR), low = MIN(keep, pipe), high = MAX(keep, pipe), fd;

	for (fd = 0; fd <= STDERR_FILENO; fd++)
		if (null >= 0 && fd != keep && fd != pipe)
			dup2(null, fd);
	if (low > 3)
		close_range(3, (unsigned)low - 1, 0);
	if (high > low + 1)
		close_range((unsigned)MAX(low + 1, 3), (unsigned)high - 1, 0);
	close_range((unsigned)MAX(high + 1, 3), ~0u, 0);
}

/* What this child may do: read files, compute for a while, write into the pipe. */
static void limit_child(void)
{
	static const struct { int what; rlim_t most; } limits[] = {
		{ RLIMIT_CPU, CPU_SECONDS }, { RLIMIT_FSIZE, 0 }, { RLIMIT_CORE, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(limits); i++)
		setrlimit(limits[i].what, &(struct rlimit){ limits[i].most, limits[i].most });
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	setpriority(PRIO_PROCESS, 0, 10);
}

static void run_child(const struct root *root, unsigned long long stamp, int fd)
{
	struct fulltext_maker maker = { 0 };
	struct buf head = BUF_INIT;

	/* Keys that the terminal turns into signals are not for it. */
	setsid();
	child_reset_signals(CHILD_ALONE);
	/* Who started it takes it along when dying. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	xalloc_on_failure(NULL);
	close_others(root->fd, fd);
	limit_child();
	kmod_index_read(root, &maker);
	fulltext_head(&maker, stamp, &head);
	put_all(fd, &head);
	put_all(fd, &maker.body);
	_exit(0);
}

int indexer_start(struct indexer *indexer, const struct root *root, unsigned long long stamp)
{
	int fd[2], err;

	indexer_stop(indexer);
	if (pipe2(fd, O_CLOEXEC))
		return -errno;
	indexer->pid = fork();
	if (indexer->pid < 0) {
		err = -errno;
		close(fd[0]);
		close(fd[1]);
		return err;
	}
	if (indexer->pid == 0)
		run_child(root, stamp, fd[1]);
	close(fd[1]);
	fcntl(fd[0], F_SETFL, O_NONBLOCK);
	indexer->fd = fd[0];
	indexer->stamp = stamp;
	return 0;
}

void indexer_stop(struct indexer *indexer)
{
	if (indexer->fd >= 0) {
		close(indexer->fd);
		kill(indexer->pid, SIGKILL);
		while (waitpid(indexer->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	buf_release(&indexer->bytes);
	*indexer = (struct indexer)INDEXER_INIT;
}

/* 1: there may be more later; 0: this was the end; -errno. */
static int drain(struct indexer *indexer, bool wait)
{
	struct pollfd poll_fd = { .fd = indexer->fd, .events = POLLIN };
	ssize_t got;

	if (wait)
		poll(&poll_fd, 1, -1);
	do {
		got = read(indexer->fd, buf_grow(&indexer->bytes, READ_SIZE), READ_SIZE);
		if (got > 0)
			indexer->bytes.len += (size_t)got;
		if (indexer->bytes.len > FULLTEXT_MAX)
			return -EFBIG;
	} while (got > 0);
	if (got == 0)
		return 0;
	return errno == EAGAIN || errno == EINTR ? 1 : -errno;
}

int indexer_read(struct indexer *indexer, bool wait, struct fulltext *text)
{
	int err = drain(indexer, wait);

	if (err > 0)
		return err;
	if (!err)
		err = fulltext_parse(text, &indexer->bytes);
	if (!err && text->stamp != indexer->stamp) {
		fulltext_release(text);
		err = -EBADMSG;
	}
	indexer_stop(indexer);
	return err;
}

static int run_here(const struct root *root, unsigned long long stamp, struct fulltext *text)
{
	struct fulltext_maker maker = { 0 };
	struct buf bytes = BUF_INIT;
	int err;

	kmod_index_read(root, &maker);
	fulltext_head(&maker, stamp, &bytes);
	buf_add(&bytes, buf_str(&maker.body), maker.body.len);
	fulltext_maker_release(&maker);
	err = fulltext_parse(text, &bytes);
	buf_release(&bytes);
	return err;
}

int indexer_run(const struct root *root, unsigned long long stamp, struct fulltext *text)
{
	struct indexer indexer = INDEXER_INIT;
	int err;

	if (indexer_start(&indexer, root, stamp))
		return run_here(root, stamp, text);
	do
		err = indexer_read(&indexer, true, text);
	while (err > 0);
	return err;
}
