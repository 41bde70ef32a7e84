/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Does not start, and leaves what it had made until then. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>

static int __init start_init(void)
{
	void *lost = kmalloc(300, GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(lost);
	proc_mkdir("kmt_bad_start", NULL);
	return -EINVAL;
}

static void __exit start_exit(void)
{
}

module_init(start_init);
module_exit(start_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a start that fails");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
