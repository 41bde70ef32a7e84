// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kmt_chardev - a character device with everything a program may ask of one
 *
 * What it shows: device nodes that appear by themselves, each a pipe through a
 * ring of bytes in kernel memory: blocking and non-blocking read and write, poll
 * and select, SIGIO, signals, ioctl requests that may grow, mmap of the ring,
 * rings that change their size while in use, and a record of every open.
 *
 * Try it:
 *	modprobe kmt_chardev minors=2
 *	echo hello > /dev/kmt_chardev0
 *	head -n 1 /dev/kmt_chardev0
 *	cat /proc/kmt_chardev
 *	modprobe -r kmt_chardev
 *
 * Where the kernel does the same: fs/pipe.c moves bytes by these rules;
 * drivers/gpio/gpiolib-cdev.c makes its nodes with cdev_device_add() and has
 * ioctl, poll and O_NONBLOCK; sound/core/pcm_native.c maps a buffer.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kstrtox.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#include "minor.h"

/* Parameters. The kernel calls the set functions with the module's parameter lock held. */

static int minors_set(const char *val, const struct kernel_param *kp);
static int size_set(const char *val, const struct kernel_param *kp);

static unsigned int wanted = 4;
static const struct kernel_param_ops minors_ops = { .set = minors_set, .get = param_get_uint };
module_param_cb(minors, &minors_ops, &wanted, 0444);
__MODULE_PARM_TYPE(minors, "uint");
MODULE_PARM_DESC(minors, "how many devices to make at load, 1-8 (default 4)");

static unsigned int size = 65536;
static const struct kernel_param_ops size_ops = { .set = size_set, .get = param_get_uint };
module_param_cb(size, &size_ops, &size, 0644);
__MODULE_PARM_TYPE(size, "uint");
MODULE_PARM_DESC(size, "bytes in each ring, whole pages up to 4194304 (default 65536)");

/* State: the devices, in minor.c */

/* Operations */

static int minors_set(const char *val, const struct kernel_param *kp)
{
	return param_set_uint_minmax(val, kp, 1, MINORS_MAX);
}

/* Before init and after exit there are no devices, and the number is just kept. */
static int size_set(const char *val, const struct kernel_param *kp)
{
	unsigned int n;
	int ret;

	ret = kstrtouint(val, 0, &n);
	if (ret)
		return ret;
	if (n < PAGE_SIZE || n > SIZE_LARGEST)
		return -ERANGE;
	if (n % PAGE_SIZE)
		return -EINVAL;

	if (mutex_lock_interruptible(&minors_lock))
		return -ERESTARTSYS;
	ret = minor_resize_all(n);
	if (!ret)
		size = n;
	mutex_unlock(&minors_lock);
	return ret;
}

static void minor_show(struct seq_file *seq, unsigned int i)
{
	const struct minor *m = minors[i];

	seq_printf(seq, "minor%u_used %u\n", i, ring_used(&m->ring));
	seq_printf(seq, "minor%u_mapped %u\n", i, READ_ONCE(m->mapped));
	seq_printf(seq, "minor%u_read %lld\n", i, atomic64_read(&m->read));
	seq_printf(seq, "minor%u_written %lld\n", i, atomic64_read(&m->written));
	seq_printf(seq, "minor%u_cleared %lld\n", i, atomic64_read(&m->cleared));
}

static int stats_show(struct seq_file *seq, void *unused)
{
	unsigned int i;

	if (mutex_lock_interruptible(&minors_lock))
		return -ERESTARTSYS;
	seq_printf(seq, "minors %u\n", minors_live);
	seq_printf(seq, "size %u\n", size);
	for (i = 0; i < minors_live; i++)
		minor_show(seq, i);
	if (minors_live)
		file_show_opens(seq);
	mutex_unlock(&minors_lock);
	return 0;
}

/* Init, and exit as its mirror */

static int __init chardev_init(void)
{
	int ret = -ENOMEM;

	if (!proc_create_single(KBUILD_MODNAME, 0400, NULL, stats_show))
		goto out;
	mutex_lock(&minors_lock);
	ret = minor_make_all(wanted, size);
	if (ret)
		goto out_proc;
	pr_info("%u devices with %u bytes each\n", minors_live, size);
	mutex_unlock(&minors_lock);
	return 0;

	/* A step that fails jumps to the label that undoes the steps before it. */
out_proc:
	mutex_unlock(&minors_lock);
	remove_proc_entry(KBUILD_MODNAME, NULL);
out:
	return ret;
}

static void __exit chardev_exit(void)
{
	mutex_lock(&minors_lock);
	minor_release_all();
	mutex_unlock(&minors_lock);
	remove_proc_entry(KBUILD_MODNAME, NULL);
}

module_init(chardev_init);
module_exit(chardev_exit);

MODULE_DESCRIPTION("character device: a ring of bytes with poll, ioctl and mmap");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
