/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The first device of kmt_chardev, for the probes of it. They need root, and
 * nobody else may use the device.
 */
#ifndef CHARDEV_NODE_H
#define CHARDEV_NODE_H

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "kmt/chardev.h"
#include "probe.h"

#define NODE	"/dev/kmt_chardev0"
#define SIZE	"/sys/module/kmt_chardev/parameters/size"

static inline int node_open(int flags)
{
	int fd = open(NODE, flags | O_CLOEXEC);

	MUST(fd >= 0);
	return fd;
}

static inline struct kmt_chardev_stat node_stat(int fd)
{
	struct kmt_chardev_stat st = { .size = sizeof(st) };

	MUST(ioctl(fd, KMT_CHARDEV_STAT, &st) == 0);
	return st;
}

static inline void node_clear(int fd)
{
	struct kmt_chardev_clear c = { .size = sizeof(c) };

	MUST(ioctl(fd, KMT_CHARDEV_CLEAR, &c) == 0);
}

/* An empty device, open for both, not blocking. */
static inline int node_empty(void)
{
	int fd = node_open(O_RDWR | O_NONBLOCK);

	node_clear(fd);
	MUST(node_stat(fd).used == 0);
	return fd;
}

/* The same, full. */
static inline int node_full(void)
{
	int fd = node_empty();
	size_t size = node_stat(fd).ring_size;
	char *buf = calloc(1, size);

	MUST(buf != NULL && write(fd, buf, size) == (ssize_t)size);
	free(buf);
	return fd;
}

static inline int size_write(const char *text)
{
	int fd = open(SIZE, O_WRONLY | O_CLOEXEC), ret, error;

	MUST(fd >= 0);
	ret = write(fd, text, strlen(text));
	error = errno;
	close(fd);
	errno = error;
	return ret < 0 ? -1 : 0;
}

/* Until that process sleeps in a call that a signal may end. */
static inline void asleep_wait(pid_t pid)
{
	char path[32], state = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	while (state != 'S') {
		usleep(1000);
		f = fopen(path, "re");
		MUST(f && fscanf(f, "%*d (%*[^)]) %c", &state) == 1);
		fclose(f);
	}
}

#endif
