/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A planted bug: memory is read after it was freed. KASAN has to find it. */
#include <linux/module.h>
#include <linux/slab.h>

static int __init free_init(void)
{
	char *gone = kzalloc(64, GFP_KERNEL);
	char *again = gone;

	if (!gone)
		return -ENOMEM;
	OPTIMIZER_HIDE_VAR(again);
	kfree(gone);
	READ_ONCE(again[8]);
	return 0;
}

static void __exit free_exit(void)
{
}

module_init(free_init);
module_exit(free_exit);

MODULE_DESCRIPTION("planted bug for the tests: a use after free");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
