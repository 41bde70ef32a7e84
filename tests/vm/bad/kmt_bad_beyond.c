/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes behind the end of its memory. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/slab.h>

static char *thing;

static int __init beyond_init(void)
{
	char *end;

	thing = kmalloc(96, GFP_KERNEL);
	if (!thing)
		return -ENOMEM;
	end = thing + 96;
	OPTIMIZER_HIDE_VAR(end);
	WRITE_ONCE(end[0], 1);
	return 0;
}

static void __exit beyond_exit(void)
{
	kfree(thing);
}

module_init(beyond_init);
module_exit(beyond_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a write behind the end");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
