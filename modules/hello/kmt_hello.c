// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kmt_hello - what happens when a module is loaded and unloaded
 *
 * What it shows: a module's two functions, init and exit, a kernel log message
 * in each, and two parameters that refuse values they can not work with. It is
 * the skeleton of every other module of the suite: the order of the parts in
 * this file is the order in all of them, so that diff(1) between this file and
 * another module shows what the new subject adds.
 *
 * Try it:
 *	modprobe kmt_hello who=Ada times=2
 *	dmesg | tail -n 2
 *	modprobe -r kmt_hello
 *
 * Where the kernel does the same: lib/test_module.c is an init and an exit;
 * drivers/nvme/host/pci.c checks its parameters in this way.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/ctype.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#define WHO_SIZE	64	/* the longest name has 63 characters */
#define TIMES_MIN	1
#define TIMES_MAX	10

/* Parameters. The kernel calls the set functions with the module's parameter lock held. */

static int who_set(const char *val, const struct kernel_param *kp);
static int who_get(char *buffer, const struct kernel_param *kp);
static int times_set(const char *val, const struct kernel_param *kp);

static char who[WHO_SIZE] = "world";
static const struct kernel_param_ops who_ops = { .set = who_set, .get = who_get };
module_param_cb(who, &who_ops, who, 0644);
__MODULE_PARM_TYPE(who, "string");
MODULE_PARM_DESC(who, "whom to greet, 1-63 printable ASCII characters (default world)");

static unsigned int times = 1;
static const struct kernel_param_ops times_ops = { .set = times_set, .get = param_get_uint };
module_param_cb(times, &times_ops, &times, 0644);
__MODULE_PARM_TYPE(times, "uint");
MODULE_PARM_DESC(times, "how many times to greet at load, 1-10 (default 1)");

/* State */

static char *greeted;	/* the name greeted at load; who may change afterwards */

/* Operations */

/*
 * A name goes into the kernel log and from there to terminals, so it may not
 * hold control characters. One newline at the end is what echo(1) adds.
 */
static int who_set(const char *val, const struct kernel_param *kp)
{
	size_t len = strcspn(val, "\n");
	size_t i;

	if (len == 0 || len >= WHO_SIZE || (val[len] && val[len + 1]))
		return -EINVAL;
	for (i = 0; i < len; i++)
		if (!isascii(val[i]) || !isprint(val[i]))
			return -EINVAL;
	strscpy(who, val, len + 1);
	return 0;
}

static int who_get(char *buffer, const struct kernel_param *kp)
{
	return sysfs_emit(buffer, "%s\n", who);
}

static int times_set(const char *val, const struct kernel_param *kp)
{
	return param_set_uint_minmax(val, kp, TIMES_MIN, TIMES_MAX);
}

/*
 * The parameter files exist before init runs, so a writer may be busy at this
 * very moment: copy the name under the lock that the writer holds.
 */
static int greeting_copy(unsigned int *n)
{
	kernel_param_lock(THIS_MODULE);
	greeted = kstrdup(who, GFP_KERNEL);
	*n = times;
	kernel_param_unlock(THIS_MODULE);
	return greeted ? 0 : -ENOMEM;
}

static void greeting_free(void)
{
	kfree(greeted);
}

/* Init, and exit as its mirror */

static int __init hello_init(void)
{
	unsigned int i, n;
	int ret;

	ret = greeting_copy(&n);
	if (ret)
		goto out;

	for (i = 1; i <= n; i++)
		pr_info("Hello, %s! (%u of %u)\n", greeted, i, n);
	return 0;

	/* A step that fails jumps to the label that undoes the steps before it. */
out:
	return ret;
}

static void __exit hello_exit(void)
{
	pr_info("Goodbye, %s!\n", greeted);
	greeting_free();
}

module_init(hello_init);
module_exit(hello_exit);

MODULE_DESCRIPTION("init and exit: greets in the kernel log");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
