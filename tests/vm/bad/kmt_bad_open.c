/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Does not count who has its device open: the owner is missing in its file operations. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>

static ssize_t open_read(struct file *file, char __user *to, size_t n, loff_t *pos)
{
	return 0;
}

static int open_release(struct inode *inode, struct file *file)
{
	return 0;
}

static const struct file_operations open_fops = {
	.read = open_read,
	.release = open_release,
};

static struct miscdevice open_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KBUILD_MODNAME,
	.fops = &open_fops,
};

static int __init open_init(void)
{
	return misc_register(&open_device);
}

static void __exit open_exit(void)
{
	misc_deregister(&open_device);
}

module_init(open_init);
module_exit(open_exit);

MODULE_DESCRIPTION("bad on purpose: it does not count who has it open");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
