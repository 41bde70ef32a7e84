/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define BUF_FIRST 64		/* the smallest allocation */

void buf_release(struct buf *buf)
{
	free(buf->data);
	memset(buf, 0, sizeof(*buf));
}

void buf_reset(struct buf *buf)
{
	buf->len = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

char *buf_grow(struct buf *buf, size_t n)
{
	size_t need = buf->len + n + 1;
	size_t size = buf->size ? buf->size : BUF_FIRST;

	if (need <= n)
		need = SIZE_MAX;	/* no memory is that large: xrealloc() ends it */
	while (size < need)
		size = size > SIZE_MAX / 2 ? SIZE_MAX : size * 2;
	if (size != buf->size) {
		buf->data = xrealloc(buf->data, size, 1);
		buf->size = size;
	}
	buf->data[buf->len] = '\0';
	return buf->data + buf->len;
}

void buf_add(struct buf *buf, const void *bytes, size_t n)
{
	char *to = buf_grow(buf, n);

	if (n)
		memcpy(to, bytes, n);
	to[n] = '\0';
	buf->len += n;
}

void buf_addstr(struct buf *buf, const char *s)
{
	buf_add(buf, s, strlen(s));
}

void buf_addz(struct buf *buf, const char *s)
{
	buf_add(buf, s ? s : "", (s ? strlen(s) : 0) + 1);
}

void buf_addch(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0)
		return;
	vsnprintf(buf_grow(buf, (size_t)n), (size_t)n + 1, format, args);
	buf->len += (size_t)n;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_vprintf(buf, format, args);
	va_end(args);
}

/* Whoever filled the room of buf_grow() only moved len: the NUL is put here. */
const char *buf_str(const struct buf *buf)
{
	if (!buf->data)
		return "";
	buf->data[buf->len] = '\0';
	return buf->data;
}

char *buf_detach(struct buf *buf)
{
	char *text;

	buf_grow(buf, 0);
	text = buf->data;
	memset(buf, 0, sizeof(*buf));
	return text;
}
