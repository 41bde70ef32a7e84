/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A planted bug: two threads count with one number and no lock. KCSAN has to find it. */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>

static unsigned long number;
static struct task_struct *racers[2];

static int race_run(void *unused)
{
	while (!kthread_should_stop()) {
		number++;
		cond_resched();
	}
	return 0;
}

static void race_stop(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(racers) && racers[i]; i++)
		kthread_stop(racers[i]);
}

static int __init race_init(void)
{
	struct task_struct *racer;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(racers); i++) {
		racer = kthread_run(race_run, NULL, "kmt_race%u", i);
		if (IS_ERR(racer)) {
			race_stop();
			return PTR_ERR(racer);
		}
		racers[i] = racer;
	}
	return 0;
}

static void __exit race_exit(void)
{
	race_stop();
}

module_init(race_init);
module_exit(race_exit);

MODULE_DESCRIPTION("planted bug for the tests: a data race");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
