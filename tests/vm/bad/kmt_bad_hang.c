/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Never comes back from its load, or from its unload. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/module.h>
#include <linux/stop_machine.h>
#include <linux/string.h>

static char *when = "load";
module_param(when, charp, 0444);
MODULE_PARM_DESC(when, "load, unload, spin for a load that keeps the processor, or stop for all of them");

static DECLARE_COMPLETION(never);

static int spin(void *data)
{
	for (;;)
		cpu_relax();
	return 0;
}

static int __init hang_init(void)
{
	if (!strcmp(when, "stop"))
		stop_machine(spin, NULL, cpu_online_mask);
	if (!strcmp(when, "load"))
		wait_for_completion(&never);
	while (!strcmp(when, "spin"))
		cpu_relax();
	return 0;
}

static void __exit hang_exit(void)
{
	if (!strcmp(when, "unload"))
		wait_for_completion(&never);
}

module_init(hang_init);
module_exit(hang_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a hang");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
