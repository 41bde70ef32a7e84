/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Gives its memory back two times. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/slab.h>

static void *thing;

static int __init twice_init(void)
{
	thing = kmalloc(96, GFP_KERNEL);
	return thing ? 0 : -ENOMEM;
}

static void __exit twice_exit(void)
{
	void *again = thing;

	kfree(thing);
	OPTIMIZER_HIDE_VAR(again);
	kfree(again);
}

module_init(twice_init);
module_exit(twice_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: memory that is given back twice");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
