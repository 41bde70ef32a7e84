/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is packed is unpacked by the programs made for that, each in a child with limits (see contained.h). */
#ifndef KMT_KERNEL_UNPACK_H
#define KMT_KERNEL_UNPACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* The program that unpacks what begins with these bytes; NULL: no known one. */
const char *unpack_program(const unsigned char *bytes, size_t n);
/*
 * contained_setup.answer: becomes the program @data, which reads the first descriptor from where it stands and writes to
 * the second one.  -ELIBACC: it is not installed; else -errno, also why it could not be run.
 */
int unpack_answer(void *data, bool inside, const struct buf *question, struct buf *answer);

struct unpack_sink {
	int (*bytes)(void *data, const unsigned char *bytes, size_t n);	/* not 0: no more of them */
	void *data;
	uint64_t until;			/* when the time is up, as util_now_ms() tells it */
};

/*
 * Unpacks @fd from where it stands.  0; what bytes() returned; -ETIMEDOUT; -ELIBACC as above; -EBADMSG: the
 * program failed.
 */
int unpack_stream(int fd, const char *program, const struct unpack_sink *sink);

#endif
