/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Holds a reference to itself, so nobody can unload it. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

static int __init refs_init(void)
{
	__module_get(THIS_MODULE);
	return 0;
}

static void __exit refs_exit(void)
{
}

module_init(refs_init);
module_exit(refs_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a reference to itself");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
