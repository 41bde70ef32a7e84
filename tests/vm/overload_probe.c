/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ten times more than a module's limits allow: what is within them is served, the rest is
 * refused, and when it is over all is as before.
 */
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>

#include "chardev_node.h"
#include "netsock_client.h"

#define TIMES		10
#define CONNECTIONS	64	/* the limits as they are unless changed */
#define OPENS		256
#define SNAPSHOTS	16

static void files_allow(unsigned int n)
{
	struct rlimit most = { n + 100, n + 100 };

	MUST(setrlimit(RLIMIT_NOFILE, &most) == 0);
}

/* How many of so many opens succeed; the others are EBUSY. They are closed at the end. */
static unsigned int opens_of(const char *path, unsigned int n)
{
	int *fds = calloc(n, sizeof(*fds));
	unsigned int i, good = 0;

	MUST(fds != NULL);
	files_allow(n);
	for (i = 0; i < n; i++) {
		fds[i] = open(path, O_RDONLY | O_CLOEXEC);
		MUST(fds[i] >= 0 || errno == EBUSY);
		good += fds[i] >= 0;
	}
	for (i = 0; i < n; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	free(fds);
	return good;
}

static void chardev_opens(void)
{
	MUST(opens_of(NODE, TIMES * OPENS) == OPENS);
	MUST(opens_of(NODE, OPENS) == OPENS);
}

static void procfs_opens(void)
{
	MUST(opens_of("/proc/kmt_tasks", TIMES * SNAPSHOTS) == SNAPSHOTS);
	MUST(opens_of("/proc/kmt_tasks", SNAPSHOTS) == SNAPSHOTS);
}

/* Ten writers at once, each with more than the ring holds, and a reader: nothing is lost. */
static void chardev_writers(void)
{
	int in = node_empty();
	size_t each = node_stat(in).ring_size + 1, got = 0;
	char *buf = malloc(each);
	pid_t pids[TIMES];
	ssize_t n;
	int i;

	MUST(buf != NULL);
	for (i = 0; i < TIMES; i++) {
		pids[i] = fork();
		if (!pids[i]) {
			memset(buf, i, each);
			_exit(write(node_open(O_WRONLY), buf, each) != (ssize_t)each);
		}
	}
	MUST(fcntl(in, F_SETFL, 0) == 0);
	while (got < TIMES * each) {
		n = read(in, buf, each);
		MUST(n > 0);
		got += n;
	}
	for (i = 0; i < TIMES; i++)
		child_ok(pids[i]);
	MUST(node_stat(in).used == 0);
	free(buf);
}

/* One sleeps in the module and the others wait for its lock: all of them can be killed. */
static void params_writers(void)
{
	const char *path = "/sys/module/kmt_params/parameters/slow";
	pid_t pids[TIMES];
	int i, status;

	for (i = 0; i < TIMES; i++) {
		pids[i] = fork();
		if (!pids[i])
			_exit(write(open(path, O_WRONLY), "10", 2) != 2);
	}
	usleep(300000);
	for (i = 0; i < TIMES; i++)
		kill(pids[i], SIGKILL);
	for (i = 0; i < TIMES; i++)
		MUST(waitpid(pids[i], &status, 0) == pids[i] && WIFSIGNALED(status));
}

/* Both processors are busy ten times over; the timers run all the same. */
static long expiries(void)
{
	FILE *f = fopen("/proc/kmt_timer", "re");
	char line[200];
	long n, sum = 0;

	MUST(f != NULL);
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "timer_expiries %ld", &n) == 1 ||
		    sscanf(line, "hrtimer_expiries %ld", &n) == 1 ||
		    sscanf(line, "work_expiries %ld", &n) == 1)
			sum += n;
	fclose(f);
	return sum;
}

static void timer_busy(void)
{
	pid_t pids[2 * TIMES];
	long before;
	int i;

	for (i = 0; i < 2 * TIMES; i++) {
		pids[i] = fork();
		if (!pids[i]) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			for (;;)
				sched_yield();
		}
	}
	before = expiries();
	for (i = 0; i < 600 && expiries() < before + 100; i++)
		usleep(100000);
	MUST(expiries() >= before + 100);
	for (i = 0; i < 2 * TIMES; i++) {
		kill(pids[i], SIGKILL);
		waitpid(pids[i], NULL, 0);
	}
}

/* One of many clients at once. */
struct guest {
	int fd;
	enum { WAITS, SERVED, REFUSED } state;
};

static void guest_connect(struct guest *g)
{
	union address to;
	socklen_t size = address_set(&to, "127.0.0.1", PORT);

	g->state = WAITS;
	g->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	MUST(g->fd >= 0);
	MUST(connect(g->fd, &to.any, size) == 0 || errno == EINPROGRESS);
}

/* Says one byte when it may, and is served when that comes back. */
static void guest_look(struct guest *g)
{
	struct pollfd p = { .fd = g->fd, .events = POLLIN | POLLOUT };
	ssize_t n;
	char c;

	if (g->state != WAITS || poll(&p, 1, 0) != 1)
		return;
	if (!(p.revents & (POLLIN | POLLHUP | POLLERR))) {
		n = write(g->fd, "x", 1);
		return;
	}
	n = read(g->fd, &c, 1);
	if (n < 0 && errno == EAGAIN)
		return;
	g->state = n == 1 ? SERVED : REFUSED;
}

static unsigned int guests_in(const struct guest *g, unsigned int n, int state)
{
	unsigned int i, count = 0;

	for (i = 0; i < n; i++)
		count += (int)g[i].state == state;
	return count;
}

static void netsock_clients(void)
{
	static struct guest guests[TIMES * CONNECTIONS];
	unsigned int n = TIMES * CONNECTIONS, i, tries;

	files_allow(n);
	for (i = 0; i < n; i++)
		guest_connect(&guests[i]);
	for (tries = 0; tries < 600 && guests_in(guests, n, WAITS); tries++) {
		for (i = 0; i < n; i++)
			guest_look(&guests[i]);
		MUST(figure("connections") <= CONNECTIONS);
		usleep(100000);
	}
	printf("%u served, %u refused, %u wait\n", guests_in(guests, n, SERVED),
	       guests_in(guests, n, REFUSED), guests_in(guests, n, WAITS));
	MUST(guests_in(guests, n, WAITS) == 0);
	MUST(guests_in(guests, n, SERVED) == CONNECTIONS);
	for (i = 0; i < n; i++)
		close(guests[i].fd);
	figure_becomes("connections", 0);
	echo(client("127.0.0.1", SOCK_STREAM), "and now");
}

/* Nobody reads the echoes: they are dropped, and the server goes on. */
static void netsock_datagrams(void)
{
	char buf[1000] = "";
	int fds[TIMES], i, j;

	for (i = 0; i < TIMES; i++)
		fds[i] = client(i % 2 ? "127.0.0.1" : "::1", SOCK_DGRAM);
	for (j = 0; j < 1000; j++)
		for (i = 0; i < TIMES; i++)
			MUST(send(fds[i], buf, sizeof(buf), MSG_DONTWAIT) > 0 || errno == EAGAIN);
	for (i = 0; i < TIMES; i++)
		close(fds[i]);
	echo(client("127.0.0.1", SOCK_STREAM), "and now");
	datagrams_of("127.0.0.1", 65507);
}

static const struct probe_case cases[] = {
	{ "chardev_opens", chardev_opens },
	{ "chardev_writers", chardev_writers },
	{ "procfs_opens", procfs_opens },
	{ "params_writers", params_writers },
	{ "timer_busy", timer_busy },
	{ "netsock_clients", netsock_clients },
	{ "netsock_datagrams", netsock_datagrams },
	{ NULL, NULL }
};

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	return probe_main(cases, argc, argv);
}
