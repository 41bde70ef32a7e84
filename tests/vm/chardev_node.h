/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The first device of kmt_chardev, for the probes of it. They need root, and
 * nobody else may use the device.
 */
#ifndef CHARDEV_NODE_H
#define CHARDEV_NODE_H

#include <fcntl.h>
#include <sys/ioctl.h>

#include "kmt/chardev.h"
#include "probe.h"

#define NODE	"/dev/kmt_chardev0"

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

/* An empty device, open for both, not blocking. */
static inline int node_empty(void)
{
	struct kmt_chardev_clear c = { .size = sizeof(c) };
	int fd = node_open(O_RDWR | O_NONBLOCK);

	MUST(ioctl(fd, KMT_CHARDEV_CLEAR, &c) == 0);
	MUST(node_stat(fd).used == 0);
	return fd;
}

#endif
