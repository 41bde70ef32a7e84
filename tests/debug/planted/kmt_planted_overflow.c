/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A planted bug: a byte is written behind the end of its memory. KASAN has to find it. */
#include <linux/module.h>
#include <linux/slab.h>

static int __init overflow_init(void)
{
	char *memory = kzalloc(60, GFP_KERNEL);
	char *hidden = memory;

	if (!memory)
		return -ENOMEM;
	OPTIMIZER_HIDE_VAR(hidden);
	WRITE_ONCE(hidden[60], 1);
	kfree(memory);
	return 0;
}

static void __exit overflow_exit(void)
{
}

module_init(overflow_init);
module_exit(overflow_exit);

MODULE_DESCRIPTION("planted bug for the tests: an overflow");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
