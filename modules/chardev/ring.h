/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A ring of bytes in memory that user space may map. Nothing here sleeps on a
 * lock or wakes anybody: the caller serialises and tells.
 */
#ifndef KMT_CHARDEV_RING_H
#define KMT_CHARDEV_RING_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/uio.h>
#include <linux/vmalloc.h>

struct ring {
	char *data;	/* whole pages, zeroed when allocated */
	u32 size;	/* a multiple of the page size */
	u32 start;	/* where the oldest byte is, below size */
	u32 used;	/* bytes, up to size */
};

static inline int ring_init(struct ring *r, u32 size)
{
	memset(r, 0, sizeof(*r));
	r->data = vmalloc_user(size);
	if (!r->data)
		return -ENOMEM;
	r->size = size;
	return 0;
}

static inline void ring_release(struct ring *r)
{
	vfree(r->data);
	r->data = NULL;
}

/* These two may be asked without the caller's lock: by poll, and before sleeping. */
static inline u32 ring_used(const struct ring *r)
{
	return READ_ONCE(r->used);
}

static inline u32 ring_room(const struct ring *r)
{
	return READ_ONCE(r->size) - READ_ONCE(r->used);
}

/*
 * Moves what fits, in at most two pieces: up to the end of the memory and on
 * from its beginning. An unreadable page ends it early; the bytes before count.
 */
static inline size_t ring_write(struct ring *r, struct iov_iter *from)
{
	size_t total = 0;

	while (ring_room(r) && iov_iter_count(from)) {
		u32 end = (r->start + r->used) % r->size;
		size_t want = min(r->size - end, ring_room(r));
		size_t got;

		want = min(want, iov_iter_count(from));
		got = copy_from_iter(r->data + end, want, from);
		WRITE_ONCE(r->used, r->used + got);
		total += got;
		if (got < want)
			break;
	}
	return total;
}

/* The same in the other direction: a byte leaves the ring once it has arrived. */
static inline size_t ring_read(struct ring *r, struct iov_iter *to)
{
	size_t total = 0;

	while (r->used && iov_iter_count(to)) {
		size_t want = min(r->size - r->start, r->used);
		size_t got;

		want = min(want, iov_iter_count(to));
		got = copy_to_iter(r->data + r->start, want, to);
		r->start = (r->start + got) % r->size;
		WRITE_ONCE(r->used, r->used - got);
		total += got;
		if (got < want)
			break;
	}
	return total;
}

/* The waiting bytes, copied to the beginning of a ring that has room for them. */
static inline void ring_copy(struct ring *to, const struct ring *from)
{
	u32 first = min(from->size - from->start, from->used);

	memcpy(to->data, from->data + from->start, first);
	memcpy(to->data + first, from->data, from->used - first);
	to->start = 0;
	to->used = from->used;
}

/* Exchanges the memory of two rings; both keep what they hold. */
static inline void ring_swap(struct ring *a, struct ring *b)
{
	struct ring old = *a;

	a->data = b->data;
	a->start = b->start;
	WRITE_ONCE(a->size, b->size);
	WRITE_ONCE(a->used, b->used);
	*b = old;
}

/* Also wipes the memory, which a mapping would go on showing. */
static inline u32 ring_clear(struct ring *r)
{
	u32 dropped = r->used;

	memset(r->data, 0, r->size);
	r->start = 0;
	WRITE_ONCE(r->used, 0);
	return dropped;
}

#endif
