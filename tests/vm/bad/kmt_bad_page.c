/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Gets a page at each load and never gives it back. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/gfp.h>
#include <linux/module.h>

static int __init page_init(void)
{
	return alloc_page(GFP_KERNEL) ? 0 : -ENOMEM;
}

static void __exit page_exit(void)
{
}

module_init(page_init);
module_exit(page_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a page that is lost");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
