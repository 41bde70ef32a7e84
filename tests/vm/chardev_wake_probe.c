/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who sleeps on /dev/kmt_chardev0, and what wakes him. No sleep here has a time-out: when
 * its time is over poll looks once more, which hides that nobody has woken it.
 */
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include "chardev_node.h"
#include "signals.h"

static void poll_for(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };

	MUST(poll(&p, 1, -1) == 1 && p.revents == events);
}

static void poll_in(int fd)
{
	poll_for(fd, POLLIN);
}

static void poll_out(int fd)
{
	poll_for(fd, POLLOUT);
}

static void select_in(int fd)
{
	fd_set set;

	FD_ZERO(&set);
	FD_SET(fd, &set);
	MUST(select(fd + 1, &set, NULL, NULL, NULL) == 1);
}

static void select_out(int fd)
{
	fd_set set;

	FD_ZERO(&set);
	FD_SET(fd, &set);
	MUST(select(fd + 1, NULL, &set, NULL, NULL) == 1);
}

static int epoll_on(int fd, unsigned int events)
{
	struct epoll_event e = { .events = events };
	int ep = epoll_create1(EPOLL_CLOEXEC);

	MUST(ep >= 0 && epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e) == 0);
	return ep;
}

/* What it reports within that time: 0 for not at all, -1 for as long as it takes. */
static unsigned int epoll_says(int ep, int timeout)
{
	struct epoll_event e = { };

	MUST(epoll_wait(ep, &e, 1, timeout) >= 0);
	return e.events;
}

static void epoll_in(int fd)
{
	int ep = epoll_on(fd, EPOLLIN | EPOLLET);

	MUST(epoll_says(ep, -1) == EPOLLIN);
	close(ep);
}

static void epoll_out(int fd)
{
	int ep = epoll_on(fd, EPOLLOUT | EPOLLET);

	MUST(epoll_says(ep, -1) == EPOLLOUT);
	close(ep);
}

static void read_in(int fd)
{
	char c;

	(void)fd;
	MUST(read(node_open(O_RDONLY), &c, 1) == 1);
}

static void write_out(int fd)
{
	(void)fd;
	MUST(write(node_open(O_WRONLY), "w", 1) == 1);
}

static void put(int fd)
{
	MUST(write(fd, "p", 1) == 1);
}

static void take(int fd)
{
	char c;

	MUST(read(fd, &c, 1) == 1);
}

static void grow(int fd)
{
	(void)fd;
	MUST(size_write("131072") == 0);
}

static void (*const ins[])(int fd) = { poll_in, select_in, epoll_in, read_in, NULL };
static void (*const outs[])(int fd) = { poll_out, select_out, epoll_out, write_out, NULL };

static void wake(int fd, void (*sleeps)(int fd), void (*wakes)(int fd))
{
	pid_t sleeper = getpid(), pid = fork();

	if (!pid) {
		asleep_wait(sleeper);
		wakes(fd);
		_exit(0);
	}
	sleeps(fd);
	child_ok(pid);
}

/* Each sleeper waits for room in a full ring. */
static void wake_outs(void (*wakes)(int fd))
{
	int i, fd;

	for (i = 0; outs[i]; i++) {
		fd = node_full();
		wake(fd, outs[i], wakes);
		node_clear(fd);
		MUST(size_write("65536") == 0);
		close(fd);
	}
}

static void write_wakes(void)
{
	int i;

	for (i = 0; ins[i]; i++)
		wake(node_empty(), ins[i], put);
}

static void read_wakes(void)
{
	wake_outs(take);
}

static void clear_wakes(void)
{
	wake_outs(node_clear);
}

static void resize_wakes(void)
{
	wake_outs(grow);
}

/* Edge-triggered, a state is told once, and again when something has happened. */
static void edges(void)
{
	int fd = node_full(), ep = epoll_on(fd, EPOLLIN | EPOLLOUT | EPOLLET);

	MUST(epoll_says(ep, 0) == EPOLLIN);
	MUST(epoll_says(ep, 0) == 0);
	take(fd);
	MUST(epoll_says(ep, 0) == (EPOLLIN | EPOLLOUT));
	MUST(epoll_says(ep, 0) == 0);
	take(fd);
	MUST(epoll_says(ep, 0) == (EPOLLIN | EPOLLOUT));
	node_clear(fd);
	MUST(epoll_says(ep, 0) == EPOLLOUT);
	MUST(epoll_says(ep, 0) == 0);
	put(fd);
	MUST(epoll_says(ep, 0) == (EPOLLIN | EPOLLOUT));
	put(fd);
	MUST(epoll_says(ep, 0) == (EPOLLIN | EPOLLOUT));
	MUST(epoll_says(ep, 0) == 0);
}

static int handled[2];

static void tell_handled(int number)
{
	(void)number;
	MUST(write(handled[1], "", 1) == 1);
}

/* A sleeper's signal is handled, he sleeps again, and only then there is what he waits for. */
static void restart(int fd, void (*sleeps)(int fd), void (*wakes)(int fd))
{
	struct sigaction sa = { .sa_handler = tell_handled, .sa_flags = SA_RESTART };
	pid_t sleeper = getpid(), pid;
	char c;

	MUST(pipe(handled) == 0 && sigaction(SIGUSR1, &sa, NULL) == 0);
	pid = fork();
	if (!pid) {
		asleep_wait(sleeper);
		MUST(kill(sleeper, SIGUSR1) == 0 && read(handled[0], &c, 1) == 1);
		asleep_wait(sleeper);
		wakes(fd);
		_exit(0);
	}
	sleeps(fd);
	child_ok(pid);
}

static void restarted(void)
{
	restart(node_empty(), read_in, put);
	restart(node_full(), write_out, take);
}

static volatile sig_atomic_t why;

static void note_why(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	signals++;
	why = info->si_code;
}

static void sigio(void)
{
	struct sigaction sa = { .sa_sigaction = note_why, .sa_flags = SA_SIGINFO | SA_RESTART };
	int fd = node_empty(), other = node_open(O_RDWR | O_NONBLOCK);
	int flags = fcntl(fd, F_GETFL);

	MUST(sigaction(SIGIO, &sa, NULL) == 0);
	MUST(fcntl(fd, F_SETOWN, getpid()) == 0 && fcntl(fd, F_SETSIG, SIGIO) == 0);
	MUST(fcntl(fd, F_SETFL, flags | O_ASYNC) == 0);
	put(other);
	MUST(signals == 1 && why == POLL_IN);
	take(other);
	MUST(signals == 2 && why == POLL_OUT);
	put(other);
	MUST(signals == 3 && why == POLL_IN);
	node_clear(other);
	MUST(signals == 4 && why == POLL_OUT);
	MUST(size_write("131072") == 0 && size_write("65536") == 0);
	MUST(signals == 6 && why == POLL_OUT);
	MUST(fcntl(fd, F_SETFL, flags) == 0);
	put(other);
	MUST(signals == 6);
	MUST(fcntl(fd, F_SETFL, flags | O_ASYNC) == 0);
	close(fd);
	put(other);
	MUST(signals == 6);
}

static const struct probe_case cases[] = {
	{ "write_wakes", write_wakes },
	{ "read_wakes", read_wakes },
	{ "clear_wakes", clear_wakes },
	{ "resize_wakes", resize_wakes },
	{ "edges", edges },
	{ "restarted", restarted },
	{ "sigio", sigio },
	{ NULL, NULL }
};

int main(int argc, char **argv)
{
	return probe_main(cases, argc, argv);
}
