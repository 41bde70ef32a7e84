/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An hrtimer that does nothing, for what one costs; with hold_us it keeps the interrupts
 * off so long each time it expires, so that other timers are late by as much as that.
 */
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/module.h>

static unsigned int period_us = 1000;
module_param(period_us, uint, 0444);
MODULE_PARM_DESC(period_us, "microseconds between two expiries (default 1000)");

static unsigned int hold_us;
module_param(hold_us, uint, 0444);
MODULE_PARM_DESC(hold_us, "microseconds that an expiry takes (default 0)");

static struct hrtimer timer;

static enum hrtimer_restart expired(struct hrtimer *t)
{
	if (hold_us)
		udelay(hold_us);
	hrtimer_forward_now(t, ns_to_ktime(period_us * 1000ULL));
	return HRTIMER_RESTART;
}

static int __init hrtimer_bench_init(void)
{
	if (hold_us > 500 || period_us < 2 * hold_us || period_us < 100)
		return -EINVAL;
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer.function = expired;
	hrtimer_start(&timer, ns_to_ktime(period_us * 1000ULL), HRTIMER_MODE_REL);
	return 0;
}

static void __exit hrtimer_bench_exit(void)
{
	hrtimer_cancel(&timer);
}

module_init(hrtimer_bench_init);
module_exit(hrtimer_bench_exit);

MODULE_DESCRIPTION("measurement: an hrtimer that does nothing, or holds the interrupts off");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
