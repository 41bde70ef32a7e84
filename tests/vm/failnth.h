/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes the nth call of this task that can fail inside the kernel fail: an allocation, a copy
 * from or to user space. Needs a kernel with CONFIG_FAULT_INJECTION.
 */
#ifndef FAILNTH_H
#define FAILNTH_H

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "probe.h"

#define FAIL_NTH	"/proc/thread-self/fail-nth"

static int armer = -1;	/* FAIL_NTH, open before anything can fail */

static inline void number_write(const char *path, unsigned int n)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", n);
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	MUST(fd >= 0);
	MUST(write(fd, text, len) == len);
	close(fd);
}

static inline void fault_arm(unsigned int n)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", n);

	MUST(pwrite(armer, text, len, 0) == len);
}

/*
 * What was asked for with N: 0 when the fault came, else how many calls were still to pass. These
 * calls can fail themselves: then the fault had not come before.
 */
static inline unsigned int fault_disarm(void)
{
	char text[16] = "";
	unsigned int left = 1;

	if (pread(armer, text, sizeof(text) - 1, 0) > 0)
		left = strtoul(text, NULL, 0);
	if (pwrite(armer, "0", 1, 0) != 1)
		fault_arm(0);
	return left;
}

/* By default only allocations that may not sleep fail, and each time the log gets a page of it. */
static const char *const zeroes[] = {
	"/sys/kernel/debug/failslab/ignore-gfp-wait",
	"/sys/kernel/debug/failslab/verbose",
	"/sys/kernel/debug/fail_page_alloc/ignore-gfp-wait",
	"/sys/kernel/debug/fail_page_alloc/ignore-gfp-highmem",
	"/sys/kernel/debug/fail_page_alloc/min-order",
	"/sys/kernel/debug/fail_page_alloc/verbose",
	"/sys/kernel/debug/fail_usercopy/verbose",
};

static inline void fault_init(void)
{
	size_t i;

	armer = open(FAIL_NTH, O_RDWR | O_CLOEXEC);
	MUST(armer >= 0);
	for (i = 0; i < sizeof(zeroes) / sizeof(zeroes[0]); i++)
		number_write(zeroes[i], 0);
}

#define FAILSLAB	"/sys/kernel/debug/failslab/"

/* Marks the workers of unbound queues, which have no fail-nth that another task could set. */
static inline void workers_mark(void)
{
	DIR *dir = opendir("/proc");
	struct dirent *e;
	char path[300], comm[32] = "";
	FILE *f;

	MUST(dir != NULL);
	while ((e = readdir(dir))) {
		snprintf(path, sizeof(path), "/proc/%s/comm", e->d_name);
		f = *e->d_name >= '1' && *e->d_name <= '9' ? fopen(path, "re") : NULL;
		if (!f)
			continue;
		if (fgets(comm, sizeof(comm), f) && !strncmp(comm, "kworker/u", 9)) {
			snprintf(path, sizeof(path), "/proc/%s/make-it-fail", e->d_name);
			number_write(path, 1);
		}
		fclose(f);
	}
	closedir(dir);
}

/* The next allocation of such a worker fails that comes after so many bytes. */
static inline void workers_fail(unsigned int after)
{
	workers_mark();
	number_write(FAILSLAB "task-filter", 1);
	number_write(FAILSLAB "space", after);
	number_write(FAILSLAB "times", 1);
	number_write(FAILSLAB "probability", 100);
}

static inline int number_read(const char *path)
{
	FILE *f = fopen(path, "re");
	int n;

	MUST(f != NULL && fscanf(f, "%d", &n) == 1);
	fclose(f);
	return n;
}

/* Returns whether one has failed. */
static inline int workers_well(void)
{
	int left = number_read(FAILSLAB "times");

	number_write(FAILSLAB "probability", 0);
	return left == 0;
}

#endif
