// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kmt_params - every kind of module parameter
 *
 * What it shows: parameters of the kernel's own types, one that can not be
 * written, one that can not be read, and four with functions of their own: one
 * checks a range, one takes a list whole or not at all, one takes its time, one
 * refuses everything. The suite's console is tried against them.
 *
 * Try it:
 *	modprobe kmt_params number=-7 list=1,2,3 text=hello
 *	cd /sys/module/kmt_params/parameters
 *	echo 9 > level; echo 10 > level; cat level
 *	cat /proc/kmt_params
 *	modprobe -r kmt_params
 *
 * Where the kernel does the same: kernel/params.c has the types;
 * drivers/nvme/host/pci.c has parameters with functions of their own.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#define LIST_MAX	8
#define TEXT_SIZE	64	/* at most 63 characters */
#define LEVEL_MAX	9
#define SLOW_MAX	10

/* Parameters of the kernel's own types */

static bool flag;
module_param(flag, bool, 0644);
MODULE_PARM_DESC(flag, "yes or no (default N)");

static int number;
module_param(number, int, 0644);
MODULE_PARM_DESC(number, "a number with a sign (default 0)");

static unsigned int count = 1;
module_param(count, uint, 0644);
MODULE_PARM_DESC(count, "a number without a sign (default 1)");

static unsigned long big = ULONG_MAX;
module_param(big, ulong, 0644);
MODULE_PARM_DESC(big, "a number as wide as an address (default the largest)");

static char text[TEXT_SIZE] = "text";
module_param_string(text, text, sizeof(text), 0644);
MODULE_PARM_DESC(text, "up to 63 bytes of any kind (default text)");

static int fixed = 42;
module_param(fixed, int, 0444);
MODULE_PARM_DESC(fixed, "a number that is fixed once the module is loaded (default 42)");

/* A bad number in the middle leaves those before it behind: no harm where the load fails. */
static int fixed_list[LIST_MAX];
static unsigned int fixed_list_count;
module_param_array(fixed_list, int, &fixed_list_count, 0444);
MODULE_PARM_DESC(fixed_list, "up to 8 numbers that are fixed once the module is loaded");

static char *secret;
module_param(secret, charp, 0200);
MODULE_PARM_DESC(secret, "up to 1024 bytes that can be written, but not read");

/* Parameters with functions of their own. They run with the module's parameter lock held. */

static int level_set(const char *val, const struct kernel_param *kp);
static int list_set(const char *val, const struct kernel_param *kp);
static int list_get(char *buffer, const struct kernel_param *kp);
static int slow_set(const char *val, const struct kernel_param *kp);
static int refuse_set(const char *val, const struct kernel_param *kp);

static unsigned int level;
static const struct kernel_param_ops level_ops = { .set = level_set, .get = param_get_uint };
module_param_cb(level, &level_ops, &level, 0644);
__MODULE_PARM_TYPE(level, "uint");
MODULE_PARM_DESC(level, "a number whose range is checked, 0-9 (default 0)");

static int list[LIST_MAX];
static unsigned int list_count;
static const struct kparam_array list_array = {
	.max = LIST_MAX,
	.elemsize = sizeof(list[0]),
	.num = &list_count,
	.ops = &param_ops_int,
	.elem = list,
};

static const struct kernel_param_ops list_ops = { .set = list_set, .get = list_get };
module_param_cb(list, &list_ops, (void *)&list_array, 0644);
__MODULE_PARM_TYPE(list, "array of int");
MODULE_PARM_DESC(list, "up to 8 numbers with commas between them, taken all or none");

static unsigned int slow;
static const struct kernel_param_ops slow_ops = { .set = slow_set, .get = param_get_uint };
module_param_cb(slow, &slow_ops, &slow, 0644);
__MODULE_PARM_TYPE(slow, "uint");
MODULE_PARM_DESC(slow, "the write takes so many seconds, 0-10 (default 0)");

static int refuse;
static const struct kernel_param_ops refuse_ops = { .set = refuse_set, .get = param_get_int };
module_param_cb(refuse, &refuse_ops, &refuse, 0644);
__MODULE_PARM_TYPE(refuse, "int");
MODULE_PARM_DESC(refuse, "refuses every value");

/* State */

struct tally {
	const char *name;
	atomic_long_t accepted;
	atomic_long_t refused;
};

enum { LEVEL, LIST, SLOW, REFUSE };

static struct tally tallies[] = {
	[LEVEL] = { .name = "level" },
	[LIST] = { .name = "list" },
	[SLOW] = { .name = "slow" },
	[REFUSE] = { .name = "refuse" },
};

static atomic_t sleepers;	/* writers of slow that sleep at this moment */
static atomic_long_t killed;	/* and those that were killed in their sleep */

/* Operations */

static int tally_result(struct tally *t, int ret)
{
	atomic_long_inc(ret ? &t->refused : &t->accepted);
	return ret;
}

static int level_set(const char *val, const struct kernel_param *kp)
{
	return tally_result(&tallies[LEVEL], param_set_uint_minmax(val, kp, 0, LEVEL_MAX));
}

/* Read the numbers into a list beside the real one: a bad one must not spoil the good. */
static int list_take(const char *val, const struct kernel_param *kp)
{
	int values[LIST_MAX];
	unsigned int n;
	struct kparam_array array = list_array;
	struct kernel_param param = *kp;
	int ret;

	array.elem = values;
	array.num = &n;
	param.arr = &array;
	ret = param_array_ops.set(val, &param);
	if (ret)
		return ret;
	memcpy(list, values, n * sizeof(values[0]));
	WRITE_ONCE(list_count, n);
	return 0;
}

static int list_set(const char *val, const struct kernel_param *kp)
{
	return tally_result(&tallies[LIST], list_take(val, kp));
}

static int list_get(char *buffer, const struct kernel_param *kp)
{
	return param_array_ops.get(buffer, kp);
}

/*
 * The parameter lock is held all the time: whoever reads or writes another
 * parameter of this module waits, and so does its unloading.
 */
static int slow_take(const char *val, const struct kernel_param *kp)
{
	unsigned int seconds;
	struct kernel_param param = *kp;
	signed long left;
	int ret;

	param.arg = &seconds;
	ret = param_set_uint_minmax(val, &param, 0, SLOW_MAX);
	if (ret)
		return ret;

	atomic_inc(&sleepers);
	left = seconds * HZ;
	while (left && !fatal_signal_pending(current))
		left = schedule_timeout_killable(left);
	atomic_dec(&sleepers);
	if (left) {
		atomic_long_inc(&killed);
		return -EINTR;
	}
	slow = seconds;
	return 0;
}

static int slow_set(const char *val, const struct kernel_param *kp)
{
	return tally_result(&tallies[SLOW], slow_take(val, kp));
}

static int refuse_set(const char *val, const struct kernel_param *kp)
{
	return tally_result(&tallies[REFUSE], -EINVAL);
}

/* The counters are atomic, so the file answers while slow holds the parameter lock. */
static int stats_show(struct seq_file *m, void *v)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(tallies); i++) {
		seq_printf(m, "%s_accepted %ld\n", tallies[i].name,
			   atomic_long_read(&tallies[i].accepted));
		seq_printf(m, "%s_refused %ld\n", tallies[i].name,
			   atomic_long_read(&tallies[i].refused));
	}
	seq_printf(m, "slow_sleeping %d\n", atomic_read(&sleepers));
	seq_printf(m, "slow_killed %ld\n", atomic_long_read(&killed));
	seq_printf(m, "list_count %u\n", READ_ONCE(list_count));
	return 0;
}

/* Init, and exit as its mirror */

static int __init params_init(void)
{
	int ret;

	if (!proc_create_single(KBUILD_MODNAME, 0444, NULL, stats_show)) {
		ret = -ENOMEM;
		goto out;
	}
	kernel_param_lock(THIS_MODULE);
	pr_info("ready: number %d, count %u, level %u, %u in the list\n", number, count, level,
		list_count);
	kernel_param_unlock(THIS_MODULE);
	return 0;
out:
	return ret;
}

static void __exit params_exit(void)
{
	remove_proc_entry(KBUILD_MODNAME, NULL);
	pr_info("gone\n");
}

module_init(params_init);
module_exit(params_exit);

MODULE_DESCRIPTION("parameters of every kind, checked, slow and refusing");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
