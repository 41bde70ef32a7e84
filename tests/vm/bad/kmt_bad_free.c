/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes into memory that it has given back. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/slab.h>

static int *thing;

static int __init free_init(void)
{
	thing = kmalloc(96, GFP_KERNEL);
	return thing ? 0 : -ENOMEM;
}

static void __exit free_exit(void)
{
	int *gone = thing;

	kfree(thing);
	OPTIMIZER_HIDE_VAR(gone);
	WRITE_ONCE(gone[6], 1);
}

module_init(free_init);
module_exit(free_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a use after free");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
