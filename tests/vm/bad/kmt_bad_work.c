/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is unloaded while its work still waits to be done. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/workqueue.h>

static void do_work(struct work_struct *work)
{
	pr_info("the work is done\n");
}

static DECLARE_DELAYED_WORK(work, do_work);

static int __init work_init(void)
{
	schedule_delayed_work(&work, 2 * HZ);
	return 0;
}

static void __exit work_exit(void)
{
}

module_init(work_init);
module_exit(work_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: work that is left behind");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
