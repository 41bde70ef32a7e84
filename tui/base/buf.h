/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Growable bytes.  Zero-initialise (BUF_INIT), add, read through buf_str(), release.
 * What was added is always followed by a NUL that len does not count.
 */
#ifndef KMT_BASE_BUF_H
#define KMT_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *data;		/* NULL until something is added */
	size_t len;		/* bytes in use */
	size_t size;		/* bytes allocated */
};

#define BUF_INIT { NULL, 0, 0 }

void buf_release(struct buf *buf);
/* Empties @buf and keeps its memory. */
void buf_reset(struct buf *buf);
/* Room for @n more bytes and a NUL behind len; returns where they go. */
char *buf_grow(struct buf *buf, size_t n);
void buf_add(struct buf *buf, const void *bytes, size_t n);
void buf_addstr(struct buf *buf, const char *s);
/* The NUL as well; NULL is "". */
void buf_addz(struct buf *buf, const char *s);
void buf_addch(struct buf *buf, char c);
void buf_vprintf(struct buf *buf, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text, "" when nothing was added; valid until the next change. */
const char *buf_str(const struct buf *buf);
/* The text, now owned by the caller; @buf is empty again.  Never NULL. */
char *buf_detach(struct buf *buf);

#endif
