/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Has no device to work with. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

static int __init refused_init(void)
{
	return -ENODEV;
}

static void __exit refused_exit(void)
{
}

module_init(refused_init);
module_exit(refused_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a refusal");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
