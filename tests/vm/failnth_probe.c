/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loads a module again and again, as it is or with the first, second, third ... call that can
 * fail made to fail, until a load comes to its end without reaching that call. Whatever happens,
 * a load that failed leaves nothing behind, and one that succeeded can be unloaded.
 *
 *	failnth_probe cycles COUNT FILE.ko [PARAMETERS]
 *	failnth_probe faults MOST FILE.ko [PARAMETERS]
 *	failnth_probe workers MOST FILE.ko [PARAMETERS]
 *
 * The last one is for what a module's load has done by a queue's worker: there an allocation fails
 * after some bytes, and more bytes each time, up to MOST.
 *
 * Ends with a line of figures.
 */
#include <dirent.h>
#include <time.h>

#include "failnth.h"
#include "loader.h"

#define WORKERS_STEP	200	/* bytes */

struct run {
	struct loader l;
	unsigned int loads;	/* that succeeded */
	unsigned int faults;	/* injected */
	unsigned int survived;	/* of these, loads that succeeded all the same */
};

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

/* What a module makes is called like the module, but for these. */
static int trace_other(const struct run *r)
{
	if (strcmp(r->l.module, "kmt_procfs"))
		return 0;
	return trace_in("/proc", "kmt_tasks") || trace_in("/proc", "kmt_self") ||
		trace_in("/proc", "kmt_file");
}

static int trace_left(const struct run *r)
{
	const char *name = r->l.module;

	return trace_in("/proc", name) || trace_in("/dev", name) || trace_in("/sys/class", name) ||
		trace_in("/sys/module", name) || trace_in("/sys/devices/virtual", name) ||
		trace_in("/sys/bus/workqueue/devices", name) ||
		trace_line("/proc/modules", name) || trace_line("/proc/devices", name) ||
		trace_other(r);
}

/* With nth, *left says what is left of it. */
static int module_load(const struct run *r, unsigned int nth, unsigned int *left)
{
	int ret, error;

	if (nth)
		fault_arm(nth);
	ret = loader_load(&r->l);
	error = errno;
	if (nth)
		*left = fault_disarm();
	errno = error;
	return ret;
}

static void module_unload(const struct run *r)
{
	loader_unload(&r->l);
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
	unsigned int left = 0;
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

/* Each number twice: the kernel does not allocate the same in every load, and one may miss a place. */
static void faults_run(struct run *r, unsigned int most)
{
	unsigned int nth = 0;
	int came;

	fault_init();
	do {
		MUST(nth++ < most);
		came = fault_run(r, nth);
		came += fault_run(r, nth);
	} while (came);
}

static void workers_run(struct run *r, unsigned int most)
{
	unsigned int after;
	int ret, came;

	fault_init();
	for (after = 0; after < most; after += WORKERS_STEP) {
		workers_fail(after);
		ret = module_load(r, 0, NULL);
		came = workers_well();
		MUST(!ret || came);
		r->faults += came;
		r->loads += !ret;
		r->survived += !ret && came;
		if (!ret)
			module_unload(r);
		MUST(!trace_left(r));
	}
	MUST(r->faults > r->survived);
}

static const struct {
	const char *name;
	void (*run)(struct run *r, unsigned int count);
} verbs[] = { { "cycles", cycles_run }, { "faults", faults_run }, { "workers", workers_run } };

static void verb_run(const char *name, struct run *r, unsigned int count)
{
	size_t i;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (!strcmp(name, verbs[i].name))
			verbs[i].run(r, count);
}

int main(int argc, char **argv)
{
	struct run r = { };
	struct timespec start, end;

	if (argc < 4)
		return 2;
	setbuf(stdout, NULL);
	loader_init(&r.l, argv[3], argc > 4 ? argv[4] : "");
	MUST(!trace_left(&r));
	clock_gettime(CLOCK_MONOTONIC, &start);
	verb_run(argv[1], &r, atoi(argv[2]));
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("%s: %u loads, %u faults injected, %u survived, %ld s\n", r.l.module, r.loads, r.faults,
	       r.survived, (long)(end.tv_sec - start.tv_sec));
	return 0;
}
