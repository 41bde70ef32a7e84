/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Leaves a thread behind, whose code is gone. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>

static int thread_run(void *data)
{
	for (;;)
		msleep(20);
	return 0;
}

static int __init thread_init(void)
{
	return PTR_ERR_OR_ZERO(kthread_run(thread_run, NULL, KBUILD_MODNAME));
}

static void __exit thread_exit(void)
{
}

module_init(thread_init);
module_exit(thread_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a thread that stays");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
