/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The echoes of kmt_netsock and the sockets of others. An echo is sent in a soft interrupt, in the
 * midst of whatever runs there: what that was sending must stay as it was.
 *
 *	netsock_others_probe streams	MIB mebibytes (16) over TCP, each byte looked at, while clients ask
 *					for echoes; packets go to all processors
 *	netsock_others_probe kills	whether this kernel ends sockets for others, as ss -K asks it to
 *	netsock_others_probe killed	somebody ends the listening socket so
 */
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <sys/prctl.h>

#include "netsock_client.h"

#define WORDS	4096
#define STREAMS	2
#define CLIENTS	4

static void packets_to_all(void)
{
	int fd = open("/sys/class/net/lo/queues/rx-0/rps_cpus", O_WRONLY);

	MUST(fd >= 0 && write(fd, "3", 1) == 1);
	close(fd);
}

/* A connection that the module has no part in. */
static void connection(int ends[2])
{
	union address a;
	socklen_t size = address_set(&a, "127.0.0.1", 0);
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	MUST(bind(listener, &a.any, size) == 0 && listen(listener, 1) == 0);
	MUST(getsockname(listener, &a.any, &size) == 0);
	ends[0] = socket(AF_INET, SOCK_STREAM, 0);
	MUST(connect(ends[0], &a.any, size) == 0);
	ends[1] = accept(listener, NULL, NULL);
	MUST(ends[1] >= 0);
	close(listener);
}

/* In pieces of all sizes: many of them begin in the middle of a page. */
static void stream_send(int fd, uint64_t words)
{
	static uint64_t block[WORDS];
	uint64_t next = 0, n, i;

	for (; next < words; next += n) {
		n = 1 + rand() % (WORDS - 1);
		for (i = 0; i < n; i++)
			block[i] = next + i;
		for (i = 0; i < n * 8;) {
			ssize_t sent = write(fd, (char *)block + i, n * 8 - i);

			MUST(sent > 0);
			i += sent;
		}
	}
	close(fd);
}

static void stream_look(int fd, uint64_t words)
{
	static uint64_t block[WORDS];
	uint64_t next, i, n;

	for (next = 0; next < words; next += n) {
		n = words - next < WORDS ? words - next : WORDS;
		read_all(fd, (char *)block, n * 8);
		for (i = 0; i < n; i++)
			MUST(block[i] == next + i);
	}
}

static pid_t stream_start(uint64_t words, int seed)
{
	pid_t reader;
	int ends[2];

	connection(ends);
	if (!fork()) {
		srand(seed);
		stream_send(ends[0], words);
		_exit(0);
	}
	close(ends[0]);
	reader = fork();
	if (!reader) {
		stream_look(ends[1], words);
		_exit(0);
	}
	close(ends[1]);
	return reader;
}

static void client_run(char letter)
{
	int fd = client("127.0.0.1", SOCK_STREAM);
	char out[1500], in[sizeof(out)];

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	memset(out, letter, sizeof(out));
	for (;;) {
		MUST(write(fd, out, sizeof(out)) == sizeof(out));
		read_all(fd, in, sizeof(in));
		MUST(!memcmp(in, out, sizeof(in)));
	}
}

static void streams(void)
{
	uint64_t words = count_wanted("MIB", 16) * 1048576 / 8 / STREAMS;
	pid_t clients[CLIENTS], readers[STREAMS];
	int i;

	packets_to_all();
	for (i = 0; i < CLIENTS; i++) {
		clients[i] = fork();
		if (!clients[i])
			client_run('a' + i);
	}
	for (i = 0; i < STREAMS; i++)
		readers[i] = stream_start(words, i);
	for (i = 0; i < STREAMS; i++)
		child_ok(readers[i]);
	for (i = 0; i < CLIENTS; i++)
		MUST(waitpid(clients[i], NULL, WNOHANG) == 0);
}

/* Returns the kernel's answer: 0 or an error. */
static int listener_kill(int port)
{
	struct {
		struct nlmsghdr head;
		struct inet_diag_req_v2 what;
	} ask = {
		.head = { sizeof(ask), SOCK_DESTROY, NLM_F_REQUEST | NLM_F_ACK, 0, 0 },
		.what = {
			.sdiag_family = AF_INET,
			.sdiag_protocol = IPPROTO_TCP,
			.idiag_states = 1 << TCP_LISTEN,
			.id.idiag_sport = htons(port),
			.id.idiag_src[0] = htonl(INADDR_LOOPBACK),
			.id.idiag_cookie = { INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE },
		},
	};
	struct {
		struct nlmsghdr head;
		struct nlmsgerr answer;
	} got;
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);

	MUST(fd >= 0);
	MUST(send(fd, &ask, sizeof(ask), 0) == sizeof(ask));
	MUST(recv(fd, &got, sizeof(got), 0) >= (ssize_t)sizeof(got.head) + 4);
	MUST(got.head.nlmsg_type == NLMSG_ERROR);
	close(fd);
	return -got.answer.error;
}

static void kills(void)
{
	MUST(listener_kill(1) == ENOENT);	/* nobody listens there */
}

/* It is asked for connections again once a second, and no more often: nothing else suffers. */
static void killed(void)
{
	int fd = client("127.0.0.1", SOCK_STREAM);
	long failed = figure("failed");

	echo(fd, "before");
	MUST(listener_kill(PORT) == 0);
	FAILS(client_try("127.0.0.1", SOCK_STREAM), ECONNREFUSED);
	while (figure("failed") < failed + 2)
		usleep(10000);
	MUST(figure("failed") < failed + 10);
	echo(fd, "after");
	echo(client("::1", SOCK_STREAM), "the other family");
}

static const struct probe_case cases[] = {
	{ "streams", streams },
	{ "kills", kills },
	{ "killed", killed },
	{ NULL, NULL }
};

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	return probe_main(cases, argc, argv);
}
