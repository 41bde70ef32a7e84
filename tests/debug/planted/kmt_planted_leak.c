/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A planted bug: memory that nobody points to any more. kmemleak has to find it. */
#include <linux/module.h>
#include <linux/slab.h>

static int __init leak_init(void)
{
	unsigned int i;

	/* Several: an old value on some stack may look like a pointer to one of them. */
	for (i = 0; i < 32; i++) {
		char *lost = kmalloc(64, GFP_KERNEL);

		if (!lost)
			return -ENOMEM;
		strscpy(lost, "kmt_planted_leak", 64);
		OPTIMIZER_HIDE_VAR(lost);
	}
	return 0;
}

static void __exit leak_exit(void)
{
}

module_init(leak_init);
module_exit(leak_exit);

MODULE_DESCRIPTION("planted bug for the tests: a leak");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
