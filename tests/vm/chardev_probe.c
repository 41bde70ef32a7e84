/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How bytes move through /dev/kmt_chardev0: read, write, poll, and a signal in between.
 */
#include <poll.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include "chardev_node.h"
#include "signals.h"

static short node_events(int fd, int timeout)
{
	struct pollfd p = { .fd = fd, .events = POLLIN | POLLOUT };

	MUST(poll(&p, 1, timeout) >= 0);
	return p.revents;
}

static void exact(void)
{
	int fd = node_empty();
	char buf[100];

	MUST(write(fd, "", 0) == 0);
	MUST(read(fd, buf, 0) == 0);
	MUST(write(fd, "hello", 5) == 5);
	MUST(read(fd, buf, 2) == 2 && !memcmp(buf, "he", 2));
	MUST(read(fd, buf, sizeof(buf)) == 3 && !memcmp(buf, "llo", 3));
	FAILS(read(fd, buf, 1), EAGAIN);
}

static void vectors(void)
{
	int fd = node_empty();
	char a[3], b[4];
	struct iovec out[2] = { { "abc", 3 }, { "defg", 4 } };
	struct iovec in[2] = { { a, sizeof(a) }, { b, sizeof(b) } };

	MUST(writev(fd, out, 2) == 7);
	MUST(readv(fd, in, 2) == 7);
	MUST(!memcmp(a, "abc", 3) && !memcmp(b, "defg", 4));
}

static void full(void)
{
	int fd = node_empty();
	size_t size = node_stat(fd).ring_size;
	char *buf = calloc(1, size + 1000);

	MUST(buf != NULL);
	MUST(node_events(fd, 0) == POLLOUT);
	MUST(write(fd, buf, size + 1000) == (ssize_t)size);
	FAILS(write(fd, buf, 1), EAGAIN);
	MUST(node_events(fd, 0) == POLLIN);
	MUST(read(fd, buf, 1) == 1);
	MUST(node_events(fd, 0) == (POLLIN | POLLOUT));
	MUST(write(fd, buf, 2) == 1);
	MUST(read(fd, buf, size + 1000) == (ssize_t)size);
	free(buf);
}

/* A writer with three rings full of bytes and a reader with odd pieces. */
static void blocks(void)
{
	int in = node_empty(), out = node_open(O_WRONLY);
	size_t size = node_stat(in).ring_size, total = 3 * size + 77, got = 0, i;
	unsigned char *buf = malloc(total);
	pid_t pid;
	ssize_t n;

	MUST(buf != NULL);
	for (i = 0; i < total; i++)
		buf[i] = i * 7 + i / 251;
	pid = fork();
	if (!pid)
		_exit(write(out, buf, total) != (ssize_t)total);
	close(out);
	MUST(fcntl(in, F_SETFL, 0) == 0);
	while (got < total) {
		unsigned char piece[4099];

		n = read(in, piece, sizeof(piece));
		MUST(n > 0 && got + n <= total && !memcmp(piece, buf + got, n));
		got += n;
	}
	child_ok(pid);
	free(buf);
}

static void interrupted(void)
{
	int empty = node_empty(), fd = node_open(O_RDWR);
	size_t size = node_stat(fd).ring_size;
	char *buf = calloc(2, size);

	MUST(buf != NULL);
	signal_counts(SIGALRM, 0);
	alarm_in(100000, 0);
	FAILS(read(fd, buf, 1), EINTR);
	MUST(signals == 1);

	alarm_in(100000, 0);		/* the first half counts, the rest was not written */
	MUST(write(fd, buf, 2 * size) == (ssize_t)size);
	MUST(signals == 2);
	alarm_in(100000, 0);
	FAILS(write(fd, buf, 1), EINTR);
	MUST(node_stat(empty).used == size);
	free(buf);
}

static void seeks(void)
{
	int fd = node_empty();
	char c = 0;

	FAILS(lseek(fd, 0, SEEK_SET), ESPIPE);
	FAILS(lseek(fd, 0, SEEK_CUR), ESPIPE);
	FAILS(pread(fd, &c, 1, 0), ESPIPE);
	FAILS(pwrite(fd, &c, 1, 0), ESPIPE);
}

/* What O_NONBLOCK is for the open file, RWF_NOWAIT is for one call: the others still sleep. */
static void nowait(void)
{
	int empty = node_empty(), fd = node_open(O_RDWR);
	size_t size = node_stat(fd).ring_size;
	char *buf = calloc(1, size + 1);
	struct iovec all = { buf, size + 1 };

	MUST(buf != NULL);
	FAILS(preadv2(fd, &all, 1, -1, RWF_NOWAIT), EAGAIN);
	MUST(pwritev2(fd, &all, 1, -1, RWF_NOWAIT) == (ssize_t)size);
	FAILS(pwritev2(fd, &all, 1, -1, RWF_NOWAIT), EAGAIN);
	MUST(preadv2(fd, &all, 1, -1, RWF_NOWAIT) == (ssize_t)size);
	signal_counts(SIGALRM, 0);
	alarm_in(100000, 0);
	FAILS(read(fd, buf, 1), EINTR);
	MUST(node_stat(empty).used == 0);
	free(buf);
}

/* A page with nothing behind it: what lies before the gap moves, and nothing is lost. */
static void bad_memory(void)
{
	int fd = node_empty();
	char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char buf[32];

	MUST(page != MAP_FAILED && munmap(page + 4096, 4096) == 0);
	memcpy(page + 4086, "0123456789", 10);
	FAILS(write(fd, page + 4096, 10), EFAULT);
	MUST(node_stat(fd).used == 0);
	MUST(write(fd, page + 4086, 20) == 10);
	FAILS(read(fd, page + 4096, 10), EFAULT);
	MUST(node_stat(fd).used == 10);
	MUST(read(fd, page + 4092, 10) == 4 && !memcmp(page + 4092, "0123", 4));
	MUST(read(fd, buf, sizeof(buf)) == 6 && !memcmp(buf, "456789", 6));
}

static void stream_write(int fd, uint32_t words)
{
	uint32_t buf[1024], i;

	for (i = 0; i < words;) {
		size_t n = 0, done = 0;
		ssize_t ret;

		while (n < 1024 && i < words)
			buf[n++] = i++;
		while (done < n * 4) {
			ret = write(fd, (char *)buf + done, n * 4 - done);
			MUST(ret > 0 || (ret < 0 && errno == EINTR));
			done += ret > 0 ? ret : 0;
		}
	}
}

/*
 * So many mebibytes while a signal comes every millisecond, to the reader and to the writer: none
 * lost, none twice.
 */
static void stream(void)
{
	uint32_t words = count_wanted("MIB", 16) << 18, buf[1000], next = 0;
	size_t have = 0, i;
	int fd, status;
	pid_t pid;
	ssize_t n;

	node_empty();
	fd = node_open(O_RDWR);
	signal_counts(SIGALRM, 0);
	pid = fork();
	alarm_in(1000, 1000);
	if (!pid) {
		stream_write(fd, words);
		_exit(signals == 0);
	}
	while (next < words) {
		n = read(fd, (char *)buf + have, sizeof(buf) - have);
		MUST(n > 0 || (n < 0 && errno == EINTR));
		have += n > 0 ? n : 0;
		for (i = 0; i < have / 4; i++)
			MUST(buf[i] == next++);
		memmove(buf, buf + i, have % 4);
		have %= 4;
	}
	alarm_in(0, 0);
	MUST(waitpid(pid, &status, 0) == pid && status == 0);
	MUST(signals > 0 && node_stat(fd).used == 0);
	printf("%u MiB, %d signals to the reader\n", words >> 18, (int)signals);
}

static const struct probe_case cases[] = {
	{ "exact", exact },
	{ "vectors", vectors },
	{ "full", full },
	{ "blocks", blocks },
	{ "interrupted", interrupted },
	{ "seeks", seeks },
	{ "nowait", nowait },
	{ "bad_memory", bad_memory },
	{ "stream", stream },
	{ NULL, NULL }
};

int main(int argc, char **argv)
{
	return probe_main(cases, argc, argv);
}
