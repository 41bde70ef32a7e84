/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loads a module again and again, as it is or with the first, second, third ... call that can
 * fail made to fail, until a load comes to its end without reaching that call. Whatever happens,
 * a load that failed leaves nothing behind, and one that succeeded can be unloaded.
 *
 *	failnth_probe cycles COUNT FILE.ko [PARAMETERS]
 *	failnth_probe faults MOST FILE.ko [PARAMETERS]
 *
 * Ends with a line of figures.
 */
#include <dirent.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "probe.h"

#define FAIL_NTH	"/proc/thread-self/fail-nth"

struct run {
	const char *file;
	const char *parameters;
	char module[64];
	unsigned int loads;	/* that succeeded */
	unsigned int faults;	/* injected */
	unsigned int survived;	/* of these, loads that succeeded all the same */
};

static int armer = -1;	/* FAIL_NTH, open before anything can fail */

static void number_write(const char *path, unsigned int n)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", n);
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	MUST(fd >= 0);
	MUST(write(fd, text, len) == len);
	close(fd);
}

static void fault_arm(unsigned int n)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", n);

	MUST(pwrite(armer, text, len, 0) == len);
}

/*
 * What was asked for with N: 0 when the fault came, else how many calls were still to pass. These
 * calls can fail themselves: then the fault had not come before.
 */
static unsigned int fault_disarm(void)
{
	char text[16] = "";
	unsigned int left = 1;

	if (pread(armer, text, sizeof(text) - 1, 0) > 0)
		left = strtoul(text, NULL, 0);
	if (pwrite(armer, "0", 1, 0) != 1)
		fault_arm(0);
	return left;
}

static void name_keep(struct run *r)
{
	char path[256];

	MUST(strlen(r->file) < sizeof(path));
	strcpy(path, r->file);
	MUST((size_t)snprintf(r->module, sizeof(r->module), "%s", basename(path)) < sizeof(r->module));
	MUST(strlen(r->module) > 3);
	r->module[strlen(r->module) - 3] = '\0';	/* .ko */
}

/* A name in a folder that is the module's, or starts with it. */
static int trace_in(const char *folder, const char *start)
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	int found = 0;

	if (!dir)
		return 0;
	while (!found && (e = readdir(dir)))
		found = !strncmp(e->d_name, start, strlen(start));
	if (found)
		printf("%s/%s is still there\n", folder, e->d_name);
	closedir(dir);
	return found;
}

static int trace_line(const char *path, const char *name)
{
	FILE *f = fopen(path, "r");
	char line[512];
	int found = 0;

	MUST(f != NULL);
	while (!found && fgets(line, sizeof(line), f))
		found = strstr(line, name) != NULL;
	if (found)
		printf("%s still has: %s", path, line);
	fclose(f);
	return found;
}

/* The suite's modules name all that they make kmt_...; one of them is loaded at a time. */
static int trace_left(const struct run *r)
{
	return trace_in("/proc", "kmt_") || trace_in("/dev", "kmt_") || trace_in("/sys/class", "kmt_") ||
		trace_in("/sys/module", r->module) || trace_in("/sys/devices/virtual", "kmt_") ||
		trace_in("/sys/bus/workqueue/devices", "kmt_") ||
		trace_line("/proc/modules", r->module) || trace_line("/proc/devices", r->module);
}

/* With nth, *left says what is left of it. */
static int module_load(const struct run *r, unsigned int nth, unsigned int *left)
{
	int fd = open(r->file, O_RDONLY | O_CLOEXEC);
	int ret, error;

	MUST(fd >= 0);
	if (nth)
		fault_arm(nth);
	ret = syscall(SYS_finit_module, fd, r->parameters, 0);
	error = errno;
	if (nth)
		*left = fault_disarm();
	close(fd);
	errno = error;
	return ret;
}

/* Somebody may hold a reference for a moment. */
static void module_unload(const struct run *r)
{
	struct timespec moment = { 0, 10000000 };
	int ret = -1, tries;

	for (tries = 0; ret && tries < 500; tries++) {
		ret = syscall(SYS_delete_module, r->module, O_NONBLOCK);
		if (ret)
			nanosleep(&moment, NULL);
	}
	MUST(!ret);
	MUST(!trace_left(r));
}

static void cycles_run(struct run *r, unsigned int count)
{
	for (; r->loads < count; r->loads++) {
		MUST(!module_load(r, 0, NULL));
		module_unload(r);
	}
}

/* False when the load did not reach its nth call that can fail. */
static int fault_run(struct run *r, unsigned int nth)
{
	unsigned int left;
	int ret = module_load(r, nth, &left);
	int error = errno;

	if (ret && left)
		printf("fault %u did not come, and the load failed\n", nth);
	MUST(!ret || !left);
	r->faults += !left;
	r->loads += !ret;
	r->survived += !ret && !left;
	if (!ret)
		module_unload(r);
	else if (trace_left(r))
		printf("fault %u: error %d left a trace\n", nth, error), exit(1);
	return !left;
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

static void faults_run(struct run *r, unsigned int most)
{
	unsigned int nth = 1;
	size_t i;

	armer = open(FAIL_NTH, O_RDWR | O_CLOEXEC);
	MUST(armer >= 0);
	for (i = 0; i < sizeof(zeroes) / sizeof(zeroes[0]); i++)
		number_write(zeroes[i], 0);
	while (fault_run(r, nth))
		MUST(nth++ < most);
}

int main(int argc, char **argv)
{
	struct run r = { .parameters = argc > 4 ? argv[4] : "" };
	struct timespec start, end;

	if (argc < 4)
		return 2;
	setbuf(stdout, NULL);
	r.file = argv[3];
	name_keep(&r);
	MUST(!trace_left(&r));
	clock_gettime(CLOCK_MONOTONIC, &start);
	if (!strcmp(argv[1], "cycles"))
		cycles_run(&r, atoi(argv[2]));
	else
		faults_run(&r, atoi(argv[2]));
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("%s: %u loads, %u faults injected, %u survived, %ld s\n", r.module, r.loads, r.faults,
	       r.survived, (long)(end.tv_sec - start.tv_sec));
	return 0;
}
