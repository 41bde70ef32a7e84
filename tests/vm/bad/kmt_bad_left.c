/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Leaves its file in /proc behind. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/proc_fs.h>

static int __init left_init(void)
{
	/* The second one of that name is a complaint of the kernel. */
	proc_mkdir("kmt_bad_left", NULL);
	return 0;
}

static void __exit left_exit(void)
{
}

module_init(left_init);
module_exit(left_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: something left behind");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
