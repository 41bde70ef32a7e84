/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Uses itself, and so can not be unloaded. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

static int __init stay_init(void)
{
	__module_get(THIS_MODULE);
	return 0;
}

static void __exit stay_exit(void)
{
}

module_init(stay_init);
module_exit(stay_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a module that stays");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
