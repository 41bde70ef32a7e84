/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A snapshot of all tasks as text, one line a task. The tasks are copied under
 * RCU, where nothing may sleep, into an array that was allocated before; if they
 * turn out to be more, the array grows and the copy is made again. The text is
 * made of the array afterwards.
 */
#ifndef KMT_PROCFS_TASKS_H
#define KMT_PROCFS_TASKS_H

#include <linux/compiler.h>
#include <linux/cred.h>
#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uidgid.h>

#define TASKS_FIRST	256	/* room for the first try */
#define TEXT_FIRST	SZ_16K
#define NAME_SIZE	(4 * TASK_COMM_LEN)
#define LINE_SIZE	256	/* more than the longest line */

struct task_copy {
	pid_t pid;
	pid_t tgid;
	pid_t ppid;
	uid_t uid;
	int threads;
	int nice;
	char state;
	char name[TASK_COMM_LEN];
	u64 utime;
	u64 stime;
	u64 start;
	unsigned long rss;
};

struct snapshot {
	char *text;
	size_t len;
	size_t size;
	size_t tasks;
	unsigned int retries;
};

/*
 * Copy a task that may run on another CPU meanwhile: a number may be a little
 * older than its neighbour. False when the namespace does not know the task.
 */
static bool task_copy_fill(struct task_copy *to, struct task_struct *t, struct pid_namespace *ns)
{
	to->pid = task_pid_nr_ns(t, ns);
	if (!to->pid)
		return false;
	to->tgid = task_tgid_nr_ns(t, ns);
	to->ppid = task_ppid_nr_ns(t, ns);
	to->uid = from_kuid_munged(current_user_ns(), task_uid(t));
	to->state = data_race(task_state_to_char(t));	/* may change, as the next five */
	to->threads = data_race(get_nr_threads(t));
	to->nice = data_race(task_nice(t));		/* by setpriority(2) */
	to->utime = data_race(t->utime);		/* by the clock */
	to->stime = data_race(t->stime);		/* by the clock */
	to->start = data_race(t->start_boottime);	/* when a thread becomes the process */

	/* Holds the name, and keeps the memory map from going away. */
	task_lock(t);
	strscpy(to->name, t->comm, sizeof(to->name));
	/* Other flags may change. */
	to->rss = t->mm && !(data_race(t->flags) & PF_KTHREAD) ? get_mm_rss(t->mm) : 0;
	task_unlock(t);
	return true;
}

/* Fill at most max copies, but count all tasks. */
static size_t tasks_copy(struct task_copy *copies, size_t max, struct pid_namespace *ns)
{
	struct task_struct *process, *t;
	struct task_copy spare;
	size_t n = 0;

	rcu_read_lock();
	for_each_process_thread(process, t)
		if (task_copy_fill(n < max ? &copies[n] : &spare, t, ns))
			n++;
	rcu_read_unlock();
	return n;
}

/* Returns the copies and their number, -EFBIG when there are more than limit. */
static struct task_copy *tasks_collect(size_t limit, struct snapshot *s)
{
	struct pid_namespace *ns = task_active_pid_ns(current);
	size_t max = min_t(size_t, limit, TASKS_FIRST);
	struct task_copy *copies;

	for (;;) {
		copies = kvmalloc_array(max, sizeof(*copies), GFP_KERNEL_ACCOUNT);
		if (!copies)
			return ERR_PTR(-ENOMEM);
		s->tasks = tasks_copy(copies, max, ns);
		if (s->tasks <= max)
			return copies;
		kvfree(copies);
		if (s->tasks > limit)
			return ERR_PTR(-EFBIG);
		if (fatal_signal_pending(current))
			return ERR_PTR(-EINTR);
		/* Some more may be born until the next try. */
		max = min(limit, s->tasks + s->tasks / 8 + 16);
		s->retries++;
	}
}

/* A name may hold anything: what would break a line or a field becomes \ooo, as in /proc/mounts. */
static void name_escape(char *to, const char *name)
{
	const char *c;

	if (!*name)
		to += sprintf(to, "\\000");
	for (c = name; *c; c++) {
		if (isascii(*c) && isgraph(*c) && *c != '\\')
			*to++ = *c;
		else
			to += sprintf(to, "\\%03o", (unsigned char)*c);
	}
	*to = '\0';
}

static size_t task_copy_print(char *line, const struct task_copy *c)
{
	char name[NAME_SIZE];

	name_escape(name, c->name);
	return scnprintf(line, LINE_SIZE, "%d %d %d %u %c %s %d %d %llu %llu %llu %lu\n",
			 c->pid, c->tgid, c->ppid, c->uid, c->state, name, c->threads, c->nice,
			 c->utime, c->stime, c->start, c->rss);
}

/* Make room for one more line. */
static int snapshot_reserve(struct snapshot *s)
{
	size_t size = s->size ? 2 * s->size : TEXT_FIRST;
	char *text;

	if (s->size - s->len >= LINE_SIZE)
		return 0;
	text = kvmalloc(size, GFP_KERNEL_ACCOUNT);
	if (!text)
		return -ENOMEM;
	if (s->len)
		memcpy(text, s->text, s->len);
	kvfree(s->text);
	s->text = text;
	s->size = size;
	return 0;
}

static int snapshot_print(struct snapshot *s, const struct task_copy *copies)
{
	size_t i;
	int ret;

	for (i = 0; i < s->tasks; i++) {
		ret = snapshot_reserve(s);
		if (ret)
			return ret;
		s->len += task_copy_print(s->text + s->len, &copies[i]);
		cond_resched();
	}
	return 0;
}

static void snapshot_free(struct snapshot *s)
{
	if (!s)
		return;
	kvfree(s->text);
	kfree(s);
}

/* The caller frees it. */
static struct snapshot *snapshot_new(size_t limit)
{
	struct snapshot *s = kzalloc(sizeof(*s), GFP_KERNEL_ACCOUNT);
	struct task_copy *copies;
	int ret;

	if (!s)
		return ERR_PTR(-ENOMEM);
	copies = tasks_collect(limit, s);
	if (IS_ERR(copies)) {
		ret = PTR_ERR(copies);
		goto out_free;
	}
	ret = snapshot_print(s, copies);
	kvfree(copies);
	if (ret)
		goto out_free;
	return s;

out_free:
	snapshot_free(s);
	return ERR_PTR(ret);
}

#endif /* KMT_PROCFS_TASKS_H */
