/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Has nothing wrong, but needs kmt_bad_lender, which no kernel has. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

int kmt_bad_lend(void);

static int __init borrower_init(void)
{
	pr_info("borrowed %d\n", kmt_bad_lend());
	return 0;
}

static void __exit borrower_exit(void)
{
}

module_init(borrower_init);
module_exit(borrower_exit);

MODULE_DESCRIPTION("for the tests of try: a module that needs another one");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
