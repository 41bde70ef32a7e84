/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a command again and again, its output thrown away, and prints one line: the medians of
 * its wall time and its CPU time in microseconds, and of its peak memory in KiB.
 *
 *	times RUNS DIR COMMAND [ARGUMENT...]
 *
 * With DIR other than "/" the command runs inside it, as chroot(8) would do.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "median.h"

struct run {
	uint64_t wall_us, cpu_us, rss_kib;
};

static void child(const char *dir, char **argv)
{
	int null = open("/dev/null", O_WRONLY);

	dup2(null, STDOUT_FILENO);
	if (strcmp(dir, "/") && (chroot(dir) || chdir("/")))
		_exit(126);
	execvp(argv[0], argv);
	_exit(127);
}

static uint64_t time_us(struct timeval t)
{
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_usec;
}

/* The command's exit status, 128 when it was killed. */
static int run_once(const char *dir, char **argv, struct run *run)
{
	uint64_t start = util_now_us();
	struct rusage usage;
	pid_t pid = fork();
	int status;

	if (!pid)
		child(dir, argv);
	if (pid < 0 || wait4(pid, &status, 0, &usage) < 0)
		return 128;
	run->wall_us = util_now_us() - start;
	run->cpu_us = time_us(usage.ru_utime) + time_us(usage.ru_stime);
	run->rss_kib = (uint64_t)usage.ru_maxrss;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

int main(int argc, char **argv)
{
	size_t i, n = argc > 3 ? (size_t)atoi(argv[1]) : 0;
	uint64_t *wall, *cpu, *rss;
	struct run run;
	int status;

	if (!n)
		return 2;
	wall = xcalloc(n, sizeof(*wall));
	cpu = xcalloc(n, sizeof(*cpu));
	rss = xcalloc(n, sizeof(*rss));
	for (i = 0; i < n; i++) {
		status = run_once(argv[2], argv + 3, &run);
		if (status) {
			fprintf(stderr, "times: %s: status %d\n", argv[3], status);
			return 1;
		}
		wall[i] = run.wall_us;
		cpu[i] = run.cpu_us;
		rss[i] = run.rss_kib;
	}
	printf("%llu %llu %llu\n", (unsigned long long)median(wall, n),
	       (unsigned long long)median(cpu, n), (unsigned long long)median(rss, n));
	free(wall);
	free(cpu);
	free(rss);
	return 0;
}
