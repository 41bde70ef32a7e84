/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Gets memory of the virtual kind at each load and never gives it back. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/vmalloc.h>

static int __init virtual_init(void)
{
	return vmalloc(3 * PAGE_SIZE) ? 0 : -ENOMEM;
}

static void __exit virtual_exit(void)
{
}

module_init(virtual_init);
module_exit(virtual_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: virtual memory that is lost");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
