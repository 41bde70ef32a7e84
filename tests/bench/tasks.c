/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads what /proc tells of all tasks while there are COUNT more, with kmt_procfs and without.
 *
 *	tasks COUNT
 *
 * Prints how many tasks there are, and the medians in microseconds: of one read of /proc/kmt_tasks, and of
 * a read of /proc/PID/stat and /proc/PID/status each, which together have the same figures.  Nobody
 * parses anything.
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "median.h"

#define RUNS	5
#define LARGE	(4 << 20)

static char *buffer;

/* The bytes of a file, 0 when it can not be read: a process may have ended. */
static size_t file_read(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY);
	ssize_t n;

	if (fd < 0)
		return 0;
	n = read(fd, buffer, LARGE);
	close(fd);
	return n > 0 ? (size_t)n : 0;
}

/* How many tasks it had. */
static size_t snapshot_read(void)
{
	size_t i, lines = 0, n = file_read(AT_FDCWD, "/proc/kmt_tasks");

	for (i = 0; i < n; i++)
		lines += buffer[i] == '\n';
	return lines;
}

static size_t processes_read(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	size_t count = 0;
	char name[300];

	while (proc && (entry = readdir(proc))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		snprintf(name, sizeof(name), "%s/stat", entry->d_name);
		if (!file_read(dirfd(proc), name))
			continue;
		snprintf(name, sizeof(name), "%s/status", entry->d_name);
		count += file_read(dirfd(proc), name) > 0;
	}
	closedir(proc);
	return count;
}

static uint64_t measure(size_t (*all_read)(void), size_t least)
{
	uint64_t us[RUNS], start;
	size_t i;

	for (i = 0; i < RUNS; i++) {
		start = util_now_us();
		if (all_read() < least) {
			fprintf(stderr, "tasks: some of them were not there\n");
			return 0;
		}
		us[i] = util_now_us() - start;
	}
	return median(us, RUNS);
}

static void tasks_make(pid_t *pids, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		pids[i] = fork();
		if (!pids[i]) {
			for (;;)
				pause();
		}
		if (pids[i] < 0) {
			perror("fork");
			exit(1);
		}
	}
}

static void tasks_end(const pid_t *pids, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		kill(pids[i], SIGKILL);
	while (wait(NULL) > 0)
		;
}

int main(int argc, char **argv)
{
	size_t count = argc == 2 ? strtoul(argv[1], NULL, 0) : 0;
	pid_t *pids = xcalloc(count + 1, sizeof(*pids));
	uint64_t ours, theirs;

	buffer = xcalloc(1, LARGE);
	tasks_make(pids, count);
	ours = measure(snapshot_read, count);
	theirs = measure(processes_read, count);
	if (ours && theirs)
		printf("%zu %lu %lu\n", processes_read(), ours, theirs);
	tasks_end(pids, count);
	free(pids);
	free(buffer);
	return !ours || !theirs;
}
