// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kmt_procfs - files in /proc
 *
 * What it shows: four ways to make a file. /proc/kmt_tasks is a snapshot of all
 * tasks, taken when it is opened and read in one piece. /proc/kmt_self tells the
 * reader about itself. /proc/kmt_procfs has the module's statistics and takes
 * commands. /proc/kmt_file has the first bytes of a file that the module read
 * itself, from inside the kernel.
 *
 * Try it:
 *	modprobe kmt_procfs
 *	cat /proc/kmt_self
 *	head -n 3 /proc/kmt_tasks
 *	echo read hostname > /proc/kmt_procfs; cat /proc/kmt_file
 *	cat /proc/kmt_procfs
 *	modprobe -r kmt_procfs
 *
 * Where the kernel does the same: fs/proc/array.c tells of one task;
 * drivers/mtd/mtdcore.c makes a seq_file; net/netfilter/xt_recent.c takes
 * commands; fs/kernel_read_file.c reads files.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/smp.h>
#include <linux/uaccess.h>

#include "tasks.h"

#define MAX_TASKS_MAX	1048576
#define MAX_OPEN_MAX	256
#define COMMAND_SIZE	32	/* at most 31 characters */
#define FILE_SIZE	4096

/* Parameters. The kernel calls the set functions with the module's parameter lock held. */

static int max_tasks_set(const char *val, const struct kernel_param *kp);
static int max_open_set(const char *val, const struct kernel_param *kp);

static unsigned int max_tasks = 65536;
static const struct kernel_param_ops max_tasks_ops = {
	.set = max_tasks_set,
	.get = param_get_uint,
};
module_param_cb(max_tasks, &max_tasks_ops, &max_tasks, 0644);
__MODULE_PARM_TYPE(max_tasks, "uint");
MODULE_PARM_DESC(max_tasks, "the most tasks a snapshot may have, 1-1048576 (default 65536)");

static unsigned int max_open = 16;
static const struct kernel_param_ops max_open_ops = { .set = max_open_set, .get = param_get_uint };
module_param_cb(max_open, &max_open_ops, &max_open, 0644);
__MODULE_PARM_TYPE(max_open, "uint");
MODULE_PARM_DESC(max_open, "the most snapshots at the same time, 1-256 (default 16)");

/* State */

enum { SNAPSHOTS, RETRIES, REFUSED, SELF_READS, FILE_READS, COMMANDS, COMMANDS_REFUSED, COUNTERS };

static const char * const counter_names[COUNTERS] = {
	[SNAPSHOTS] = "snapshots",
	[RETRIES] = "snapshot_retries",
	[REFUSED] = "snapshots_refused",
	[SELF_READS] = "self_reads",
	[FILE_READS] = "file_reads",
	[COMMANDS] = "commands",
	[COMMANDS_REFUSED] = "commands_refused",
};

static atomic_long_t counters[COUNTERS];
static atomic_t snapshots_open;
static atomic_long_t last_tasks;
static atomic_long_t last_bytes;

/* What the module has read from a file. */
static DEFINE_MUTEX(file_lock);
static const char *file_name = "none";
static char *file_bytes;
static size_t file_len;

/* Operations: parameters */

static int max_tasks_set(const char *val, const struct kernel_param *kp)
{
	return param_set_uint_minmax(val, kp, 1, MAX_TASKS_MAX);
}

static int max_open_set(const char *val, const struct kernel_param *kp)
{
	return param_set_uint_minmax(val, kp, 1, MAX_OPEN_MAX);
}

static unsigned int limit_read(const unsigned int *limit)
{
	unsigned int n;

	kernel_param_lock(THIS_MODULE);
	n = *limit;
	kernel_param_unlock(THIS_MODULE);
	return n;
}

/* Operations: /proc/kmt_tasks. A snapshot belongs to the open file. */

static int tasks_open(struct inode *inode, struct file *file)
{
	struct snapshot *s;
	int ret;

	if (atomic_inc_return(&snapshots_open) > limit_read(&max_open)) {
		ret = -EBUSY;
		goto out_close;
	}
	s = snapshot_new(limit_read(&max_tasks));
	if (IS_ERR(s)) {
		ret = PTR_ERR(s);
		goto out_close;
	}
	atomic_long_inc(&counters[SNAPSHOTS]);
	atomic_long_add(s->retries, &counters[RETRIES]);
	atomic_long_set(&last_tasks, s->tasks);
	atomic_long_set(&last_bytes, s->len);
	file->private_data = s;
	return 0;

out_close:
	atomic_dec(&snapshots_open);
	atomic_long_inc(&counters[REFUSED]);
	return ret;
}

static ssize_t tasks_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	const struct snapshot *s = file->private_data;

	return simple_read_from_buffer(to, count, pos, s->text, s->len);
}

static loff_t tasks_lseek(struct file *file, loff_t offset, int whence)
{
	const struct snapshot *s = file->private_data;

	return fixed_size_llseek(file, offset, whence, s->len);
}

static int tasks_release(struct inode *inode, struct file *file)
{
	snapshot_free(file->private_data);
	atomic_dec(&snapshots_open);
	return 0;
}

/* Operations: /proc/kmt_self. In a read, current is the reader. */

static int self_show(struct seq_file *m, void *v)
{
	char comm[TASK_COMM_LEN], name[NAME_SIZE];

	name_escape(name, get_task_comm(comm, current));
	atomic_long_inc(&counters[SELF_READS]);
	/* current->pid is the number in the first namespace; the reader knows another one. */
	seq_printf(m, "pid %d\n", task_pid_vnr(current));
	seq_printf(m, "tgid %d\n", task_tgid_vnr(current));
	seq_printf(m, "ppid %d\n", task_ppid_nr_ns(current, task_active_pid_ns(current)));
	seq_printf(m, "uid %u\n", from_kuid_munged(seq_user_ns(m), current_uid()));
	seq_printf(m, "euid %u\n", from_kuid_munged(seq_user_ns(m), current_euid()));
	seq_printf(m, "gid %u\n", from_kgid_munged(seq_user_ns(m), current_gid()));
	seq_printf(m, "name %s\n", name);
	/* Another thread may be born at this moment. */
	seq_printf(m, "threads %d\n", data_race(get_nr_threads(current)));
	/* And somebody else may change this. */
	seq_printf(m, "nice %d\n", data_race(task_nice(current)));
	seq_printf(m, "cpu %d\n", raw_smp_processor_id());
	return 0;
}

/* Operations: /proc/kmt_file, what a command has read */

static int file_show(struct seq_file *m, void *v)
{
	mutex_lock(&file_lock);
	seq_write(m, file_bytes, file_len);
	mutex_unlock(&file_lock);
	return 0;
}

/* The only files that this module reads: a path never comes from outside. */
static const struct readable {
	const char *name;
	const char *path;
} readables[] = {
	{ "hostname", "/etc/hostname" },
	{ "os-release", "/etc/os-release" },
	{ "version", "/proc/version" },
};

/*
 * The file is opened with the rights and in the root directory of the process
 * that gives the command. It must be a regular file; a pipe could block for ever.
 */
static ssize_t file_read(const char *path, char *bytes)
{
	struct file *file = filp_open(path, O_RDONLY | O_NONBLOCK | O_LARGEFILE, 0);
	ssize_t len = 0, n;
	loff_t pos = 0;

	if (IS_ERR(file))
		return PTR_ERR(file);
	n = S_ISREG(file_inode(file)->i_mode) ? 1 : -EINVAL;
	while (n > 0 && len < FILE_SIZE) {
		n = kernel_read(file, bytes + len, FILE_SIZE - len, &pos);
		if (n > 0)
			len += n;
	}
	filp_close(file, NULL);
	return n < 0 ? n : len;
}

static int file_take(const struct readable *r)
{
	char *bytes = kmalloc(FILE_SIZE, GFP_KERNEL_ACCOUNT);
	ssize_t len;

	if (!bytes)
		return -ENOMEM;
	len = file_read(r->path, bytes);
	if (len >= 0) {
		mutex_lock(&file_lock);
		swap(file_bytes, bytes);
		file_len = len;
		file_name = r->name;
		mutex_unlock(&file_lock);
		atomic_long_inc(&counters[FILE_READS]);
		pr_info("read %zd bytes of %s for pid %d\n", len, r->path, current->pid);
	}
	kfree(bytes);
	return len < 0 ? len : 0;
}

/* Operations: /proc/kmt_procfs, statistics and commands */

static int stats_show(struct seq_file *m, void *v)
{
	unsigned int i;

	for (i = 0; i < COUNTERS; i++)
		seq_printf(m, "%s %ld\n", counter_names[i], atomic_long_read(&counters[i]));
	seq_printf(m, "snapshots_open %d\n", atomic_read(&snapshots_open));
	seq_printf(m, "last_tasks %ld\n", atomic_long_read(&last_tasks));
	seq_printf(m, "last_bytes %ld\n", atomic_long_read(&last_bytes));
	mutex_lock(&file_lock);
	seq_printf(m, "file_name %s\n", file_name);
	seq_printf(m, "file_bytes %zu\n", file_len);
	mutex_unlock(&file_lock);
	return 0;
}

static int command_reset(const char *argument)
{
	unsigned int i;

	if (argument)
		return -EINVAL;
	for (i = 0; i < COUNTERS; i++)
		atomic_long_set(&counters[i], 0);
	return 0;
}

static int command_read(const char *argument)
{
	unsigned int i;

	if (!argument)
		return -EINVAL;
	for (i = 0; i < ARRAY_SIZE(readables); i++)
		if (!strcmp(argument, readables[i].name))
			return file_take(&readables[i]);
	return -EINVAL;
}

static const struct command {
	const char *name;
	int (*run)(const char *argument);	/* NULL when there is none */
} commands[] = {
	{ "reset", command_reset },
	{ "read", command_read },
};

/* A line is a word, and perhaps one space and one more word. */
static int command_run(char *line)
{
	char *argument = line;
	const char *name = strsep(&argument, " ");
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(name, commands[i].name))
			return commands[i].run(argument);
	return -EINVAL;
}

/* One write is one command, with or without a newline at its end. */
static ssize_t command_write(struct file *file, const char __user *from, size_t count, loff_t *pos)
{
	char line[COMMAND_SIZE];
	size_t len = count;
	int ret = -EINVAL;

	if (count < sizeof(line)) {
		if (copy_from_user(line, from, count))
			return -EFAULT;
		if (len && line[len - 1] == '\n')
			len--;
		line[len] = '\0';
		if (strlen(line) == len)
			ret = command_run(line);
	}
	atomic_long_inc(&counters[ret ? COMMANDS_REFUSED : COMMANDS]);
	return ret ? ret : count;
}

static int command_open(struct inode *inode, struct file *file)
{
	return single_open(file, stats_show, NULL);
}

/* Tables */

static const struct proc_ops tasks_ops = {
	.proc_open = tasks_open,
	.proc_read = tasks_read,
	.proc_lseek = tasks_lseek,
	.proc_release = tasks_release,
};

static const struct proc_ops command_ops = {
	.proc_open = command_open,
	.proc_read_iter = seq_read_iter,
	.proc_write = command_write,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

/* Init, and exit as its mirror */

static int __init procfs_init(void)
{
	int ret = -ENOMEM;

	if (!proc_create("kmt_tasks", 0400, NULL, &tasks_ops))
		goto out;
	if (!proc_create_single("kmt_self", 0444, NULL, self_show))
		goto out_tasks;
	if (!proc_create_single("kmt_file", 0400, NULL, file_show))
		goto out_self;
	if (!proc_create("kmt_procfs", 0644, NULL, &command_ops))
		goto out_file;
	pr_info("ready: see kmt_tasks, kmt_self, kmt_file and kmt_procfs in /proc\n");
	return 0;

out_file:
	remove_proc_entry("kmt_file", NULL);
out_self:
	remove_proc_entry("kmt_self", NULL);
out_tasks:
	remove_proc_entry("kmt_tasks", NULL);
out:
	return ret;
}

/* Removing an entry waits for its callers, and releases the files that are still open. */
static void __exit procfs_exit(void)
{
	remove_proc_entry("kmt_procfs", NULL);
	remove_proc_entry("kmt_file", NULL);
	remove_proc_entry("kmt_self", NULL);
	remove_proc_entry("kmt_tasks", NULL);
	kfree(file_bytes);
	pr_info("gone\n");
}

module_init(procfs_init);
module_exit(procfs_exit);

MODULE_DESCRIPTION("files in /proc: all tasks, the reader itself, commands");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
