// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ioctl requests. A new one is a structure in kmt/chardev.h, a function that
 * fills it, and a line of the table.
 */
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/uaccess.h>

#include <asm/ioctls.h>

#include "kmt/chardev.h"
#include "minor.h"

union answer {
	struct kmt_chardev_head head;
	struct kmt_chardev_stat stat;
	struct kmt_chardev_clear clear;
};

struct request {
	unsigned int cmd;
	u32 size0;		/* of the structure's first version */
	u32 size;		/* of the present one */
	fmode_t mode;		/* how the file must be open */
	int (*fill)(struct opener *o, union answer *a);
};

static int stat_fill(struct opener *o, union answer *a)
{
	struct minor *m = o->minor;

	if (mutex_lock_interruptible(&m->lock))
		return -ERESTARTSYS;
	a->stat.ring_size = m->ring.size;
	a->stat.start = m->ring.start;
	a->stat.used = m->ring.used;
	a->stat.mapped = READ_ONCE(m->mapped);
	a->stat.peak = m->peak;
	mutex_unlock(&m->lock);
	a->stat.read = atomic64_read(&m->read);
	a->stat.written = atomic64_read(&m->written);
	a->stat.cleared = atomic64_read(&m->cleared);
	a->stat.open_read = atomic64_read(&o->read);
	a->stat.open_written = atomic64_read(&o->written);
	return 0;
}

static int clear_fill(struct opener *o, union answer *a)
{
	struct minor *m = o->minor;

	if (mutex_lock_interruptible(&m->lock))
		return -ERESTARTSYS;
	a->clear.dropped = ring_clear(&m->ring);
	mutex_unlock(&m->lock);
	atomic64_add(a->clear.dropped, &m->cleared);
	minor_tell_writers(m);
	return 0;
}

static const struct request requests[] = {
	{ KMT_CHARDEV_STAT, KMT_CHARDEV_STAT_SIZE0, sizeof(struct kmt_chardev_stat),
	  0, stat_fill },
	{ KMT_CHARDEV_CLEAR, KMT_CHARDEV_CLEAR_SIZE0, sizeof(struct kmt_chardev_clear),
	  FMODE_READ, clear_fill },
};

static const struct request *request_find(unsigned int cmd)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(requests); i++)
		if (requests[i].cmd == cmd)
			return &requests[i];
	return NULL;
}

/*
 * The caller's structure may be shorter or longer than ours. What he has no room
 * for is left out; what we do not know is zeroed. The answer starts as zeros, so
 * that no byte of the kernel's stack gets out. It is written once before anything
 * is done: CLEAR must not throw bytes away and then fail to tell how many.
 */
static long request_run(const struct request *rq, struct opener *o, void __user *user)
{
	union answer a = { };
	u32 room, known;
	int ret;

	if (copy_from_user(&a.head, user, sizeof(a.head)))
		return -EFAULT;
	room = a.head.size;
	if (room < rq->size0 || room > PAGE_SIZE || a.head.flags)
		return -EINVAL;
	known = min(room, rq->size);
	if (copy_to_user(user, &a, known) || clear_user(user + known, room - known))
		return -EFAULT;
	ret = rq->fill(o, &a);
	if (ret)
		return ret;
	a.head.size = known;
	return copy_to_user(user, &a, known) ? -EFAULT : 0;
}

long request_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct opener *o = file->private_data;
	const struct request *rq;

	if (cmd == FIONREAD)
		return put_user(ring_used(&o->minor->ring), (int __user *)arg);
	rq = request_find(cmd);
	if (!rq)
		return -ENOTTY;
	if (rq->mode & ~file->f_mode)
		return -EBADF;
	return request_run(rq, o, (void __user *)arg);
}
