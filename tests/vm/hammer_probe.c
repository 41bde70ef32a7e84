/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Many threads call everything that the suite's modules offer, all at the same time: the device's
 * files, mappings and requests, the files in /proc, the parameters, the sockets. Nobody looks at
 * what comes back: that is for the kernel, which looks for bugs meanwhile.
 *
 *	hammer_probe THREADS CALLS	until there were so many system calls
 *
 * Each five milliseconds a signal comes to one of them.
 *
 * Ends with a line for each blow: how often it was made, its system calls, and how many of these
 * failed. A blow of which every call failed has hit nothing, and the status is 1.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "kmt/chardev.h"
#include "probe.h"

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))
#define THREADS_MAX	64
#define BLOWS_MAX	32
#define NODES		8	/* as many as the module was loaded with */
#define PORT		7007

struct tally {
	unsigned long blows;
	unsigned long calls;
	unsigned long failed;
};

struct hand {
	pthread_t thread;
	uint32_t random;
	unsigned long left;	/* calls to make */
	struct tally *now;	/* of the blow at this moment */
	struct tally tallies[BLOWS_MAX];
	char buf[8192];
};

/* Open all the time, for all threads together. */
static int nodes[NODES];
static int sleepers[NODES];	/* the same, open so that read and write wait */
static atomic_uint working;	/* threads that are not done yet */
static int tasks;
static int statistics;
static int stream = -1;
static int datagrams = -1;

static uint32_t draw(struct hand *h, uint32_t below)
{
	h->random ^= h->random << 13;
	h->random ^= h->random >> 17;
	h->random ^= h->random << 5;
	return h->random % below;
}

/* Counts one system call by what it returned, and returns that. */
static long hit(struct hand *h, long ret)
{
	h->now->calls++;
	h->now->failed += ret < 0;
	if (h->left)
		h->left--;
	return ret;
}

static int node(struct hand *h)
{
	return nodes[draw(h, NODES)];
}

/* An address with nothing behind it, half of one, or a good one. */
static void *pointer(struct hand *h)
{
	static const uintptr_t bad[] = { 0, 8, UINTPTR_MAX - 4095, (uintptr_t)1 << 47 };

	return draw(h, 8) ? h->buf : (void *)bad[draw(h, COUNT(bad))];
}

/* ---- kmt_chardev ---- */

static void node_move(struct hand *h)
{
	int fd = node(h);

	hit(h, write(fd, pointer(h), draw(h, sizeof(h->buf))));
	hit(h, read(draw(h, 2) ? fd : node(h), pointer(h), draw(h, sizeof(h->buf))));
}

/* A signal wakes whom no other thread does. */
static void node_sleep(struct hand *h)
{
	hit(h, read(sleepers[draw(h, NODES)], h->buf, 1 + draw(h, sizeof(h->buf))));
	hit(h, write(sleepers[draw(h, NODES)], h->buf, draw(h, sizeof(h->buf))));
}

static void node_vectors(struct hand *h)
{
	struct iovec v[3] = {
		{ h->buf, draw(h, 100) }, { pointer(h), draw(h, 1000) }, { h->buf, 4096 },
	};

	hit(h, writev(node(h), v, 3));
	hit(h, readv(node(h), v, 3));
}

static void node_wait(struct hand *h)
{
	struct pollfd p[2] = {
		{ .fd = node(h), .events = POLLIN }, { .fd = node(h), .events = POLLOUT },
	};

	hit(h, poll(p, 2, draw(h, 3)));
}

static void node_ask(struct hand *h)
{
	struct kmt_chardev_head *head = (void *)h->buf;
	int waiting;

	/* The rest of what it claims to have room for is zeroed. */
	head->size = draw(h, 4) ? sizeof(struct kmt_chardev_stat) : draw(h, 5000);
	head->flags = !draw(h, 8);
	hit(h, ioctl(node(h), KMT_CHARDEV_STAT, pointer(h)));
	hit(h, ioctl(node(h), FIONREAD, &waiting));
}

static void node_clear(struct hand *h)
{
	struct kmt_chardev_clear c = { .size = sizeof(c), .flags = !draw(h, 8) };

	hit(h, ioctl(node(h), KMT_CHARDEV_CLEAR, &c));
	hit(h, ioctl(node(h), _IO(KMT_CHARDEV_MAGIC, draw(h, 256)), pointer(h)));
}

static void node_map(struct hand *h)
{
	char path[32];
	int fd, prot = draw(h, 8) ? PROT_READ : PROT_READ | PROT_WRITE;
	size_t size = 4096 << draw(h, 5);
	char *map;

	snprintf(path, sizeof(path), "/dev/kmt_chardev%u", draw(h, NODES));
	fd = hit(h, open(path, draw(h, 8) ? O_RDONLY : O_RDWR));
	map = mmap(NULL, size, prot, draw(h, 8) ? MAP_SHARED : MAP_PRIVATE, fd,
		   draw(h, 8) ? 0 : 4096 * draw(h, 20));
	hit(h, map == MAP_FAILED ? -1 : 0);
	if (map != MAP_FAILED) {
		hit(h, write(node(h), map, draw(h, size)));	/* from a ring into a ring */
		if (size > 4096) {
			size /= 2;
			hit(h, munmap(map + size, size));
		}
		hit(h, munmap(map, size));
	}
	hit(h, close(fd));
}

static void node_open(struct hand *h)
{
	static const int how[] = { O_RDONLY, O_WRONLY, O_RDWR };
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/dev/kmt_chardev%u", draw(h, NODES));
	fd = hit(h, open(path, how[draw(h, COUNT(how))] | O_NONBLOCK));
	hit(h, fcntl(fd, F_SETOWN, getpid()));
	hit(h, fcntl(fd, F_SETFL, O_NONBLOCK | O_ASYNC));
	hit(h, write(fd, h->buf, draw(h, 100)));
	hit(h, read(fd, h->buf, draw(h, 100)));
	hit(h, lseek(fd, 0, SEEK_CUR));
	hit(h, close(fd));
}

/* ---- files: parameters and /proc ---- */

static void file_read(struct hand *h, const char *path)
{
	int fd = hit(h, open(path, O_RDONLY));

	while (hit(h, read(fd, h->buf, 1 + draw(h, sizeof(h->buf)))) > 0)
		;
	hit(h, close(fd));
}

static void file_write(struct hand *h, const char *path, const char *text)
{
	int fd = hit(h, open(path, O_WRONLY));

	hit(h, write(fd, text, strlen(text)));
	hit(h, close(fd));
}

static void node_resize(struct hand *h)
{
	static const char *const sizes[] = { "4096", "8192", "16384", "65536", "5000", "x" };

	file_write(h, "/sys/module/kmt_chardev/parameters/size", sizes[draw(h, COUNT(sizes))]);
}

static void node_statistics(struct hand *h)
{
	file_read(h, "/proc/kmt_chardev");
	file_read(h, "/sys/module/kmt_chardev/parameters/size");
}

static void tasks_read(struct hand *h)
{
	file_read(h, "/proc/kmt_tasks");
}

static void tasks_share(struct hand *h)
{
	hit(h, read(tasks, pointer(h), draw(h, sizeof(h->buf))));
	hit(h, pread(tasks, h->buf, draw(h, sizeof(h->buf)), draw(h, 20000)));
	hit(h, lseek(tasks, draw(h, 20000), SEEK_SET));
}

static void self_read(struct hand *h)
{
	file_read(h, "/proc/kmt_self");
}

static void command_write(struct hand *h)
{
	static const char *const lines[] = {
		"read hostname", "read version", "read os-release\n", "read shadow", "reset", "", "what",
	};

	file_write(h, "/proc/kmt_procfs", lines[draw(h, COUNT(lines))]);
	file_read(h, "/proc/kmt_file");
	hit(h, pread(statistics, h->buf, draw(h, 2000), 0));
}

static void limits_write(struct hand *h)
{
	static const char *const limits[] = { "256", "200", "150", "100", "1", "0" };

	file_write(h, "/sys/module/kmt_procfs/parameters/max_open", limits[draw(h, COUNT(limits))]);
	file_write(h, "/sys/module/kmt_procfs/parameters/max_tasks", limits[draw(h, COUNT(limits))]);
}

static void params_write(struct hand *h)
{
	static const char *const names[] = {
		"flag", "number", "count", "big", "text", "list", "level", "slow", "refuse", "secret",
	};
	static const char *const values[] = { "0", "1,2,3", "9", "y", "-7", "1,x", "0x10", "words" };
	const char *name = names[draw(h, COUNT(names))];
	char path[64];

	snprintf(path, sizeof(path), "/sys/module/kmt_params/parameters/%s", name);
	/* A number taken by slow is seconds of sleep. */
	file_write(h, path, strcmp(name, "slow") ? values[draw(h, COUNT(values))] : "0");
	file_read(h, path);
	file_read(h, "/proc/kmt_params");
}

static void hello_write(struct hand *h)
{
	static const char *const who[] = { "Ada", "Grace Hopper\n", "", "a\033b" };

	file_write(h, "/sys/module/kmt_hello/parameters/who", who[draw(h, COUNT(who))]);
	file_write(h, "/sys/module/kmt_hello/parameters/times", draw(h, 2) ? "3" : "11");
	file_read(h, "/sys/module/kmt_hello/parameters/who");
}

static void timer_write(struct hand *h)
{
	static const char *const engines[] = { "timer", "hrtimer", "work", "all", "all", "clock" };
	static const char *const periods[] = { "10", "20", "50", "100", "0" };

	file_write(h, "/sys/module/kmt_timer/parameters/engine", engines[draw(h, COUNT(engines))]);
	file_write(h, "/sys/module/kmt_timer/parameters/period_ms", periods[draw(h, COUNT(periods))]);
	file_write(h, "/sys/module/kmt_timer/parameters/histogram", draw(h, 2) ? "y" : "n");
}

static void timer_read(struct hand *h)
{
	file_read(h, "/proc/kmt_timer");
	file_read(h, "/sys/module/kmt_timer/parameters/engine");
}

/* ---- kmt_netsock ---- */

/* IPv4 or IPv6 by chance; -1 when it can not be connected. */
static int client(struct hand *h, int type)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(PORT) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons(PORT) };
	struct timeval wait = { .tv_usec = 20000 };
	int six = draw(h, 2), fd = hit(h, socket(six ? AF_INET6 : AF_INET, type | SOCK_CLOEXEC, 0));

	v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	v6.sin6_addr = in6addr_loopback;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
	if (!hit(h, connect(fd, six ? (void *)&v6 : (void *)&v4, six ? sizeof(v6) : sizeof(v4))))
		return fd;
	hit(h, close(fd));
	return -1;
}

static void stream_echo(struct hand *h)
{
	int fd = client(h, SOCK_STREAM), rounds = draw(h, 4);

	if (fd < 0)
		return;
	while (rounds--) {
		hit(h, send(fd, h->buf, 1 + draw(h, sizeof(h->buf)), MSG_NOSIGNAL));
		hit(h, recv(fd, h->buf, 1 + draw(h, sizeof(h->buf)), 0));
	}
	if (draw(h, 2))
		hit(h, shutdown(fd, SHUT_WR));
	hit(h, close(fd));
}

static void datagram_echo(struct hand *h)
{
	int fd = client(h, SOCK_DGRAM);

	if (fd < 0)
		return;
	hit(h, send(fd, h->buf, draw(h, sizeof(h->buf)), 0));
	hit(h, recv(fd, h->buf, sizeof(h->buf), 0));
	hit(h, close(fd));
}

static void sockets_share(struct hand *h)
{
	hit(h, send(stream, h->buf, draw(h, 500), MSG_DONTWAIT | MSG_NOSIGNAL));
	hit(h, recv(stream, h->buf, 1 + draw(h, 500), MSG_DONTWAIT));
	hit(h, send(datagrams, h->buf, draw(h, 500), MSG_DONTWAIT));
	hit(h, recv(datagrams, h->buf, 500, MSG_DONTWAIT));
}

static void server_write(struct hand *h)
{
	static const char *const bytes[] = { "0", "1073741824", "100", "x" };
	static const char *const beacons[] = { "127.0.0.1:514", "[::1]:514", "nowhere" };

	file_write(h, "/sys/module/kmt_netsock/parameters/connections", draw(h, 4) ? "64" : "2");
	file_write(h, "/sys/module/kmt_netsock/parameters/idle", draw(h, 4) ? "60" : "1");
	file_write(h, "/sys/module/kmt_netsock/parameters/bytes", bytes[draw(h, COUNT(bytes))]);
	file_write(h, "/sys/module/kmt_netsock/parameters/beacon", beacons[draw(h, COUNT(beacons))]);
	file_read(h, "/sys/module/kmt_netsock/parameters/beacon");
	file_read(h, "/proc/kmt_netsock");
}

/* ---- all of them ---- */

static const struct blow {
	const char *name;
	void (*run)(struct hand *h);
} blows[] = {
	{ "chardev: read, write", node_move },
	{ "chardev: read, write, sleeping", node_sleep },
	{ "chardev: readv, writev", node_vectors },
	{ "chardev: poll", node_wait },
	{ "chardev: ioctl stat", node_ask },
	{ "chardev: ioctl clear", node_clear },
	{ "chardev: mmap", node_map },
	{ "chardev: open, SIGIO, lseek", node_open },
	{ "chardev: size", node_resize },
	{ "chardev: statistics", node_statistics },
	{ "procfs: tasks", tasks_read },
	{ "procfs: tasks of one file", tasks_share },
	{ "procfs: self", self_read },
	{ "procfs: commands", command_write },
	{ "procfs: limits", limits_write },
	{ "params: all", params_write },
	{ "hello: all", hello_write },
	{ "timer: engine, period", timer_write },
	{ "timer: statistics", timer_read },
	{ "netsock: TCP", stream_echo },
	{ "netsock: UDP", datagram_echo },
	{ "netsock: shared sockets", sockets_share },
	{ "netsock: parameters", server_write },
};

static void *hammer(void *arg)
{
	struct hand *h = arg;
	unsigned int i;

	while (h->left) {
		i = draw(h, COUNT(blows));
		h->now = &h->tallies[i];
		h->now->blows++;
		blows[i].run(h);
	}
	working--;
	return NULL;
}

static void wake(int number)
{
	(void)number;
}

static void hands_run(struct hand *hands, unsigned int threads, unsigned long calls)
{
	struct sigaction sa = { .sa_handler = wake };
	unsigned int i;

	MUST(!sigaction(SIGALRM, &sa, NULL));
	working = threads;
	for (i = 0; i < threads; i++) {
		hands[i].random = 2463534242u + i;
		hands[i].left = calls / threads + 1;
		MUST(!pthread_create(&hands[i].thread, NULL, hammer, &hands[i]));
	}
	for (i = 0; working; i++) {
		usleep(5000);
		pthread_kill(hands[i % threads].thread, SIGALRM);
	}
	for (i = 0; i < threads; i++)
		pthread_join(hands[i].thread, NULL);
}

static void open_all(struct hand *h)
{
	char path[32];
	unsigned int i;

	for (i = 0; i < NODES; i++) {
		snprintf(path, sizeof(path), "/dev/kmt_chardev%u", i);
		nodes[i] = open(path, O_RDWR | O_NONBLOCK);
		sleepers[i] = open(path, O_RDWR);
		MUST(nodes[i] >= 0 && sleepers[i] >= 0);
	}
	tasks = open("/proc/kmt_tasks", O_RDONLY);
	statistics = open("/proc/kmt_procfs", O_RDONLY);
	MUST(tasks >= 0 && statistics >= 0);
	stream = client(h, SOCK_STREAM);
	datagrams = client(h, SOCK_DGRAM);
	MUST(stream >= 0 && datagrams >= 0);
}

static unsigned long tell(const struct hand *hands, unsigned int threads, unsigned int blow, int *blunt)
{
	struct tally sum = { 0 };
	unsigned int i;

	for (i = 0; i < threads; i++) {
		sum.blows += hands[i].tallies[blow].blows;
		sum.calls += hands[i].tallies[blow].calls;
		sum.failed += hands[i].tallies[blow].failed;
	}
	printf("%-30s %8lu times, %8lu calls, %8lu failed\n", blows[blow].name, sum.blows, sum.calls,
	       sum.failed);
	*blunt |= sum.failed == sum.calls;
	return sum.calls;
}

int main(int argc, char **argv)
{
	static struct hand hands[THREADS_MAX];
	unsigned int threads = argc > 2 ? atoi(argv[1]) : 0, i;
	unsigned long calls = argc > 2 ? strtoul(argv[2], NULL, 0) : 0, made = 0;
	struct timespec start, end;
	int blunt = 0;

	if (!threads || threads > THREADS_MAX || !calls)
		return 2;
	signal(SIGIO, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	hands[0].now = &hands[0].tallies[0];
	hands[0].random = 1;
	open_all(&hands[0]);
	clock_gettime(CLOCK_MONOTONIC, &start);
	hands_run(hands, threads, calls);
	clock_gettime(CLOCK_MONOTONIC, &end);
	for (i = 0; i < COUNT(blows); i++)
		made += tell(hands, threads, i, &blunt);
	printf("%lu system calls by %u threads in %ld s\n", made, threads,
	       (long)(end.tv_sec - start.tv_sec));
	return blunt || made < calls;
}
