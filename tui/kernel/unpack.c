/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/contained.h"

#define MEMORY_MAX ((size_t)512 << 20)
#define SECONDS 60			/* of processor time */
#define END_MS 2000			/* from the last byte to the end of the program */
#define PIECE (64u << 10)

static const struct kind {
	const char *bytes, *program;
	size_t len;
} kinds[] = {
	{ "\375" "7zXZ", "xz", 5 },
	{ "\050\265\057\375", "zstd", 4 },
	{ "\037\213", "gzip", 2 },
	{ "\002\041\114\030", "lz4", 4 },
	{ "\004\042\115\030", "lz4", 4 },
	{ "BZh", "bzip2", 3 },
	{ "\135\000\000", "xz", 3 },	/* lzma */
	{ "\211LZO", "lzop", 4 },
};

const char *unpack_program(const unsigned char *bytes, size_t n)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (n >= kinds[i].len && !memcmp(bytes, kinds[i].bytes, kinds[i].len))
			return kinds[i].program;
	return NULL;
}

/* Where the distributions have it; PATH may lead to anybody's. */
static int become(const char *name)
{
	static const char *const directories[] = { "/usr/bin", "/bin" };
	char *argv[] = { (char *)name, (char *)"-dcq", NULL };
	char *environment[] = { (char *)"PATH=/usr/bin:/bin", (char *)"LC_ALL=C", NULL };
	char path[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(directories); i++) {
		snprintf(path, sizeof(path), "%s/%s", directories[i], name);
		execve(path, argv, environment);
		if (errno != ENOENT)
			return -errno;
	}
	return -ELIBACC;
}

int unpack_answer(void *data, bool inside, const struct buf *question, struct buf *answer)
{
	(void)inside;
	(void)question;
	(void)answer;
	if (dup2(CONTAINED_FD, STDIN_FILENO) < 0 || dup2(CONTAINED_FD + 1, STDOUT_FILENO) < 0)
		return -errno;
	child_reset_signals(CHILD_ALONE);
	/* When the program closes its output, it is closed. */
	if (fcntl(CONTAINED_FD + 1, F_SETFD, FD_CLOEXEC))
		return -errno;
	return become(data);
}

/* The next bytes: 0 with *n, which is 0 at the end. */
static int next_piece(int pipe, int socket, unsigned char *piece, size_t *n, uint64_t until)
{
	struct pollfd pollers[] = { { .fd = pipe, .events = POLLIN }, { .fd = socket, .events = POLLIN } };
	uint64_t now = util_now_ms();
	ssize_t got;
	int ready;

	*n = 0;
	ready = now < until ? poll(pollers, ARRAY_SIZE(pollers), (int)(until - now)) : 0;
	if (ready <= 0)
		return ready && errno != EINTR ? -errno : ready ? -EAGAIN : -ETIMEDOUT;
	/* The pipe first: the program may have ended and left bytes in it. */
	if (!pollers[0].revents)
		return 0;
	got = read(pipe, piece, PIECE);
	if (got < 0)
		return errno == EINTR ? -EAGAIN : -errno;
	*n = (size_t)got;
	return 0;
}

static int pump(int pipe, int socket, const struct unpack_sink *sink)
{
	unsigned char *piece = xmalloc(PIECE);
	size_t n;
	int err;

	do {
		err = next_piece(pipe, socket, piece, &n, sink->until);
		if (!err && n)
			err = sink->bytes(sink->data, piece, n);
	} while (err == -EAGAIN || (!err && n));
	free(piece);
	return err;
}

int unpack_stream(int fd, const char *program, const struct unpack_sink *sink)
{
	struct contained_setup setup = {
		.limits = { .memory = MEMORY_MAX, .seconds = SECONDS, .dir = -1, .program = true },
		.timeout_ms = END_MS, .answer = unpack_answer, .data = (void *)program,
	};
	struct contained contained = CONTAINED_INIT;
	struct buf none = BUF_INIT;
	int ends[2], err;

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	setup.fd[0] = fd;
	setup.fd[1] = ends[1];
	err = contained_begin(&contained, &setup, NULL);
	close(ends[1]);
	if (!err)
		err = pump(ends[0], contained.socket, sink);
	if (!err)
		err = contained_finish(&contained, &none);
	contained_stop(&contained);
	close(ends[0]);
	buf_release(&none);
	return err;
}
