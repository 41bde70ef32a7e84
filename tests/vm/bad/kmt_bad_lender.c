/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Has nothing wrong, but is of no kernel, and kmt_bad_borrower needs it. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>

int kmt_bad_lend(void);

int kmt_bad_lend(void)
{
	return 7;
}
EXPORT_SYMBOL_GPL(kmt_bad_lend);

MODULE_DESCRIPTION("for the tests of try: a module that another one needs");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
