/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A planted bug: a call that may sleep, under a spinlock. DEBUG_ATOMIC_SLEEP has to find it. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(lock);

static int __init sleep_init(void)
{
	void *memory;

	spin_lock(&lock);
	memory = kmalloc(64, GFP_KERNEL);
	spin_unlock(&lock);
	kfree(memory);
	return 0;
}

static void __exit sleep_exit(void)
{
}

module_init(sleep_init);
module_exit(sleep_exit);

MODULE_DESCRIPTION("planted bug for the tests: sleeping under a spinlock");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
