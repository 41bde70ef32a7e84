/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A planted bug: two locks, taken in one order and then in the other. One task alone does not
 * hang on that; lockdep has to find it.
 */
#include <linux/module.h>
#include <linux/mutex.h>

static DEFINE_MUTEX(left);
static DEFINE_MUTEX(right);

static int __init deadlock_init(void)
{
	mutex_lock(&left);
	mutex_lock(&right);
	mutex_unlock(&right);
	mutex_unlock(&left);

	mutex_lock(&right);
	mutex_lock(&left);
	mutex_unlock(&left);
	mutex_unlock(&right);
	return 0;
}

static void __exit deadlock_exit(void)
{
}

module_init(deadlock_init);
module_exit(deadlock_exit);

MODULE_DESCRIPTION("planted bug for the tests: a deadlock");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
