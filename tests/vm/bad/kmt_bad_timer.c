/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Leaves a timer armed, whose code is gone. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/timer.h>

static void timer_tick(struct timer_list *timer);
static DEFINE_TIMER(ticker, timer_tick);

static void timer_tick(struct timer_list *timer)
{
	mod_timer(timer, jiffies + HZ / 20);
}

static int __init timer_init(void)
{
	mod_timer(&ticker, jiffies + HZ / 20);
	return 0;
}

static void __exit timer_exit(void)
{
}

module_init(timer_init);
module_exit(timer_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a timer that stays");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
