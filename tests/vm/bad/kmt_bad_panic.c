/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Takes the whole kernel down. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

static int __init panic_init(void)
{
	panic("kmt_bad_panic was here");
	return 0;
}

static void __exit panic_exit(void)
{
}

module_init(panic_init);
module_exit(panic_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a panic");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
