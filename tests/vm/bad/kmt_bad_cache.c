/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Does not destroy its cache. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/slab.h>

static int __init cache_init(void)
{
	return kmem_cache_create(KBUILD_MODNAME, 72, 0, 0, NULL) ? 0 : -ENOMEM;
}

static void __exit cache_exit(void)
{
}

module_init(cache_init);
module_exit(cache_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a cache that stays");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
