/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An echo server, and a client that measures one.
 *
 *	echoes serve PORT
 *	echoes ask PORT CONNECTIONS SIZE COUNT NAME
 *
 * The server is one process that waits in epoll_wait, as good ones do: edge-triggered, so that a
 * connection costs nothing while it is silent, and a read that did not fill the buffer is the last.
 * The client has a question of SIZE bytes under way on every connection, and asks the next when the
 * echo is complete.  It prints the echoes in a second, and the microseconds that the processes whose
 * names start with NAME have run for each of them: the server's own time.
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/util.h"
#include "base/xalloc.h"

#define EVENTS	64
#define BUFFER	65536
#define WARM_UP	10	/* echoes on each connection before the clock starts */

struct conn {
	int fd;
	size_t from, to;	/* what waits to be sent is buffer[from..to] */
	char buffer[BUFFER];
};

static int epoll;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static struct conn *conn_new(int fd, uint32_t events)
{
	struct conn *c = xcalloc(1, sizeof(*c));
	struct epoll_event event = { .events = events, .data.ptr = c };
	int on = 1;

	c->fd = fd;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event))
		fail("epoll_ctl");
	return c;
}

static struct sockaddr_in address(const char *port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)atoi(port)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
}

/* ---- the server ---- */

static void server_accept(int listener)
{
	int fd;

	while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0)
		conn_new(fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
}

/* False while the socket has no room. */
static int server_send(struct conn *c)
{
	while (c->from < c->to) {
		ssize_t n = write(c->fd, c->buffer + c->from, c->to - c->from);

		if (n < 0)
			return 0;
		c->from += (size_t)n;
	}
	return 1;
}

static void server_echo(struct conn *c, uint32_t events)
{
	ssize_t n = -1;

	while (server_send(c)) {
		n = read(c->fd, c->buffer, sizeof(c->buffer));
		if (n <= 0)
			break;
		c->from = 0;
		c->to = (size_t)n;
		if (n < (ssize_t)sizeof(c->buffer) && !(events & EPOLLRDHUP)) {
			server_send(c);
			break;
		}
	}
	if (n == 0 || (n < 0 && errno != EAGAIN)) {
		close(c->fd);
		free(c);
	}
}

static void serve(char **argv)
{
	struct sockaddr_in to = address(argv[0]);
	struct epoll_event events[EVENTS], first = { .events = EPOLLIN };
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), i, n;

	prctl(PR_SET_NAME, "echo_server");
	if (bind(listener, (struct sockaddr *)&to, sizeof(to)) || listen(listener, EVENTS))
		fail("listen");
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &first))
		fail("epoll_ctl");
	for (;;) {
		n = epoll_wait(epoll, events, EVENTS, -1);
		for (i = 0; i < n; i++) {
			if (events[i].data.ptr)
				server_echo(events[i].data.ptr, events[i].events);
			else
				server_accept(listener);
		}
	}
}

/* ---- the client ---- */

/* Nanoseconds that the processes of that name have run. */
static uint64_t run_time(const char *name)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	char path[300], comm[32];
	uint64_t ns, sum = 0;
	FILE *f;

	while (proc && (entry = readdir(proc))) {
		snprintf(path, sizeof(path), "/proc/%s/comm", entry->d_name);
		f = fopen(path, "r");
		if (!f)
			continue;
		if (!fgets(comm, sizeof(comm), f))
			comm[0] = '\0';
		fclose(f);
		snprintf(path, sizeof(path), "/proc/%s/schedstat", entry->d_name);
		f = strncmp(comm, name, strlen(name)) ? NULL : fopen(path, "r");
		if (!f)
			continue;
		if (fscanf(f, "%lu", &ns) == 1)
			sum += ns;
		fclose(f);
	}
	closedir(proc);
	return sum;
}

static void ask(struct conn *c, size_t size)
{
	c->from = 0;
	c->buffer[0]++;
	if (write(c->fd, c->buffer, size) != (ssize_t)size)
		fail("write");
}

/* Whether the echo is complete. */
static int answer(struct conn *c, size_t size)
{
	char first = c->buffer[0];
	ssize_t n = read(c->fd, c->buffer + c->from, size - c->from);

	if (n <= 0 && errno != EAGAIN)
		fail("read");
	if (n > 0)
		c->from += (size_t)n;
	if (c->buffer[0] != first)
		fail("a wrong echo");
	return c->from == size;
}

/* Every connection has a question under way before and after. */
static void echoes(size_t size, uint64_t count)
{
	struct epoll_event events[EVENTS];
	int i, n;

	while (count) {
		n = epoll_wait(epoll, events, EVENTS, 10000);
		if (n <= 0)
			fail("the server is silent");
		for (i = 0; i < n && count; i++) {
			if (!answer(events[i].data.ptr, size))
				continue;
			ask(events[i].data.ptr, size);
			count--;
		}
	}
}

static int ask_all(char **argv)
{
	size_t conns = strtoul(argv[1], NULL, 0), size = strtoul(argv[2], NULL, 0), i;
	uint64_t count = strtoull(argv[3], NULL, 0), start, ran;
	struct sockaddr_in to = address(argv[0]);

	for (i = 0; i < conns; i++) {
		int fd = socket(AF_INET, SOCK_STREAM, 0);

		if (connect(fd, (struct sockaddr *)&to, sizeof(to)))
			fail("connect");
		ask(conn_new(fd, EPOLLIN), size);
	}
	echoes(size, WARM_UP * conns);
	ran = run_time(argv[4]);
	start = util_now_us();
	echoes(size, count);
	start = util_now_us() - start;
	ran = run_time(argv[4]) - ran;
	printf("%.0f %.2f\n", 1e6 * (double)count / (double)start, (double)ran / 1000 / (double)count);
	return 0;
}

int main(int argc, char **argv)
{
	epoll = epoll_create1(0);
	if (argc == 3 && !strcmp(argv[1], "serve"))
		serve(argv + 2);
	if (argc == 7 && !strcmp(argv[1], "ask") && strtoul(argv[4], NULL, 0) <= BUFFER)
		return ask_all(argv + 2);
	return 2;
}
