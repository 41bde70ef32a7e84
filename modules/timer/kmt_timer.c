// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kmt_timer - the kernel's three ways to run something later, side by side
 *
 * What it shows: a timer_list (timer_setup, mod_timer), a high-resolution timer
 * and a delayed work item, each re-arming itself with the same period, and how
 * late each one runs, per CPU. The period and the engine change while the module
 * works, and everything stops dead when it is unloaded.
 *
 * Try it:
 *	modprobe kmt_timer period_ms=1000 engine=all
 *	echo 250 > /sys/module/kmt_timer/parameters/period_ms
 *	cat /proc/kmt_timer
 *	modprobe -r kmt_timer
 *
 * Where the kernel does the same: net/core/neighbour.c has a timer_list for each
 * neighbour and a delayed work item that looks after all of them;
 * kernel/watchdog.c runs on a pinned high-resolution timer.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/kstrtox.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/workqueue.h>

#include "engine.h"

#define PERIOD_MIN	1
#define PERIOD_MAX	60000

/* Parameters. The kernel calls the set functions with the module's parameter lock held. */

static int engine_set(const char *val, const struct kernel_param *kp);
static int engine_get(char *buffer, const struct kernel_param *kp);
static int period_ms_set(const char *val, const struct kernel_param *kp);
static int cpu_set(const char *val, const struct kernel_param *kp);

/* The kernel's fault injection does not know of per-CPU memory, so this failure is made here. */
static unsigned int fail_step;
module_param(fail_step, uint, 0);
MODULE_PARM_DESC(fail_step, "for tests: no memory for the engine of this number, 1-3 (default none)");

static unsigned int engine;	/* an index of engine_names */
static const struct kernel_param_ops engine_ops = { .set = engine_set, .get = engine_get };
module_param_cb(engine, &engine_ops, &engine, 0644);
__MODULE_PARM_TYPE(engine, "string");
MODULE_PARM_DESC(engine, "what runs: timer, hrtimer, work or all (default timer)");

static unsigned int period_ms = 1000;
static const struct kernel_param_ops period_ms_ops = {
	.set = period_ms_set,
	.get = param_get_uint,
};
module_param_cb(period_ms, &period_ms_ops, &period_ms, 0644);
__MODULE_PARM_TYPE(period_ms, "uint");
MODULE_PARM_DESC(period_ms, "milliseconds between two expiries, 1-60000 (default 1000)");

static int cpu = ANY_CPU;
static const struct kernel_param_ops cpu_ops = { .set = cpu_set, .get = param_get_int };
module_param_cb(cpu, &cpu_ops, &cpu, 0444);
__MODULE_PARM_TYPE(cpu, "int");
MODULE_PARM_DESC(cpu, "the online CPU to run on, -1 for any (default -1)");

static bool histogram = true;
module_param(histogram, bool, 0644);
MODULE_PARM_DESC(histogram, "show the latenesses in buckets as well (default Y)");

/* State */

static const char * const engine_names[] = { "timer", "hrtimer", "work", "all" };
static bool running;		/* between init and exit; under the parameter lock */
static struct workqueue_struct *queue;

/* Operations: all engines. The callers hold the parameter lock. */

static void engines_start(void)
{
	unsigned int i;

	cpus_read_lock();
	for (i = 0; i < ARRAY_SIZE(engines); i++) {
		if (engine != i && engine != ARRAY_SIZE(engines))
			continue;
		engines[i].period_ms = period_ms;
		WRITE_ONCE(engines[i].armed, true);
		engines[i].start(&engines[i], engine_target(&engines[i]));
	}
	cpus_read_unlock();
}

/*
 * Waits for a callback that runs at this moment. A callback that has looked at
 * armed just before re-arms itself; the stop functions find that, too.
 */
static void engines_stop(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(engines); i++) {
		WRITE_ONCE(engines[i].armed, false);
		engines[i].stop(&engines[i]);
	}
}

static void engines_shutdown(void)
{
	u64 expiries = 0;
	struct lateness_copy sum;
	unsigned int i;

	kernel_param_lock(THIS_MODULE);
	running = false;
	for (i = 0; i < ARRAY_SIZE(engines); i++) {
		WRITE_ONCE(engines[i].armed, false);
		engines[i].shutdown(&engines[i]);
		lateness_sum(&sum, engines[i].late);
		expiries += sum.expiries;
	}
	kernel_param_unlock(THIS_MODULE);
	pr_info("stopped after %llu expiries\n", expiries);
}

static void engines_rearm(void)
{
	engines_stop();
	engines_start();
}

/* Operations: parameters. Before init and after exit they only take the value. */

static int engine_set(const char *val, const struct kernel_param *kp)
{
	int i = sysfs_match_string(engine_names, val);

	if (i < 0)
		return i;
	engine = i;
	if (running) {
		engines_rearm();
		pr_info("re-armed: %s, period %u ms\n", engine_names[engine], period_ms);
	}
	return 0;
}

static int engine_get(char *buffer, const struct kernel_param *kp)
{
	return sysfs_emit(buffer, "%s\n", engine_names[engine]);
}

static int period_ms_set(const char *val, const struct kernel_param *kp)
{
	int ret = param_set_uint_minmax(val, kp, PERIOD_MIN, PERIOD_MAX);

	if (ret)
		return ret;
	if (running) {
		engines_rearm();
		pr_info("re-armed: period %u ms\n", period_ms);
	}
	return 0;
}

static int cpu_set(const char *val, const struct kernel_param *kp)
{
	int n, ret = kstrtoint(val, 0, &n);

	if (ret)
		return ret;
	if (n != ANY_CPU && (n < 0 || n >= nr_cpu_ids || !cpu_online(n)))
		return -EINVAL;
	cpu = n;
	return 0;
}

/* Operations: the statistics file */

static int stats_show(struct seq_file *m, void *v)
{
	unsigned int i;
	bool each;
	int on;

	kernel_param_lock(THIS_MODULE);
	each = histogram;
	seq_printf(m, "engine %s\n", engine_names[engine]);
	seq_printf(m, "period_ms %u\n", period_ms);
	seq_printf(m, "cpu %d\n", cpu);
	seq_printf(m, "histogram %d\n", histogram);
	kernel_param_unlock(THIS_MODULE);
	for (i = 0; i < ARRAY_SIZE(engines); i++)
		lateness_show(m, engines[i].name, engines[i].late);
	for (i = 0; i < ARRAY_SIZE(engines); i++)
		for_each_possible_cpu(on)
			lateness_show_cpu(m, engines[i].name, on,
					  per_cpu_ptr(engines[i].late, on), each);
	return 0;
}

/* Init, and exit as its mirror */

static void engines_free(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(engines); i++)
		free_percpu(engines[i].late);
}

static int __init engines_new(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(engines); i++) {
		engines[i].late = fail_step == i + 1 ? NULL : lateness_new();
		if (!engines[i].late) {
			engines_free();
			return -ENOMEM;
		}
		engines[i].cpu = cpu;
		engines[i].queue = queue;
		engines[i].setup(&engines[i]);
	}
	return 0;
}

/* From here on, and not before, a write to a parameter re-arms. */
static void __init engines_arm(void)
{
	kernel_param_lock(THIS_MODULE);
	engines_start();
	running = true;
	if (cpu == ANY_CPU)
		pr_info("armed: %s, period %u ms\n", engine_names[engine], period_ms);
	else
		pr_info("armed: %s on CPU %d, period %u ms\n", engine_names[engine], cpu,
			period_ms);
	kernel_param_unlock(THIS_MODULE);
}

static int __init kmt_timer_init(void)
{
	int ret;

	/* A queue of our own: destroying it proves that nothing of ours is left in it. */
	queue = alloc_workqueue(KBUILD_MODNAME, WQ_PERCPU, 1);
	if (!queue) {
		ret = -ENOMEM;
		goto out;
	}
	ret = engines_new();
	if (ret)
		goto out_queue;
	if (!proc_create_single(KBUILD_MODNAME, 0444, NULL, stats_show)) {
		ret = -ENOMEM;
		goto out_engines;
	}
	engines_arm();
	return 0;

out_engines:
	engines_free();
out_queue:
	destroy_workqueue(queue);
out:
	return ret;
}

static void __exit kmt_timer_exit(void)
{
	engines_shutdown();
	remove_proc_entry(KBUILD_MODNAME, NULL);
	engines_free();
	destroy_workqueue(queue);
}

module_init(kmt_timer_init);
module_exit(kmt_timer_exit);

MODULE_DESCRIPTION("timers side by side: timer_list, hrtimer, delayed work");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
