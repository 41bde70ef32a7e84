/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of kmt_procfs as a program sees them. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "probe.h"

#define TASKS "/proc/kmt_tasks"
#define SIZE (4u << 20)
#define CROWD 600
#define BURNT 100000000	/* nanoseconds: many ticks */

static char text[SIZE];
static size_t text_len;

struct line {
	int pid, tgid, ppid;
	unsigned int uid;
	char state;
	char name[65];
	int threads, nice;
	unsigned long long utime, stime, start;
	unsigned long rss;
};

/* One read takes all, and the next one says that this was all. */
static void tasks_take(void)
{
	int fd = open(TASKS, O_RDONLY);
	ssize_t n;

	MUST(fd >= 0);
	n = read(fd, text, SIZE - 1);
	MUST(n > 0);
	text_len = n;
	text[n] = '\0';
	MUST(text[n - 1] == '\n');
	MUST(read(fd, text + n, 1) == 0);
	close(fd);
}

static int line_parse(const char *from, struct line *l)
{
	int end = 0;
	int n = sscanf(from, "%d %d %d %u %c %64s %d %d %llu %llu %llu %lu%n", &l->pid, &l->tgid,
		       &l->ppid, &l->uid, &l->state, l->name, &l->threads, &l->nice, &l->utime,
		       &l->stime, &l->start, &l->rss, &end);

	return n == 12 && from[end] == '\n';
}

/* Finds a task; every line on the way must be well formed. */
static int tasks_find(int pid, struct line *l)
{
	const char *at = text;

	while (*at) {
		MUST(line_parse(at, l));
		if (l->pid == pid)
			return 1;
		at = strchr(at, '\n') + 1;
	}
	return 0;
}

static unsigned int tasks_count(void)
{
	unsigned int n = 0;
	const char *at;

	for (at = text; (at = strchr(at, '\n')); at++)
		n++;
	return n;
}

static pid_t child_start(const char *name, int nice)
{
	int ready[2];
	char byte;
	pid_t pid;

	MUST(pipe(ready) == 0);
	pid = fork();
	MUST(pid >= 0);
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prctl(PR_SET_NAME, name);
		setpriority(PRIO_PROCESS, 0, nice);
		if (write(ready[1], "", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	MUST(read(ready[0], &byte, 1) == 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

static void child_end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* This process as /proc/self/stat and the snapshot have it. */
static void same_as_stat(void)
{
	int ppid, nice, threads;
	unsigned long long start;
	struct line l;
	FILE *f = fopen("/proc/self/stat", "r");

	MUST(f != NULL);
	MUST(fscanf(f, "%*d (%*[^)]) %*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d "
		    "%*d %d %d %*d %llu", &ppid, &nice, &threads, &start) == 4);
	fclose(f);
	tasks_take();
	MUST(tasks_find(getpid(), &l));
	MUST(l.tgid == getpid() && l.ppid == ppid && l.uid == getuid());
	MUST(l.state == 'R' && l.nice == nice && l.threads == threads);
	MUST(l.start / (1000000000u / sysconf(_SC_CLK_TCK)) == start);
	MUST(!strcmp(l.name, "procfs_probe"));
}

/* The kernel keeps some pages of the sum per processor, so it is not the same to the page. */
static void memory(void)
{
	size_t page = sysconf(_SC_PAGESIZE);
	unsigned long resident;
	struct line l;
	FILE *f;

	MUST(mmap(NULL, 4096 * page, PROT_READ | PROT_WRITE,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0) != MAP_FAILED);
	tasks_take();	/* its buffer counts, too */
	tasks_take();
	f = fopen("/proc/self/statm", "r");
	MUST(f != NULL && fscanf(f, "%*u %lu", &resident) == 1);
	fclose(f);
	MUST(tasks_find(getpid(), &l));
	printf("%lu pages, %lu in statm\n", l.rss, resident);
	MUST(l.rss > 4096 && l.rss < resident + 200 && resident < l.rss + 200);
}

/* The processor's time of a process so far, in nanoseconds. No case needs so much. */
static unsigned long long cpu_used(pid_t pid)
{
	struct timespec used;
	clockid_t clock;

	MUST(clock_getcpuclockid(pid, &clock) == 0 && clock_gettime(clock, &used) == 0);
	MUST(used.tv_sec < 20);
	return used.tv_sec * 1000000000ull + used.tv_nsec;
}

static void *thread_burn(void *ready)
{
	prctl(PR_SET_NAME, "second");
	MUST(write(*(int *)ready, &(pid_t){ gettid() }, sizeof(pid_t)) == sizeof(pid_t));
	for (;;)
		;
	return NULL;
}

/* A thread has a line of its own, with its own number, name and time. */
static void threads(void)
{
	pthread_t thread;
	struct line l, first;
	int ready[2];
	pid_t tid;

	MUST(pipe(ready) == 0);
	MUST(pthread_create(&thread, NULL, thread_burn, &ready[1]) == 0);
	MUST(read(ready[0], &tid, sizeof(tid)) == sizeof(tid));
	do {
		usleep(10000);
		tasks_take();
		MUST(tasks_find(getpid(), &first));
		MUST(tasks_find(tid, &l));
	} while (cpu_used(getpid()) && l.utime < first.utime + BURNT);
	MUST(first.tgid == getpid() && first.threads == 2 && !strcmp(first.name, "procfs_probe"));
	MUST(tid != getpid() && l.tgid == getpid() && l.threads == 2 && !strcmp(l.name, "second"));
	MUST(l.ppid == getppid() && l.start >= first.start);
}

/* Another user's, but with root's rights. */
static pid_t burn(int in_kernel)
{
	pid_t pid = fork();

	MUST(pid >= 0);
	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	MUST(setresuid(1000, 0, 0) == 0);
	for (;;)
		if (in_kernel)
			getpriority(PRIO_USER, 0);	/* looks at every task */
	return 0;
}

/*
 * Times are counted at ticks, and interrupts are kernel time of whom they interrupt: but in the end
 * who burns one kind has more of it.
 */
static void times(void)
{
	int in_kernel;

	for (in_kernel = 0; in_kernel < 2; in_kernel++) {
		pid_t pid = burn(in_kernel);
		unsigned long long used, most, least;
		struct line l;

		do {
			usleep(50000);
			tasks_take();
			MUST(tasks_find(pid, &l));
			used = cpu_used(pid);
			most = in_kernel ? l.stime : l.utime;
			least = in_kernel ? l.utime : l.stime;
		} while (most < least + BURNT);
		printf("user %llu, system %llu of %llu ns\n", l.utime, l.stime, used);
		MUST(l.utime + l.stime < 10 * used);
		MUST(l.uid == 1000 && l.threads == 1 && l.tgid == pid);
		child_end(pid);
	}
}

static void names(void)
{
	static const struct {
		const char *name, *shown;
	} cases[] = {
		{ "two words", "two\\040words" },
		{ "a\nb\t\033\\", "a\\012b\\011\\033\\134" },
		{ "\303\244", "\\303\\244" },
		{ "", "\\000" },
		{ "((", "((" },
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		pid_t pid = child_start(cases[i].name, 7);
		struct line l;

		tasks_take();
		MUST(tasks_find(pid, &l));
		MUST(!strcmp(l.name, cases[i].shown));
		MUST(l.nice == 7 && l.ppid == getpid());
		child_end(pid);
	}
}

static void zombie(void)
{
	pid_t pid = child_start("zombie", 0);
	struct line l;
	siginfo_t info;

	kill(pid, SIGKILL);
	MUST(waitid(P_PID, pid, &info, WEXITED | WNOWAIT) == 0);
	tasks_take();
	MUST(tasks_find(pid, &l));
	MUST(l.state == 'Z' && l.rss == 0);
	child_end(pid);
	tasks_take();
	MUST(!tasks_find(pid, &l));
}

/* More tasks than the first try has room for, and more text than one page. */
static void crowd(void)
{
	static pid_t pids[CROWD];
	unsigned int before, i;
	struct line l;

	tasks_take();
	before = tasks_count();
	for (i = 0; i < CROWD; i++) {
		pids[i] = fork();
		MUST(pids[i] >= 0);
		if (pids[i] == 0) {
			pause();
			_exit(0);
		}
	}
	tasks_take();
	MUST(tasks_count() >= before + CROWD - 20 && tasks_count() <= before + CROWD + 20);
	for (i = 0; i < CROWD; i += 100)
		MUST(tasks_find(pids[i], &l));
	printf("%u tasks in %zu bytes\n", tasks_count(), text_len);
	for (i = 0; i < CROWD; i++)
		child_end(pids[i]);
}

/* Any cut of the reads, and any place to start at, give the same bytes. */
static void cuts_and_seeks(void)
{
	static char piece[SIZE];
	int fd = open(TASKS, O_RDONLY);
	size_t at = 0;
	ssize_t n;

	MUST(fd >= 0);
	n = read(fd, text, SIZE);
	MUST(n > 0);
	text_len = n;
	MUST(lseek(fd, 0, SEEK_SET) == 0);
	while ((n = read(fd, piece + at, 1 + at % 97)) > 0)
		at += n;
	MUST(at == text_len && !memcmp(piece, text, at));
	MUST(lseek(fd, 0, SEEK_END) == (off_t)text_len);
	MUST(lseek(fd, -10, SEEK_CUR) == (off_t)text_len - 10);
	MUST(read(fd, piece, 100) == 10 && !memcmp(piece, text + text_len - 10, 10));
	FAILS(lseek(fd, -1, SEEK_SET), EINVAL);
	FAILS(lseek(fd, 1, SEEK_END), EINVAL);
	MUST(pread(fd, piece, 5, 7) == 5 && !memcmp(piece, text + 7, 5));
	close(fd);
}

static void bad_pointers(void)
{
	long page = sysconf(_SC_PAGESIZE);
	char *p = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fd = open(TASKS, O_RDONLY);
	int control = open("/proc/kmt_procfs", O_WRONLY);

	/* volatile: or the compiler sees that it is no pointer. */
	void *volatile wild = (void *)8;

	MUST(p != MAP_FAILED && fd >= 0 && control >= 0);
	MUST(munmap(p + page, page) == 0);
	FAILS(read(fd, wild, 100), EFAULT);
	MUST(read(fd, p + page - 10, 100) == 10);
	MUST(read(fd, p, 0) == 0);
	FAILS(write(control, wild, 5), EFAULT);
	FAILS(write(control, p + page - 3, 5), EFAULT);
	FAILS(write(control, p, 0), EINVAL);
	FAILS(write(control, "reset\0x", 7), EINVAL);
	FAILS(write(fd, "x", 1), EBADF);
	close(control);
	close(fd);
}

/* Nobody but root: the snapshot tells of every user's tasks. */
static void not_root(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		MUST(setgid(65534) == 0 && setuid(65534) == 0);
		FAILS(open(TASKS, O_RDONLY), EACCES);
		FAILS(open("/proc/kmt_file", O_RDONLY), EACCES);
		FAILS(open("/proc/kmt_procfs", O_WRONLY), EACCES);
		MUST(open("/proc/kmt_procfs", O_RDONLY) >= 0);
		MUST(open("/proc/kmt_self", O_RDONLY) >= 0);
		exit(0);
	}
	child_ok(pid);
}

/* Runs as a child. What it may not, root may: the file was opened by root. */
static void unreadable(int control)
{
	MUST(setgid(65534) == 0 && setuid(65534) == 0);
	FAILS(write(control, "read hostname", 13), EACCES);
	exit(0);
}

/* Runs as a child in a root directory that has another file of that name. */
static void elsewhere(int control)
{
	MUST(chroot("/tmp/elsewhere") == 0);
	MUST(write(control, "read hostname", 13) == 13);
	exit(0);
}

/* A file is read with the rights and in the root directory of the writer, not of who opened the control. */
static void writer(void)
{
	static void (*const writers[])(int) = { unreadable, elsewhere };
	int control = open("/proc/kmt_procfs", O_WRONLY);
	size_t i;

	MUST(control >= 0);
	for (i = 0; i < sizeof(writers) / sizeof(writers[0]); i++) {
		pid_t pid = fork();

		MUST(pid >= 0);
		if (pid == 0)
			writers[i](control);
		child_ok(pid);
	}
	close(control);
}

/* In a pid namespace of its own the first process is 1 and sees nobody outside. */
static void namespace(void)
{
	pid_t pid;
	struct line l;

	MUST(unshare(CLONE_NEWPID) == 0);
	pid = fork();
	if (pid == 0) {
		tasks_take();
		MUST(tasks_count() == 1);
		MUST(tasks_find(1, &l) && l.ppid == 0 && l.tgid == 1);
		exit(0);
	}
	child_ok(pid);
}

/* Two snapshots, and no third while they are open. */
static void open_limit(void)
{
	int one = open(TASKS, O_RDONLY), two = open(TASKS, O_RDONLY);

	MUST(one >= 0 && two >= 0);
	FAILS(open(TASKS, O_RDONLY), EBUSY);
	close(one);
	one = open(TASKS, O_RDONLY);
	MUST(one >= 0);
	close(one);
	close(two);
}

static void task_limit(void)
{
	FAILS(open(TASKS, O_RDONLY), EFBIG);
}

static const struct probe_case cases[] = {
	{ "same_as_stat", same_as_stat },
	{ "memory", memory },
	{ "threads", threads },
	{ "times", times },
	{ "names", names },
	{ "zombie", zombie },
	{ "crowd", crowd },
	{ "cuts_and_seeks", cuts_and_seeks },
	{ "bad_pointers", bad_pointers },
	{ "not_root", not_root },
	{ "writer", writer },
	{ "namespace", namespace },
	{ "open_limit", open_limit },
	{ "task_limit", task_limit },
	{ NULL, NULL },
};

int main(int argc, char **argv)
{
	return probe_main(cases, argc, argv);
}
