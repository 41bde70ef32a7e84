/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a client of kmt_netsock gets: echoes, limits, a beacon.
 */
#include <poll.h>

#include "netsock_client.h"

static void tcp(void)
{
	int a = client("127.0.0.1", SOCK_STREAM), b = client("::1", SOCK_STREAM);

	echo(a, "hello");
	echo(b, "you");
	echo(a, "there");
}

static void udp(void)
{
	datagrams_of("127.0.0.1", 65507);
	datagrams_of("::1", 65527);
}

static unsigned char pattern(size_t i)
{
	return i * 13 + i / 509;
}

/* A child writes as fast as it can; this side reads late, so the server must wait with both. */
static void backlog(void)
{
	size_t total = 8 << 20, i, got = 0;
	unsigned char *buf = malloc(total);
	int fd = client("127.0.0.1", SOCK_STREAM);
	pid_t pid;

	MUST(buf != NULL);
	for (i = 0; i < total; i++)
		buf[i] = pattern(i);
	pid = fork();
	if (!pid) {
		for (i = 0; i < total;) {
			ssize_t n = write(fd, buf + i, total - i);

			MUST(n > 0);
			i += n;
		}
		_exit(shutdown(fd, SHUT_WR));
	}
	usleep(500000);
	while (got < total) {
		unsigned char piece[50000];
		ssize_t n = read(fd, piece, sizeof(piece));

		MUST(n > 0 && got + n <= total);
		MUST(!memcmp(piece, buf + got, n));
		got += n;
	}
	MUST(read(fd, buf, 1) == 0);
	child_ok(pid);
	free(buf);
}

/* All that was sent before the end comes back before the end. */
static void half_close(void)
{
	static char out[100000], in[100000];
	int fd = client("::1", SOCK_STREAM);

	memset(out, 'h', sizeof(out));
	MUST(write(fd, out, sizeof(out)) == sizeof(out));
	MUST(shutdown(fd, SHUT_WR) == 0);
	read_all(fd, in, sizeof(in));
	MUST(!memcmp(in, out, sizeof(in)));
	MUST(read(fd, in, 1) == 0);
	close(fd);
	figure_becomes("connections", 0);
}

/* An urgent byte keeps its place in the stream, and the stream goes on. */
static void urgent(void)
{
	int fd = client("127.0.0.1", SOCK_STREAM);
	char in[6];

	MUST(send(fd, "ab", 2, 0) == 2);
	MUST(send(fd, "cd", 2, MSG_OOB) == 2);
	MUST(send(fd, "ef", 2, 0) == 2);
	read_all(fd, in, sizeof(in));
	MUST(!memcmp(in, "abcdef", sizeof(in)));
	echo(fd, "more");
	close(fd);
	figure_becomes("connections", 0);
}

static void reset(void)
{
	struct linger now = { .l_onoff = 1 };
	int fd = client("127.0.0.1", SOCK_STREAM);

	echo(fd, "x");
	figure_becomes("connections", 1);
	MUST(setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now)) == 0);
	close(fd);
	figure_becomes("connections", 0);
}

/* As many as may be; one more is closed. Those that are open stay when fewer may be. */
static void most(void)
{
	long before = figure("refused");
	int fds[8], i;

	param_write("connections", "8");
	for (i = 0; i < 8; i++) {
		fds[i] = client("127.0.0.1", SOCK_STREAM);
		echo(fds[i], "in");
	}
	refused(client_try("::1", SOCK_STREAM));
	MUST(figure("refused") == before + 1);
	param_write("connections", "7");
	refused(client_try("127.0.0.1", SOCK_STREAM));
	usleep(1500000);	/* the server looks at all of them every second */
	for (i = 0; i < 8; i++)
		echo(fds[i], "still");
	close(fds[0]);
	figure_becomes("connections", 7);
	refused(client_try("127.0.0.1", SOCK_STREAM));
	close(fds[1]);
	figure_becomes("connections", 6);
	echo(client("127.0.0.1", SOCK_STREAM), "in again");
	param_write("connections", "64");
}

static void idle(void)
{
	int silent = client("127.0.0.1", SOCK_STREAM), busy = client("127.0.0.1", SOCK_STREAM);
	long before = figure("idle_closed");
	struct pollfd p = { .fd = silent, .events = POLLIN };
	int i;
	char c;

	echo(silent, "x");
	param_write("idle", "1");
	for (i = 0; i < 20 && !poll(&p, 1, 200); i++)
		echo(busy, "alive");
	MUST(read(silent, &c, 1) == 0);
	echo(busy, "alive");
	MUST(figure("idle_closed") == before + 1);
	figure_becomes("connections", 1);	/* though this side never closes */
	param_write("idle", "60");
}

static void share(void)
{
	static char out[3000], in[3000];
	int fd = client("127.0.0.1", SOCK_STREAM);

	param_write("bytes", "1000");
	MUST(write(fd, out, sizeof(out)) == sizeof(out));
	read_all(fd, in, 1000);
	MUST(read(fd, in, 1) == 0);
	param_write("bytes", "0");
	fd = client("127.0.0.1", SOCK_STREAM);
	MUST(write(fd, out, sizeof(out)) == sizeof(out));
	read_all(fd, in, sizeof(in));
	param_write("bytes", "1073741824");
}

static void unanswered(const char *host, int port)
{
	union address from, to;
	socklen_t size = address_set(&from, host, port);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	struct pollfd p = { .fd = fd, .events = POLLIN };

	MUST(bind(fd, &from.any, size) == 0);
	address_set(&to, "127.0.0.1", PORT);
	MUST(sendto(fd, "loop", 4, 0, &to.any, size) == 4);
	MUST(poll(&p, 1, 300) == 0);
	close(fd);
}

/* What could be another echo server is not answered. */
static void loops(void)
{
	long before = figure("datagrams_dropped");

	unanswered("127.0.0.1", 7);
	unanswered("127.0.0.2", PORT);
	MUST(figure("datagrams_dropped") == before + 2);
}

static void beacon(void)
{
	beacon_to("127.0.0.1", "127.0.0.1:%d");
	beacon_to("::1", "[::1]:%d\n");
}

/* With bind=any the answer comes from the address that was asked: connect() sees no other. */
static void any(void)
{
	int fd = client("127.0.0.5", SOCK_DGRAM);

	echo(fd, "datagram");
	echo(client("127.0.0.5", SOCK_STREAM), "stream");
	datagrams_of("::1", 65527);
}

static void loopback_only(void)
{
	FAILS(client_try("127.0.0.5", SOCK_STREAM), ECONNREFUSED);
}

static const struct probe_case cases[] = {
	{ "tcp", tcp },
	{ "udp", udp },
	{ "backlog", backlog },
	{ "half_close", half_close },
	{ "urgent", urgent },
	{ "reset", reset },
	{ "most", most },
	{ "idle", idle },
	{ "share", share },
	{ "loops", loops },
	{ "beacon", beacon },
	{ "loopback_only", loopback_only },
	{ "any", any },
	{ NULL, NULL }
};

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	return probe_main(cases, argc, argv);
}
