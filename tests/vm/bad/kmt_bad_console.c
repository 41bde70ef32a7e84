/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes where nothing is while it holds the lock of the console, which then says no more. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/console.h>
#include <linux/module.h>

static int *nothing;

static int __init console_fault_init(void)
{
	console_lock();
	OPTIMIZER_HIDE_VAR(nothing);
	WRITE_ONCE(*nothing, 1);
	console_unlock();
	return 0;
}

static void __exit console_fault_exit(void)
{
}

module_init(console_fault_init);
module_exit(console_fault_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a crash that the console does not show");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
