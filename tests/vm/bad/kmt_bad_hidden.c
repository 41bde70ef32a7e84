/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Has parameters that can not be given back as they are shown, or are not shown at all. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/errno.h>
#include <linux/module.h>
#include <linux/sysfs.h>

static int devices = 1;
module_param(devices, int, 0);
MODULE_PARM_DESC(devices, "not shown");

static char *label = "none";
module_param(label, charp, 0);
MODULE_PARM_DESC(label, "not shown");

static char *wpa_key = "none";
module_param(wpa_key, charp, 0);
MODULE_PARM_DESC(wpa_key, "not shown, and a secret");

static int probe[3];
static unsigned int n_probe;
module_param_array(probe, int, &n_probe, 0444);
MODULE_PARM_DESC(probe, "shown as nothing, which is no value of it, until it is set");

static char *empty = "full";
module_param(empty, charp, 0444);
MODULE_PARM_DESC(empty, "a text, of which nothing is a value");

static int odd_set(const char *value, const struct kernel_param *kp)
{
	return -EINVAL;
}

static int odd_get(char *page, const struct kernel_param *kp)
{
	return sysfs_emit(page, "odd\n");
}

static const struct kernel_param_ops odd_ops = { .set = odd_set, .get = odd_get };
module_param_cb(odd, &odd_ops, NULL, 0444);
MODULE_PARM_DESC(odd, "refuses what it shows");

static int __init hidden_init(void)
{
	pr_info("%d devices, label %s, key %s, probe %u, empty %s.\n", devices, label, wpa_key, n_probe, empty);
	return 0;
}

static void __exit hidden_exit(void)
{
}

module_init(hidden_init);
module_exit(hidden_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of reload and undo: parameters that are not shown");
MODULE_AUTHOR("kmodtui authors");
MODULE_VERSION("1");
MODULE_LICENSE("GPL");
