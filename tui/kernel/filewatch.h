/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A module's file that is built again and again: tells when there is a new one that is whole, however
 * it came there (written in place, or renamed over the old one).
 */
#ifndef KMT_KERNEL_FILEWATCH_H
#define KMT_KERNEL_FILEWATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum filewatch_news {
	FILEWATCH_NONE,		/* nothing, or the same bytes as before */
	FILEWATCH_NEW,		/* another file, and whole */
	FILEWATCH_BROKEN,	/* another file that stays in pieces */
};

struct filewatch {
	int fd;			/* poll() it for POLLIN */
	int dir;		/* the directory's mark in it; -1: the directory is gone */
	char *path;
	const char *name;	/* within path */
	uint64_t since_ms;	/* when it last moved; 0: nothing is to be looked at */
	uint64_t sum;		/* of its bytes when it was last seen whole */
};

/* Pure: whether @len bytes are a whole module, whose tables all lie within; a compressed one is believed. */
bool filewatch_whole(const char *name, const void *bytes, size_t len);

/* -ENOENT: there is no such file; -EINVAL: it is a device, a pipe or the like, and is not opened; -errno. */
int filewatch_open(struct filewatch *watch, const char *path);
void filewatch_close(struct filewatch *watch);
/*
 * Reads what happened; to be called when fd is ready and when filewatch_wait() is over, and once a second besides: a
 * directory that is gone is looked for then.
 */
enum filewatch_news filewatch_read(struct filewatch *watch);
/* Milliseconds until it has to be called again; -1: only for fd. */
int filewatch_wait(const struct filewatch *watch);

#endif
