/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is good, and says words that look like those of a broken kernel. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

static int __init words_init(void)
{
	pr_info("WARNING: the firmware is older than 1.2\n");
	pr_info("BUG: no cable, Oops: 0, kernel BUG at none!\n");
	return 0;
}

static void __exit words_exit(void)
{
	pr_info("UBSAN: general protection fault [#0]\n");
}

module_init(words_init);
module_exit(words_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: words that are no complaint of the kernel");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
