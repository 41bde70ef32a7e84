/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How fast bytes go from one process to another: a child writes MIB mebibytes in blocks of BLOCK
 * bytes, the parent reads them.  Prints mebibytes a second.
 *
 *	through pipe|DEVICE BLOCK MIB
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/util.h"
#include "base/xalloc.h"

struct ends {
	int in, out;
};

static int ends_open(const char *path, struct ends *e)
{
	int fds[2];

	if (!strcmp(path, "pipe")) {
		if (pipe(fds))
			return -1;
		e->in = fds[0];
		e->out = fds[1];
		return 0;
	}
	e->in = open(path, O_RDONLY);
	e->out = open(path, O_WRONLY);
	return e->in < 0 || e->out < 0 ? -1 : 0;
}

/* Each block starts with its number, which the reader looks for: a byte lost is noticed. */
static int blocks_write(int fd, char *block, size_t size, uint64_t count)
{
	uint64_t i;

	for (i = 0; i < count; i++) {
		memcpy(block, &i, sizeof(i));
		if (write(fd, block, size) != (ssize_t)size)
			return 1;
	}
	return 0;
}

static int blocks_read(int fd, char *block, size_t size, uint64_t count)
{
	size_t have = 0;
	uint64_t i = 0;

	while (i < count) {
		ssize_t n = read(fd, block + have, size - have);

		if (n <= 0)
			return 1;
		have += (size_t)n;
		if (have < size)
			continue;
		if (memcmp(block, &i, sizeof(i)))
			return 1;
		have = 0;
		i++;
	}
	return 0;
}

int main(int argc, char **argv)
{
	size_t size = argc == 4 ? strtoul(argv[2], NULL, 0) : 0;
	uint64_t count = size >= sizeof(count) ? strtoull(argv[3], NULL, 0) * 1048576 / size : 0;
	struct ends e;
	int status = 1;
	uint64_t start;
	char *block;
	pid_t pid;

	if (!count)
		return 2;
	if (ends_open(argv[1], &e)) {
		perror(argv[1]);
		return 1;
	}
	block = xcalloc(size, 1);
	start = util_now_us();
	pid = fork();
	if (!pid)
		_exit(blocks_write(e.out, block, size, count));
	if (pid < 0 || blocks_read(e.in, block, size, count))
		fprintf(stderr, "through: %s: bytes were lost\n", argv[1]);
	else
		printf("%.1f\n", (double)size * (double)count / 1.048576 / (double)(util_now_us() - start));
	free(block);
	return waitpid(pid, &status, 0) != pid || status;
}
