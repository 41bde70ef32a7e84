// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An open device: read, write, poll and SIGIO with the rules of a pipe.
 */
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uio.h>

#include "minor.h"

static DEFINE_MUTEX(openers_lock);
static LIST_HEAD(openers);
static unsigned int opened;	/* how many of them there are */
static unsigned int refused;	/* how many there could not be */

static bool readable(const struct minor *m)
{
	return ring_used(&m->ring);
}

static bool writable(const struct minor *m)
{
	return ring_room(&m->ring);
}

/*
 * Who holds the lock copies, and may wait for a slow page of its own program. RWF_NOWAIT
 * must not wait for that. O_NONBLOCK does: EAGAIN would be wrong after poll(2) has said
 * that there is something, and nobody would wake the caller for a lock that is free again.
 */
static int lock_take(struct minor *m, const struct kiocb *iocb)
{
	if (iocb->ki_flags & IOCB_NOWAIT)
		return mutex_trylock(&m->lock) ? 0 : -EAGAIN;
	return mutex_lock_interruptible(&m->lock) ? -ERESTARTSYS : 0;
}

/* Takes the lock once the ring is ready, sleeping until then if that is allowed. */
static int lock_when(struct minor *m, bool (*ready)(const struct minor *m),
		     wait_queue_head_t *queue, const struct kiocb *iocb)
{
	int ret;

	for (;;) {
		ret = lock_take(m, iocb);
		if (ret)
			return ret;
		if (ready(m))
			return 0;
		mutex_unlock(&m->lock);
		if ((iocb->ki_filp->f_flags & O_NONBLOCK) || (iocb->ki_flags & IOCB_NOWAIT))
			return -EAGAIN;
		if (wait_event_interruptible(*queue, ready(m)))
			return -ERESTARTSYS;
	}
}

/* Returns what is there as soon as there is something, at least one byte. */
static ssize_t file_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct opener *o = iocb->ki_filp->private_data;
	struct minor *m = o->minor;
	size_t n;
	int ret;

	if (!iov_iter_count(to))
		return 0;
	ret = lock_when(m, readable, &m->readers, iocb);
	if (ret)
		return ret;
	n = ring_read(&m->ring, to);
	mutex_unlock(&m->lock);
	if (!n)
		return -EFAULT;

	atomic64_add(n, &m->read);
	atomic64_add(n, &o->read);
	minor_tell_writers(m);
	return n;
}

/*
 * Writes everything, however long that takes, and less only if a signal comes, if
 * it may not wait or if the memory can not be read: then what was written counts,
 * and the reason is returned when that is nothing.
 */
static ssize_t file_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct opener *o = iocb->ki_filp->private_data;
	struct minor *m = o->minor;
	size_t n, done = 0;
	bool bad = false;
	int ret = 0;

	while (iov_iter_count(from) && !bad) {
		ret = lock_when(m, writable, &m->writers, iocb);
		if (ret)
			break;
		n = ring_write(&m->ring, from);
		bad = iov_iter_count(from) && ring_room(&m->ring);
		m->peak = max(m->peak, m->ring.used);
		mutex_unlock(&m->lock);
		if (bad)
			ret = -EFAULT;
		if (!n)
			break;

		done += n;
		atomic64_add(n, &m->written);
		atomic64_add(n, &o->written);
		minor_tell_readers(m);
	}
	return done ?: ret;
}

static __poll_t file_poll(struct file *file, poll_table *wait)
{
	struct opener *o = file->private_data;
	struct minor *m = o->minor;
	__poll_t mask = 0;

	poll_wait(file, &m->readers, wait);
	poll_wait(file, &m->writers, wait);
	if (readable(m))
		mask |= EPOLLIN | EPOLLRDNORM;
	if (writable(m))
		mask |= EPOLLOUT | EPOLLWRNORM;
	return mask;
}

static int file_fasync(int fd, struct file *file, int on)
{
	struct opener *o = file->private_data;

	return fasync_helper(fd, file, on, &o->minor->fasync);
}

static int opener_add(struct opener *o)
{
	int ret = -EBUSY;

	mutex_lock(&openers_lock);
	if (opened < OPENS_MAX) {
		list_add_tail(&o->node, &openers);
		opened++;
		ret = 0;
	} else {
		refused++;
	}
	mutex_unlock(&openers_lock);
	return ret;
}

/*
 * stream_open() rather than nonseekable_open(): there is no position, so the
 * threads of a program may sleep in read and write of one file at the same time
 * instead of queueing for the position's lock. lseek, pread and pwrite: ESPIPE.
 */
static int file_open(struct inode *inode, struct file *file)
{
	struct opener *o = kzalloc(sizeof(*o), GFP_KERNEL_ACCOUNT);
	int ret;

	if (!o)
		return -ENOMEM;
	o->minor = container_of(inode->i_cdev, struct minor, cdev);
	o->pid = get_pid(task_tgid(current));
	ret = opener_add(o);
	if (ret)
		goto out_free;
	file->private_data = o;
	file->f_mode |= FMODE_NOWAIT;	/* RWF_NOWAIT is welcome */
	return stream_open(inode, file);

out_free:
	put_pid(o->pid);
	kfree(o);
	return ret;
}

static int file_release(struct inode *inode, struct file *file)
{
	struct opener *o = file->private_data;

	mutex_lock(&openers_lock);
	list_del(&o->node);
	opened--;
	mutex_unlock(&openers_lock);
	put_pid(o->pid);
	kfree(o);
	return 0;
}

/* A process is shown by the number it has where the reader's /proc was mounted, or 0. */
static void open_show(struct seq_file *seq, unsigned int i, const struct opener *o)
{
	struct pid_namespace *ns = proc_pid_ns(file_inode(seq->file)->i_sb);

	seq_printf(seq, "open%u_minor %u\n", i,
		   MINOR(o->minor->dev.devt) - MINOR(minors[0]->dev.devt));
	seq_printf(seq, "open%u_pid %d\n", i, pid_nr_ns(o->pid, ns));
	seq_printf(seq, "open%u_read %lld\n", i, atomic64_read(&o->read));
	seq_printf(seq, "open%u_written %lld\n", i, atomic64_read(&o->written));
}

void file_show_opens(struct seq_file *seq)
{
	const struct opener *o;
	unsigned int i = 0;

	mutex_lock(&openers_lock);
	seq_printf(seq, "opens %u\n", opened);
	seq_printf(seq, "opens_max %u\n", OPENS_MAX);
	seq_printf(seq, "opens_refused %u\n", refused);
	list_for_each_entry(o, &openers, node)
		open_show(seq, i++, o);
	mutex_unlock(&openers_lock);
}

const struct file_operations file_ops = {
	.owner		= THIS_MODULE,	/* no unloading while a file is open or mapped */
	.open		= file_open,
	.release	= file_release,
	.read_iter	= file_read_iter,
	.write_iter	= file_write_iter,
	.poll		= file_poll,
	.fasync		= file_fasync,
	.unlocked_ioctl	= request_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
	.mmap		= map_mmap,
};
