/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes where nothing is, when it is told to: at load, or at unload. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/string.h>

static char *when = "load";
module_param(when, charp, 0444);
MODULE_PARM_DESC(when, "load or unload");

static int *nothing;

static void fault(void)
{
	OPTIMIZER_HIDE_VAR(nothing);
	WRITE_ONCE(*nothing, 1);
}

static int __init crash_init(void)
{
	if (!strcmp(when, "load"))
		fault();
	return 0;
}

static void __exit crash_exit(void)
{
	if (!strcmp(when, "unload"))
		fault();
}

module_init(crash_init);
module_exit(crash_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a crash");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
