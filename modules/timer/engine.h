/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Three engines that call a function again and again, and count how late it was
 * called: a timer_list, an hrtimer and a delayed work item.
 */
#ifndef KMT_TIMER_ENGINE_H
#define KMT_TIMER_ENGINE_H

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "compat.h"
#include "lateness.h"

#define ANY_CPU		-1

struct engine {
	const char *name;
	void (*setup)(struct engine *e);
	void (*start)(struct engine *e, int on);	/* on a CPU, or on ANY_CPU */
	void (*stop)(struct engine *e);			/* may be started again */
	void (*shutdown)(struct engine *e);		/* may not */
	struct workqueue_struct *queue;	/* for delayed work */
	int cpu;			/* the wanted one or ANY_CPU; constant */
	bool armed;			/* cleared first of all when it is to stop */
	unsigned int period_ms;		/* constant while armed */
	ktime_t due;			/* when the next expiry was asked for */
	struct lateness __percpu *late;
	union {
		struct timer_list timer;
		struct hrtimer hrtimer;
		struct delayed_work work;
	};
};

/* The wanted CPU may have gone offline since. Call with CPU hotplug locked out. */
static int engine_target(const struct engine *e)
{
	return e->cpu != ANY_CPU && cpu_online(e->cpu) ? e->cpu : ANY_CPU;
}

static void engine_expired(struct engine *e, ktime_t due, u64 missed)
{
	s64 late = ktime_to_ns(ktime_sub(ktime_get(), due));
	struct lateness *here = get_cpu_ptr(e->late);

	lateness_count(here, late, missed);
	put_cpu_ptr(e->late);
}

/* A timer_list counts ticks and calls back in a soft interrupt. */

static void timer_expired(struct timer_list *t)
{
	struct engine *e = timer_container_of(e, t, timer);

	engine_expired(e, e->due, 0);
	if (!READ_ONCE(e->armed))
		return;
	e->due = ktime_add_ms(ktime_get(), e->period_ms);
	mod_timer(t, jiffies + msecs_to_jiffies(e->period_ms));
}

static void timer_set_up(struct engine *e)
{
	timer_setup(&e->timer, timer_expired, e->cpu == ANY_CPU ? 0 : TIMER_PINNED);
}

static void timer_start(struct engine *e, int on)
{
	e->due = ktime_add_ms(ktime_get(), e->period_ms);
	if (on == ANY_CPU) {
		mod_timer(&e->timer, jiffies + msecs_to_jiffies(e->period_ms));
	} else {
		e->timer.expires = jiffies + msecs_to_jiffies(e->period_ms);
		add_timer_on(&e->timer, on);
	}
}

static void timer_stop(struct engine *e)
{
	timer_delete_sync(&e->timer);
}

static void timer_shut_down(struct engine *e)
{
	timer_shutdown_sync(&e->timer);
}

/* An hrtimer counts nanoseconds and calls back in the interrupt itself. */

static enum hrtimer_restart hrtimer_expired(struct hrtimer *t)
{
	struct engine *e = container_of(t, struct engine, hrtimer);
	ktime_t due = hrtimer_get_expires(t);
	u64 periods = hrtimer_forward_now(t, ms_to_ktime(e->period_ms));

	/* More than one period has passed: the expiries between were missed. */
	engine_expired(e, due, periods > 1 ? periods - 1 : 0);
	return READ_ONCE(e->armed) ? HRTIMER_RESTART : HRTIMER_NORESTART;
}

static void hrtimer_set_up(struct engine *e)
{
	hrtimer_setup(&e->hrtimer, hrtimer_expired, CLOCK_MONOTONIC,
		      e->cpu == ANY_CPU ? HRTIMER_MODE_REL : HRTIMER_MODE_REL_PINNED);
}

static void hrtimer_start_here(void *data)
{
	struct engine *e = data;

	hrtimer_start(&e->hrtimer, ms_to_ktime(e->period_ms),
		      e->cpu == ANY_CPU ? HRTIMER_MODE_REL : HRTIMER_MODE_REL_PINNED);
}

/* An hrtimer starts on the CPU that starts it. The caller keeps that CPU online. */
static void hrtimer_start_on(struct engine *e, int on)
{
	if (on == ANY_CPU)
		hrtimer_start_here(e);
	else
		smp_call_function_single(on, hrtimer_start_here, e, 1);
}

static void hrtimer_stop(struct engine *e)
{
	hrtimer_cancel(&e->hrtimer);
}

/* Delayed work counts ticks and runs in a process, where it may sleep. */

static void work_start(struct engine *e, int on)
{
	e->due = ktime_add_ms(ktime_get(), e->period_ms);
	queue_delayed_work_on(on == ANY_CPU ? WORK_CPU_UNBOUND : on, e->queue, &e->work,
			      msecs_to_jiffies(e->period_ms));
}

static void work_expired(struct work_struct *w)
{
	struct engine *e = container_of(to_delayed_work(w), struct engine, work);

	engine_expired(e, e->due, 0);
	cpus_read_lock();
	if (READ_ONCE(e->armed))
		work_start(e, engine_target(e));
	cpus_read_unlock();
}

static void work_set_up(struct engine *e)
{
	INIT_DELAYED_WORK(&e->work, work_expired);
}

static void work_stop(struct engine *e)
{
	cancel_delayed_work_sync(&e->work);
}

/* All of them */

static struct engine engines[] = {
	{
		.name = "timer",
		.setup = timer_set_up,
		.start = timer_start,
		.stop = timer_stop,
		.shutdown = timer_shut_down,
	}, {
		.name = "hrtimer",
		.setup = hrtimer_set_up,
		.start = hrtimer_start_on,
		.stop = hrtimer_stop,
		.shutdown = hrtimer_stop,
	}, {
		.name = "work",
		.setup = work_set_up,
		.start = work_start,
		.stop = work_stop,
		.shutdown = work_stop,
	},
};

#endif /* KMT_TIMER_ENGINE_H */
