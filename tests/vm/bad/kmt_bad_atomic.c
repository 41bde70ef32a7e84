/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sleeps while it holds a spin lock. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/delay.h>
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(lock);

static int __init sleep_init(void)
{
	spin_lock(&lock);
	msleep(20);
	spin_unlock(&lock);
	return 0;
}

static void __exit sleep_exit(void)
{
}

module_init(sleep_init);
module_exit(sleep_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: sleep under a spin lock");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
