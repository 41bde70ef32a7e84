/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A planted bug: memory with an armed timer in it is freed. Debug objects have to find it. */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

static void expired(struct timer_list *t)
{
}

static int __init timer_init(void)
{
	struct timer_list *timer = kzalloc(sizeof(*timer), GFP_KERNEL);

	if (!timer)
		return -ENOMEM;
	timer_setup(timer, expired, 0);
	mod_timer(timer, jiffies + 3600 * HZ);
	kfree(timer);
	return 0;
}

static void __exit timer_exit(void)
{
}

module_init(timer_init);
module_exit(timer_exit);

MODULE_DESCRIPTION("planted bug for the tests: an armed timer is freed");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
