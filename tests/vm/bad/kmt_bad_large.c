/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Gets a large block at each load and never gives it back. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/gfp.h>
#include <linux/module.h>

static int __init large_init(void)
{
	return __get_free_pages(GFP_KERNEL, 5) ? 0 : -ENOMEM;
}

static void __exit large_exit(void)
{
}

module_init(large_init);
module_exit(large_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a large block that is lost");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
