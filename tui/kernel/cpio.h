/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The archives of a start-up image (cpio, "newc"), fed in pieces: several may follow one another, with zeros
 * between them, and behind them something else, which is most often packed.  Pure, and without memory of its own.
 */
#ifndef KMT_KERNEL_CPIO_H
#define KMT_KERNEL_CPIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CPIO_HEAD 110
#define CPIO_NAME_MAX 1024		/* longer ones are no paths */
#define CPIO_ENTRIES_MAX 200000		/* in all archives together */

struct cpio_reader {
	/* A file called @name of @size bytes: true, its bytes are wanted. */
	bool (*entry)(void *data, const char *name, uint32_t size);
	/* The next of them, in order. */
	void (*bytes)(void *data, const unsigned char *bytes, size_t n);
	void *data;
};

enum cpio_state {
	CPIO_BETWEEN, CPIO_IN_HEAD, CPIO_IN_NAME, CPIO_IN_FILE, CPIO_IN_PADDING
};

struct cpio {
	const struct cpio_reader *reader;
	enum cpio_state state;
	unsigned archives;		/* read to their ends */
	unsigned entries;
	size_t have, want;		/* bytes of the head or the name */
	uint32_t name_size;		/* its NUL counted, what follows not */
	uint32_t size, left;		/* of the file; of the file or the padding */
	bool wanted;
	char head[CPIO_HEAD], name[CPIO_NAME_MAX + 4];
};

void cpio_init(struct cpio *cpio, const struct cpio_reader *reader);
/*
 * The next @len bytes.  0: all were read; 1: behind the archives, from *used bytes on, lies something else; -EBADMSG: it is
 * damaged; -E2BIG: too many files.
 */
int cpio_feed(struct cpio *cpio, const unsigned char *bytes, size_t len, size_t *used);
/* Whether it may end here: at least one archive was read, and the last one to its end. */
bool cpio_complete(const struct cpio *cpio);

#endif
