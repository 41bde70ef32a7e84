/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keeps its number for devices, so that it can not be loaded a second time. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/fs.h>
#include <linux/module.h>

#define MAJOR_NUMBER 231

static const struct file_operations second_fops = { .owner = THIS_MODULE };

static int __init second_init(void)
{
	return register_chrdev(MAJOR_NUMBER, KBUILD_MODNAME, &second_fops);
}

static void __exit second_exit(void)
{
}

module_init(second_init);
module_exit(second_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a second load that is refused");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
