/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kmt_netsock and network namespaces, and programs that are in its way.
 */
#include <poll.h>
#include <sched.h>

#include "netsock_ns.h"

static void netns_enter(void)
{
	MUST(unshare(CLONE_NEWNET) == 0);
	MUST(figure("up") == 0);
	lo_up();
	figure_becomes("up", 1);
}

/* A namespace is served as soon as its loopback device is up, if all are to be served. */
static void netns_all(void)
{
	netns_enter();
	echo(client("127.0.0.1", SOCK_STREAM), "hello");
	echo(client("::1", SOCK_STREAM), "hello");
	datagrams_of("127.0.0.1", 65507);
	MUST(figure("accepted") == 2);
}

/* While the loopback device is away nothing comes; nothing else changes. */
static void netns_lo(void)
{
	int open;

	netns_enter();
	open = client("127.0.0.1", SOCK_STREAM);
	echo(open, "before");
	lo_down();
	lo_up();
	echo(client("127.0.0.1", SOCK_STREAM), "new");
	echo(client("::1", SOCK_STREAM), "new");
	datagrams_of("::1", 65527);
	echo(open, "after");
	MUST(figure("up") == 1 && figure("error") == 0);
}

/* The connections of all namespaces are limited together. */
static void netns_most(void)
{
	int first;

	figure_becomes("connections_all", 0);
	first = client("127.0.0.1", SOCK_STREAM);
	echo(first, "in");
	param_write("connections", "2");
	netns_enter();
	echo(client("127.0.0.1", SOCK_STREAM), "in");
	refused(client_try("::1", SOCK_STREAM));
	MUST(figure("refused") == 1 && figure("connections") == 1);
	MUST(figure("connections_all") == -1);	/* is for the first namespace to see */
	echo(first, "still");
	param_write("connections", "64");
}

static void netns_beacon(void)
{
	netns_enter();
	beacon_to("127.0.0.1", "127.0.0.1:%d");
	beacon_to("::1", "[::1]:%d");
}

/* A namespace without an address of IPv6 is served without it. */
static void netns_ipv4(void)
{
	int fd;

	MUST(unshare(CLONE_NEWNET) == 0);
	fd = open("/proc/sys/net/ipv6/conf/lo/disable_ipv6", O_WRONLY);
	MUST(fd >= 0 && write(fd, "1", 1) == 1);
	lo_up();
	figure_becomes("up", 1);
	MUST(figure("tcp4") == 1 && figure("udp4") == 1);
	MUST(figure("tcp6") == 0 && figure("udp6") == 0 && figure("error") == 0);
	echo(client("127.0.0.1", SOCK_STREAM), "hello");
	datagrams_of("127.0.0.1", 65507);
}

/* One port of the four is in use: none is served, until the device comes up without that. */
static void netns_busy(void)
{
	union address a;
	socklen_t size = address_set(&a, "::", PORT);
	int fd, on = 1;

	MUST(unshare(CLONE_NEWNET) == 0);
	fd = socket(AF_INET6, SOCK_DGRAM, 0);
	MUST(setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) == 0);
	MUST(bind(fd, &a.any, size) == 0);
	lo_up();
	figure_becomes("error", EADDRINUSE);
	MUST(figure("up") == 0 && figure("tcp4") == 0);
	FAILS(client_try("127.0.0.1", SOCK_STREAM), ECONNREFUSED);
	close(fd);
	lo_down();
	lo_up();
	figure_becomes("up", 1);
	figure_becomes("error", 0);
	echo(client("::1", SOCK_STREAM), "hello");
}

/* The others are not served. */
static void netns_self(void)
{
	MUST(unshare(CLONE_NEWNET) == 0);
	lo_up();
	FAILS(client_try("127.0.0.1", SOCK_STREAM), ECONNREFUSED);
	MUST(figure("up") == 0 && figure("accepted") == 0);
}

/* Namespaces that go away with connections open; the test of the module counts what is left. */
static void netns_churn(void)
{
	long i, times = count_wanted("NETNS", 60);

	for (i = 0; i < times; i++) {
		pid_t pid = fork();

		if (!pid) {
			int fd;

			MUST(unshare(CLONE_NEWNET) == 0);
			lo_up();
			figure_becomes("up", 1);
			fd = client(i % 2 ? "127.0.0.1" : "::1", SOCK_STREAM);
			echo(fd, "bye");
			MUST(write(fd, "unread", 6) == 6);
			_exit(0);
		}
		child_ok(pid);
	}
}

/* Has a port of its own until it is killed; says when. */
static void occupy(void)
{
	union address a;
	socklen_t size = address_set(&a, "127.0.0.1", PORT + 1);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	MUST(bind(fd, &a.any, size) == 0 && listen(fd, 1) == 0);
	puts("occupied");
	fflush(stdout);
	pause();
}

/* Waits for one beacon, and prints it; says when it can come. */
static void listen_beacon(void)
{
	union address a;
	socklen_t size = address_set(&a, "127.0.0.1", 5514);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	char line[200] = "";

	MUST(bind(fd, &a.any, size) == 0);
	puts("listening");
	fflush(stdout);
	MUST(recv(fd, line, sizeof(line) - 1, 0) > 0);
	puts(line);
}

/* Keeps connections open until the server goes away; says when they are. */
static void hold(void)
{
	int fds[20], i;
	char c;

	for (i = 0; i < 20; i++) {
		fds[i] = client(i % 2 ? "127.0.0.1" : "::1", SOCK_STREAM);
		echo(fds[i], "held");
	}
	puts("held");
	fflush(stdout);
	for (i = 0; i < 20; i++) {
		struct pollfd p = { .fd = fds[i], .events = POLLIN };

		MUST(poll(&p, 1, 30000) == 1);
		MUST(read(fds[i], &c, 1) == -1 && errno == ECONNRESET);
	}
}

/* Clients that never stop, until they are killed: for unloading under load. */
static void storm(void)
{
	char buf[4096] = "";

	for (;;) {
		int t = client_try("127.0.0.1", SOCK_STREAM);
		int u = client_try("127.0.0.1", SOCK_DGRAM), i;

		for (i = 0; i < 50 && t >= 0; i++)
			if (write(t, buf, sizeof(buf)) < 0 || read(t, buf, sizeof(buf)) <= 0)
				break;
		for (i = 0; i < 50 && u >= 0; i++)
			if (send(u, buf, 100, 0) < 0)
				break;
		close(t);
		close(u);
	}
}

static const struct probe_case cases[] = {
	{ "netns_self", netns_self },
	{ "netns_all", netns_all },
	{ "netns_lo", netns_lo },
	{ "netns_most", netns_most },
	{ "netns_beacon", netns_beacon },
	{ "netns_ipv4", netns_ipv4 },
	{ "netns_busy", netns_busy },
	{ "netns_churn", netns_churn },
	{ "occupy", occupy },
	{ "listen", listen_beacon },
	{ "hold", hold },
	{ "storm", storm },
	{ NULL, NULL }
};

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	return probe_main(cases, argc, argv);
}
