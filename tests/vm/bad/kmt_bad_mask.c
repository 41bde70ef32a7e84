/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Says a word of a broken kernel, and breaks it then. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>

static int *nothing;

static int mask_run(void *data)
{
	OPTIMIZER_HIDE_VAR(nothing);
	WRITE_ONCE(*nothing, 1);
	return 0;
}

static int __init mask_init(void)
{
	pr_info("WARNING: old firmware\n");
	if (IS_ERR(kthread_run(mask_run, NULL, KBUILD_MODNAME)))
		return -ENOMEM;
	msleep(300);
	return 0;
}

static void __exit mask_exit(void)
{
}

module_init(mask_init);
module_exit(mask_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a crash behind a harmless word");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
