/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loads and unloads a module again and again while programs hold it in one of the ways below,
 * for a moment each, without regard for whether it is there.
 *
 *	race_probe HOLD COUNT FILE.ko [PARAMETERS]
 *
 * An unload either is refused, because the hold keeps the module, or waits until what runs in
 * the module has come to its end; nothing else may happen. Ends with a line of figures.
 */
#include <dirent.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/time.h>

#include "chardev_node.h"
#include "loader.h"
#include "netsock_client.h"
#include "netsock_ns.h"

#define HOLDERS	2
#define PATIENCE	50

struct hold {
	const char *name;
	int refuses;		/* the unload is refused meanwhile; else never */
	int (*run)(const char *module);	/* once; returns whether the module was there */
};

/* What the holders tell the unloader. */
struct board {
	atomic_ulong tried;
	atomic_ulong held;
};

static void doze(unsigned int most_us)
{
	usleep(rand() % most_us);
}

static int hold_fd(const char *module)
{
	int fd = open(NODE, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	struct kmt_chardev_stat st = { .size = sizeof(st) };
	char buf[5000] = "";

	(void)module;
	if (fd < 0)
		return 0;
	MUST(write(fd, buf, 1 + rand() % sizeof(buf)) > 0 || errno == EAGAIN);
	MUST(ioctl(fd, KMT_CHARDEV_STAT, &st) == 0);
	doze(1000);
	MUST(read(fd, buf, sizeof(buf)) > 0 || errno == EAGAIN);
	close(fd);
	return 1;
}

/* The mapping alone holds the module, its file is closed. */
static int hold_map(const char *module)
{
	int fd = open(NODE, O_RDONLY | O_CLOEXEC);
	volatile char *map;

	(void)module;
	if (fd < 0)
		return 0;
	map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	MUST(map != MAP_FAILED);
	close(fd);
	doze(1000);
	MUST(map[rand() % 4096] == 0);	/* nobody writes to it */
	MUST(munmap((void *)map, 4096) == 0);
	return 1;
}

/* Asleep in poll and in read, until a signal comes. */
static int hold_sleep(const char *module)
{
	struct itimerval soon = { { 0, 1000 }, { 0, 500 + rand() % 1000 } }, never = { };
	int fd = open(NODE, O_RDONLY | O_CLOEXEC);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char c;

	(void)module;
	if (fd < 0)
		return 0;
	MUST(poll(&p, 1, 1) == 0);
	MUST(setitimer(ITIMER_REAL, &soon, NULL) == 0);
	FAILS(read(fd, &c, 1), EINTR);
	MUST(setitimer(ITIMER_REAL, &never, NULL) == 0);
	close(fd);
	return 1;
}

/* Asleep in write, which nobody makes room for, until a signal comes. */
static int hold_full(const char *module)
{
	struct itimerval soon = { { 0, 1000 }, { 0, 500 + rand() % 1000 } }, never = { };
	int fd = open(NODE, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
	char buf[4096] = "";

	(void)module;
	if (fd < 0)
		return 0;
	while (write(fd, buf, sizeof(buf)) > 0)
		;
	MUST(errno == EAGAIN && fcntl(fd, F_SETFL, 0) == 0);
	MUST(setitimer(ITIMER_REAL, &soon, NULL) == 0);
	FAILS(write(fd, buf, 1), EINTR);
	MUST(setitimer(ITIMER_REAL, &never, NULL) == 0);
	close(fd);
	return 1;
}

/* Each file of the module in /proc is open for a moment, and read before and after. */
static int file_hold(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), there;
	char buf[4096];

	if (fd < 0)
		return 0;
	there = read(fd, buf, sizeof(buf)) >= 0;
	doze(500);
	while (read(fd, buf, 1 + rand() % sizeof(buf)) > 0)
		;
	close(fd);
	return there;
}

static int hold_proc(const char *module)
{
	static const char *const more[] = { "/proc/kmt_tasks", "/proc/kmt_self", "/proc/kmt_file" };
	char path[PATH_MAX];
	int fd;

	if (!strcmp(module, "kmt_procfs")) {
		file_hold(more[rand() % 3]);
		fd = open("/proc/kmt_procfs", O_WRONLY | O_CLOEXEC);
		MUST(fd < 0 || write(fd, "read version", 12) == 12 || errno == EIO);
		close(fd);
	}
	snprintf(path, sizeof(path), "/proc/%s", module);
	return file_hold(path);
}

/* The value it has is written again: that does all that a change does. */
static int param_hold(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDWR | O_CLOEXEC);
	char value[4096];
	ssize_t n;

	if (!strcmp(name, "beacon"))
		n = snprintf(value, sizeof(value), "127.0.0.1:514");
	else
		n = fd < 0 ? -1 : pread(fd, value, sizeof(value), 0);
	if (fd >= 0 && n > 0)
		n = write(fd, value, n);
	if (fd >= 0)
		close(fd);
	return n > 0;
}

static int hold_param(const char *module)
{
	char path[PATH_MAX];
	struct dirent *e;
	int held = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/sys/module/%s/parameters", module);
	dir = opendir(path);
	while (dir && (e = readdir(dir)))
		if (*e->d_name != '.')
			held += param_hold(dirfd(dir), e->d_name);
	if (dir)
		closedir(dir);
	return held;
}

/* The module's timers run by themselves; here somebody asks how often they did. */
static int hold_timer(const char *module)
{
	FILE *f = fopen("/proc/kmt_timer", "re");
	char key[64];
	long value = 0;
	int held = 0;

	(void)module;
	while (f && fscanf(f, "%63s %ld", key, &value) >= 1)
		held |= strstr(key, "_expiries") && value > 0;
	if (f)
		fclose(f);
	doze(2000);
	return held;
}

static int echo_once(const char *host)
{
	char buf[100] = "";
	int tcp = client_try(host, SOCK_STREAM), udp = client_try(host, SOCK_DGRAM), held = 0;

	if (udp >= 0 && send(udp, buf, sizeof(buf), 0) < 0)
		MUST(errno == ECONNREFUSED);
	if (tcp >= 0) {
		held = write(tcp, buf, sizeof(buf)) > 0 && read(tcp, buf, sizeof(buf)) > 0;
		doze(500);
	}
	close(udp);
	close(tcp);
	return held;
}

static int hold_socket(const char *module)
{
	(void)module;
	return echo_once(rand() % 2 ? "127.0.0.1" : "::1");
}

/* A namespace is made, served, and goes away with a connection open. */
static int hold_netns(const char *module)
{
	pid_t pid = fork();
	int status, i, held = 0;

	(void)module;
	MUST(pid >= 0);
	if (!pid) {
		MUST(unshare(CLONE_NEWNET) == 0);
		lo_up();
		for (i = 0; i < 5 && !held; i++)
			held = echo_once("127.0.0.1");
		_exit(held);
	}
	MUST(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	return WEXITSTATUS(status);
}

static const struct hold holds[] = {
	{ "fd", 1, hold_fd },
	{ "map", 1, hold_map },
	{ "sleep", 1, hold_sleep },
	{ "full", 1, hold_full },
	{ "proc", 0, hold_proc },
	{ "param", 0, hold_param },
	{ "timer", 0, hold_timer },
	{ "socket", 0, hold_socket },
	{ "netns", 0, hold_netns },
	{ NULL, 0, NULL }
};

static const struct hold *hold_find(const char *name)
{
	const struct hold *h = holds;

	while (h->name && strcmp(h->name, name))
		h++;
	MUST(h->name != NULL);
	return h;
}

static void nothing(int number)
{
	(void)number;
}

static void holder_run(const struct hold *h, const char *module, struct board *b, int seed)
{
	struct sigaction sa = { .sa_handler = nothing };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigaction(SIGALRM, &sa, NULL);
	srand(seed);
	for (;;) {
		b->held += h->run(module);
		b->tried++;
		doze(5000);	/* or it would be held by somebody all the time */
	}
}

/* How often it was refused before it succeeded. */
static unsigned long unload_race(const char *module)
{
	unsigned long refused = 0;

	while (syscall(SYS_delete_module, module, O_NONBLOCK)) {
		MUST(errno == EAGAIN);
		refused++;
		doze(500);
	}
	return refused;
}

/* A holder that ended has found something wrong. */
static void holders_alive(void)
{
	MUST(waitpid(-1, NULL, WNOHANG) == 0);
}

static void race_run(const struct hold *h, unsigned int count, const struct loader *l)
{
	struct board *b = mmap(NULL, sizeof(*b), PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned long refused = 0;
	unsigned int i;

	MUST(b != MAP_FAILED);
	for (i = 0; i < HOLDERS; i++)
		if (!fork())
			holder_run(h, l->module, b, i + 1);
	/* On a slow machine nobody may have come yet. */
	for (i = 0; i < count || (i < count * PATIENCE && (!b->held || (h->refuses && !refused))); i++) {
		MUST(loader_load(l) == 0);
		doze(20000);
		refused += unload_race(l->module);
		holders_alive();
	}
	printf("%s, %s: %u unloads, %lu refused, held %lu times of %lu\n", l->module, h->name, i,
	       refused, b->held, b->tried);
	MUST(b->held > 0);
	MUST(h->refuses ? refused > 0 : refused == 0);
}

int main(int argc, char **argv)
{
	struct loader l;

	if (argc < 4)
		return 2;
	setbuf(stdout, NULL);
	signal(SIGPIPE, SIG_IGN);
	loader_init(&l, argv[3], argc > 4 ? argv[4] : "");
	race_run(hold_find(argv[1]), atoi(argv[2]), &l);
	return 0;
}
