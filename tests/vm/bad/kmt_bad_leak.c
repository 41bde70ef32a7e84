/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Gets memory at each load and never gives it back. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/slab.h>

static int __init leak_init(void)
{
	void *lost = kmalloc(200, GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(lost);
	return lost ? 0 : -ENOMEM;
}

static void __exit leak_exit(void)
{
}

module_init(leak_init);
module_exit(leak_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a leak");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
