// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The devices: a class for udev, a range of numbers, and for each number a node
 * with a ring behind it.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/poll.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "compat.h"
#include "minor.h"

/* What they protect is said in minor.h. */
DEFINE_MUTEX(minors_lock);
DEFINE_SPINLOCK(map_lock);

struct minor *minors[MINORS_MAX];
unsigned int minors_live;

/*
 * Without a devnode() the nodes are called like the devices and belong to root, mode
 * 0600. It is allocated, for the last reference may be put when this module is gone.
 */
static struct class *class;
static dev_t first;
static unsigned int numbers;	/* how many of them, from first on */

void minor_tell_readers(struct minor *m)
{
	if (wq_has_sleeper(&m->readers))
		wake_up_interruptible_poll(&m->readers, EPOLLIN | EPOLLRDNORM);
	kill_fasync(&m->fasync, SIGIO, POLL_IN);
}

void minor_tell_writers(struct minor *m)
{
	if (wq_has_sleeper(&m->writers))
		wake_up_interruptible_poll(&m->writers, EPOLLOUT | EPOLLWRNORM);
	kill_fasync(&m->fasync, SIGIO, POLL_OUT);
}

static void minor_released(struct device *dev)
{
	complete(&container_of(dev, struct minor, dev)->released);
}

/* After the last reference, whoever holds it: the driver core may keep one for a while. */
static void minor_free(struct minor *m)
{
	put_device(&m->dev);
	wait_for_completion(&m->released);
	ring_release(&m->ring);
	kfree(m);
}

static void minor_setup(struct minor *m, unsigned int i)
{
	init_completion(&m->released);
	init_waitqueue_head(&m->readers);
	init_waitqueue_head(&m->writers);
	mutex_init(&m->lock);
	device_initialize(&m->dev);
	m->dev.class = class;
	m->dev.devt = MKDEV(MAJOR(first), MINOR(first) + i);
	m->dev.release = minor_released;
	cdev_init(&m->cdev, &file_ops);
	m->cdev.owner = THIS_MODULE;
}

static struct minor *minor_new(unsigned int i, u32 size)
{
	struct minor *m = kzalloc(sizeof(*m), GFP_KERNEL);
	int ret;

	if (!m)
		return ERR_PTR(-ENOMEM);
	minor_setup(m, i);
	ret = dev_set_name(&m->dev, "%s%u", KBUILD_MODNAME, i);
	if (ret)
		goto out_free;
	ret = ring_init(&m->ring, size);
	if (ret)
		goto out_free;
	return m;

out_free:
	minor_free(m);
	return ERR_PTR(ret);
}

static int all_make(unsigned int wanted, u32 size)
{
	struct minor *m;

	for (minors_live = 0; minors_live < wanted; minors_live++) {
		m = minor_new(minors_live, size);
		if (IS_ERR(m))
			return PTR_ERR(m);
		minors[minors_live] = m;
	}
	return 0;
}

static void all_free(void)
{
	while (minors_live)
		minor_free(minors[--minors_live]);
}

/*
 * From its first line on a device may be open, and a module whose init fails goes
 * away all the same: so this is the last step, and what is there stays, even if
 * there is no memory for the next one.
 */
static int all_add(void)
{
	unsigned int i;
	int ret;

	for (i = 0; i < minors_live; i++) {
		ret = cdev_device_add(&minors[i]->cdev, &minors[i]->dev);
		if (ret && !i)
			return ret;
		if (ret)
			break;
	}
	if (i < minors_live)
		pr_warn("Made only %u of %u devices (error %d)\n", i, minors_live, ret);
	while (minors_live > i)
		minor_free(minors[--minors_live]);
	return 0;
}

/* Needs minors_lock, as does minor_release_all(): a size may be written at any time. */
int minor_make_all(unsigned int wanted, u32 size)
{
	int ret;

	numbers = wanted;
	class = class_create(KBUILD_MODNAME);
	if (IS_ERR(class)) {
		ret = PTR_ERR(class);
		goto out;
	}
	ret = alloc_chrdev_region(&first, 0, numbers, KBUILD_MODNAME);
	if (ret)
		goto out_class;
	ret = all_make(wanted, size);
	if (ret)
		goto out_minors;
	ret = all_add();
	if (ret)
		goto out_minors;
	return 0;

out_minors:
	all_free();
	unregister_chrdev_region(first, numbers);
out_class:
	class_destroy(class);
out:
	return ret;
}

void minor_release_all(void)
{
	unsigned int i;

	for (i = 0; i < minors_live; i++)
		cdev_device_del(&minors[i]->cdev, &minors[i]->dev);
	all_free();
	unregister_chrdev_region(first, numbers);
	class_destroy(class);
}

static void all_unlock(unsigned int n)
{
	while (n)
		mutex_unlock(&minors[--n]->lock);
}

/* A ring is locked as long as its bytes are copied, and that may wait for a slow page. */
static int all_lock(void)
{
	unsigned int i;

	for (i = 0; i < minors_live; i++) {
		if (mutex_lock_interruptible_nested(&minors[i]->lock, i)) {
			all_unlock(i);
			return -ERESTARTSYS;
		}
	}
	return 0;
}

static int rings_fill(struct ring *rings, u32 size)
{
	unsigned int i;

	for (i = 0; i < minors_live; i++)
		if (minors[i]->ring.used > size)
			return -EBUSY;
	for (i = 0; i < minors_live; i++)
		ring_copy(&rings[i], &minors[i]->ring);
	return 0;
}

static int rings_exchange(struct ring *rings)
{
	unsigned int i;
	int ret = 0;

	spin_lock(&map_lock);
	for (i = 0; i < minors_live; i++)
		if (minors[i]->mapped)
			ret = -EBUSY;
	for (i = 0; i < minors_live && !ret; i++)
		ring_swap(&minors[i]->ring, &rings[i]);
	spin_unlock(&map_lock);
	return ret;
}

static int rings_init(struct ring *rings, u32 size)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; i < minors_live && !ret; i++)
		ret = ring_init(&rings[i], size);
	return ret;
}

int minor_resize_all(u32 size)
{
	struct ring *rings = kcalloc(minors_live, sizeof(*rings), GFP_KERNEL);
	unsigned int i;
	int ret;

	if (!rings)
		return -ENOMEM;
	ret = rings_init(rings, size);
	if (ret)
		goto out_rings;
	ret = all_lock();
	if (ret)
		goto out_rings;
	ret = rings_fill(rings, size);
	if (!ret)
		ret = rings_exchange(rings);
	all_unlock(minors_live);

	for (i = 0; i < minors_live && !ret; i++)
		minor_tell_writers(minors[i]);
out_rings:	/* the new ones, or the old ones after the exchange */
	for (i = 0; i < minors_live; i++)
		ring_release(&rings[i]);
	kfree(rings);
	return ret;
}
