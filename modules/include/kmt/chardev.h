/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ioctl requests of /dev/kmt_chardevN, for programs and for the module.
 *
 * Every request points to a structure that starts with its size and its flags.
 * The caller sets size to what sizeof says in his program, and flags to 0. Later
 * versions only append members: a module that is older than the program leaves
 * zeros in those it does not know and returns the smaller size in size; one that
 * is newer fills in what the program has room for. That is why the request
 * numbers do not contain the size. Every member lies at the same place in 32-bit
 * and 64-bit programs.
 */
#ifndef KMT_CHARDEV_H
#define KMT_CHARDEV_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define KMT_CHARDEV_MAGIC	0xC7

/* What the first version of each structure takes: the least that is accepted. */
#define KMT_CHARDEV_STAT_SIZE0	64
#define KMT_CHARDEV_CLEAR_SIZE0	16

struct kmt_chardev_head {
	__u32 size;
	__u32 flags;
};

/* The state of one device, and what this open of it has moved. */
struct kmt_chardev_stat {
	__u32 size;
	__u32 flags;
	__u32 ring_size;	/* bytes; what may be mapped */
	__u32 start;		/* where in the ring the oldest byte is */
	__u32 used;		/* bytes waiting, from start on and around the end */
	__u32 mapped;		/* how many mappings of the ring there are */
	__u64 read;		/* bytes read from the device since it was made */
	__u64 written;		/* and written to it */
	__u64 cleared;		/* and thrown away */
	__u64 open_read;	/* bytes read through this open file */
	__u64 open_written;	/* and written through it */
				/* the first version ended here */
	__u64 peak;		/* the most bytes that ever waited */
};

/* The bytes waiting in the ring are thrown away, and the ring is zeroed. */
struct kmt_chardev_clear {
	__u32 size;
	__u32 flags;
	__u64 dropped;		/* returned: how many bytes there were */
};

#define KMT_CHARDEV_STAT	_IO(KMT_CHARDEV_MAGIC, 0x00)	/* struct kmt_chardev_stat */
#define KMT_CHARDEV_CLEAR	_IO(KMT_CHARDEV_MAGIC, 0x01)	/* struct kmt_chardev_clear */

#endif
