/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Has no exit function. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

static int __init noexit_init(void)
{
	return 0;
}

module_init(noexit_init);

MODULE_DESCRIPTION("bad on purpose: a module that can not be unloaded");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
