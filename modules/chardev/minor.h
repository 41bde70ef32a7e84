/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of this module share: a device and an open file of it.
 *
 * kmt_chardev_main.c	parameters, /proc/kmt_chardev, init and exit
 * minor.c		the devices: made, resized, taken away
 * file.c		open, read, write, poll, SIGIO, close
 * request.c		ioctl
 * map.c		mmap
 * ring.h		the bytes
 */
#ifndef KMT_CHARDEV_MINOR_H
#define KMT_CHARDEV_MINOR_H

#include <linux/atomic.h>
#include <linux/cdev.h>
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "ring.h"

#define MINORS_MAX	8	/* lockdep tells no more locks of one kind apart */
#define SIZE_LARGEST	(4U << 20)
#define OPENS_MAX	256	/* for all devices together */

struct seq_file;

struct minor {
	struct device dev;
	struct cdev cdev;
	struct completion released;	/* nobody holds a reference to dev any more */
	wait_queue_head_t readers;
	wait_queue_head_t writers;
	struct fasync_struct *fasync;
	struct mutex lock;		/* the ring; held while bytes are copied */
	struct ring ring;
	u32 peak;			/* the most bytes that the ring ever held */
	unsigned int mapped;		/* how many mappings; under map_lock */
	atomic64_t read;
	atomic64_t written;
	atomic64_t cleared;
};

/* One open file, which several processes may share after a fork. */
struct opener {
	struct list_head node;
	struct minor *minor;
	struct pid *pid;		/* who called open */
	atomic64_t read;
	atomic64_t written;
};

/*
 * The locks, in the order in which they nest: minors_lock, a minor's lock,
 * map_lock. Copying to or from user space under a minor's lock may fault, and the
 * fault takes the program's mmap_lock. mmap(2) comes with that lock held, so it
 * may not take a minor's lock: it has map_lock.
 */
extern struct mutex minors_lock;	/* minors, minors_live */
extern spinlock_t map_lock;		/* every mapped, and exchanging a ring's memory */

extern struct minor *minors[MINORS_MAX];
extern unsigned int minors_live;	/* how many of them there are */

int minor_make_all(unsigned int wanted, u32 size);
void minor_release_all(void);

/*
 * Gives every ring that many bytes and keeps what they hold: all rings, or none.
 * -EBUSY while one is mapped or holds more than that. Needs minors_lock.
 */
int minor_resize_all(u32 size);

void minor_tell_readers(struct minor *m);
void minor_tell_writers(struct minor *m);

extern const struct file_operations file_ops;
void file_show_opens(struct seq_file *seq);

long request_ioctl(struct file *file, unsigned int cmd, unsigned long arg);
int map_mmap(struct file *file, struct vm_area_struct *vma);

#endif
