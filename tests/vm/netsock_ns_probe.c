/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kmt_netsock and network namespaces, and programs that are in its way.
 */
#include <poll.h>
#include <sched.h>

#include "netsock_ns.h"

/* A namespace is served as soon as its loopback device is up, if all are to be served. */
static void netns_all(void)
{
	MUST(unshare(CLONE_NEWNET) == 0);
	MUST(figure("up") == 0);
	lo_up();
	figure_becomes("up", 1);
	echo(client("127.0.0.1", SOCK_STREAM), "hello");
	echo(client("::1", SOCK_STREAM), "hello");
	datagrams_of("127.0.0.1", 65507);
	MUST(figure("accepted") == 2);
}

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
	{ "netns_churn", netns_churn },
	{ "occupy", occupy },
	{ "hold", hold },
	{ "storm", storm },
	{ NULL, NULL }
};

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	return probe_main(cases, argc, argv);
}
