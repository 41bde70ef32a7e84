/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls an entry point of a module with the first, second, third ... call inside the kernel that
 * can fail made to fail, until it comes to its end without reaching that call. A call that fails
 * leaves everything as it was: the same call without a fault works after it.
 *
 *	failcall_probe read PATH	the whole file
 *	failcall_probe write PATH VALUE
 *	failcall_probe NAME		one of the functions of the table below
 *	failcall_probe echo_workers	an echo, while the server's memory fails and not the client's
 *	failcall_probe datagram_workers	the same for a datagram
 *	failcall_probe starved		nobody has memory for a stream's packets: the server waits, and goes on later
 *
 * Ends with a line of figures.
 */
#include <poll.h>
#include <sys/mman.h>

#include "chardev_node.h"
#include "failnth.h"
#include "netsock_client.h"

#define MOST		3000
#define STARVED_MOST	1000000U	/* faults */
#define STARVED_FEW	1000U

static char **words;	/* of the command line, after the name */

struct entry {
	const char *name;
	void (*prepare)(void);	/* before each call, without a fault; or NULL */
	int (*call)(void);	/* returns whether it worked */
	void (*after)(void);	/* or NULL */
};

static int fd = -1;

static int call_read(void)
{
	int file = open(words[0], O_RDONLY | O_CLOEXEC);
	static char buf[65536];
	ssize_t n;

	if (file < 0)
		return 0;
	while ((n = read(file, buf, sizeof(buf))) > 0)
		;
	close(file);
	return n == 0;
}

static int file_write(const char *path, const char *value)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t size = strlen(value), n;

	if (file < 0)
		return 0;
	n = write(file, value, size);
	close(file);
	return n == size;
}

static int call_write(void)
{
	return file_write(words[0], words[1]);
}

#define CONTROL	"/proc/kmt_procfs"

static int version_read;	/* by the last call_command() */

static void hostname_ready(void)
{
	MUST(file_write(CONTROL, "read hostname"));
}

static int call_command(void)
{
	version_read = file_write(CONTROL, "read version");
	return version_read;
}

static size_t bytes_take(const char *path, char *to, size_t size)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	MUST(file >= 0);
	n = read(file, to, size);
	MUST(n > 0);
	close(file);
	return n;
}

/* After a failure the bytes of before stand. */
static void file_whole(void)
{
	static char shown[8192], wanted[8192];
	const char *from = version_read ? "/proc/version" : "/etc/hostname";
	size_t n = bytes_take("/proc/kmt_file", shown, sizeof(shown));

	MUST(n == bytes_take(from, wanted, sizeof(wanted)) && !memcmp(shown, wanted, n));
}

static void node_ready(void)
{
	if (fd < 0)
		fd = node_open(O_RDWR | O_NONBLOCK);
}

static int call_open(void)
{
	int file = open(NODE, O_RDWR | O_CLOEXEC);

	if (file < 0)
		return 0;
	close(file);
	return 1;
}

static unsigned char next_in, next_out;

/* Bytes are counted through: none may be lost or doubled, however short a call was. */
static int call_bytes(void)
{
	unsigned char buf[5000];
	ssize_t n, i;

	for (i = 0; i < (ssize_t)sizeof(buf); i++)
		buf[i] = next_in + i;
	n = write(fd, buf, sizeof(buf));
	if (n > 0)
		next_in += n;
	return n == (ssize_t)sizeof(buf) && read(fd, buf, 0) == 0;
}

static void bytes_drain(void)
{
	unsigned char buf[3000];
	ssize_t n, i;

	while ((n = read(fd, buf, sizeof(buf))) > 0)
		for (i = 0; i < n; i++)
			MUST(buf[i] == next_out++);
	MUST(errno == EAGAIN && next_in == next_out);
}

static void bytes_fill(void)
{
	unsigned char buf[5000];
	size_t i;

	node_ready();
	for (i = 0; i < sizeof(buf); i++)
		buf[i] = next_in++;
	MUST(write(fd, buf, sizeof(buf)) == (ssize_t)sizeof(buf));
}

static int call_take(void)
{
	unsigned char buf[5000];
	ssize_t n = read(fd, buf, sizeof(buf)), i;

	for (i = 0; i < n; i++)
		MUST(buf[i] == next_out++);
	return n == (ssize_t)sizeof(buf);
}

static int call_requests(void)
{
	struct kmt_chardev_stat st = { .size = sizeof(st) };
	struct kmt_chardev_clear c = { .size = sizeof(c) };
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	return ioctl(fd, KMT_CHARDEV_STAT, &st) == 0 && ioctl(fd, KMT_CHARDEV_CLEAR, &c) == 0 &&
		poll(&p, 1, 0) == 1;
}

static int call_fasync(void)
{
	int flags = fcntl(fd, F_GETFL), ret;

	ret = fcntl(fd, F_SETFL, flags | O_ASYNC);
	MUST(fcntl(fd, F_SETFL, flags) == 0);
	return ret == 0;
}

static void map_ready(void)
{
	if (fd < 0)
		fd = node_open(O_RDONLY);
}

static void *map;

static int call_map(void)
{
	map = mmap(NULL, 65536, PROT_READ, MAP_SHARED, fd, 0);
	return map != MAP_FAILED;
}

static void map_none(void)
{
	MUST(map == MAP_FAILED || munmap(map, 65536) == 0);
	MUST(node_stat(fd).mapped == 0);
}

/* Nobody waits for more than five seconds for what got lost on the way. */
static int call_echo(void)
{
	struct timeval wait = { .tv_sec = 5 };
	int tcp = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), ok;
	char buf[8] = "12345678";
	union address to;
	socklen_t size = address_set(&to, "127.0.0.1", PORT);

	if (tcp < 0)
		return 0;
	ok = setsockopt(tcp, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)) == 0 &&
		setsockopt(tcp, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait)) == 0 &&
		connect(tcp, &to.any, size) == 0 && write(tcp, buf, 8) == 8 &&
		recv(tcp, buf, 8, MSG_WAITALL) == 8;
	close(tcp);
	return ok;
}

/* What is not answered has been counted. */
static int call_datagram(void)
{
	long before = figure("datagrams_dropped");
	int udp = client("127.0.0.1", SOCK_DGRAM), dropped = 0, i;
	char buf[8] = "12345678";
	ssize_t n = -1;

	MUST(write(udp, buf, 8) == 8);
	for (i = 0; i < 5000 && n < 0 && !dropped; i++) {
		usleep(1000);
		n = recv(udp, buf, 8, MSG_DONTWAIT);
		dropped = figure("datagrams_dropped") == before + 1;
	}
	close(udp);
	MUST((n == 8) != dropped);
	return n == 8;
}

static const struct entry entries[] = {
	{ "read", NULL, call_read, NULL },
	{ "write", NULL, call_write, NULL },
	{ "procfs_command", hostname_ready, call_command, file_whole },
	{ "node_open", NULL, call_open, NULL },
	{ "node_write", node_ready, call_bytes, bytes_drain },
	{ "node_read", bytes_fill, call_take, bytes_drain },
	{ "node_requests", node_ready, call_requests, NULL },
	{ "node_fasync", node_ready, call_fasync, NULL },
	{ "node_map", map_ready, call_map, map_none },
	{ "echo", NULL, call_echo, NULL },
	{ NULL, NULL, NULL, NULL }
};

static int entry_run(const struct entry *e, unsigned int nth, unsigned int *left)
{
	int ok;

	if (e->prepare)
		e->prepare();
	if (nth)
		fault_arm(nth);
	ok = e->call();
	if (nth)
		*left = fault_disarm();
	if (e->after)
		e->after();
	return ok;
}

static void entry_faults(const struct entry *e)
{
	unsigned int nth, left = 0, failed = 0;

	MUST(entry_run(e, 0, NULL));	/* pages of this program are fetched without a fault */
	for (nth = 1; nth < MOST; nth++) {
		int ok = entry_run(e, nth, &left);

		if (left)
			MUST(ok);
		if (left)
			break;
		failed += !ok;
		MUST(entry_run(e, 0, NULL));
	}
	MUST(nth < MOST);
	printf("%s %s: %u faults, %u made it fail\n", e->name, words[0] ? words[0] : "", nth - 1,
	       failed);
	MUST(failed > 0);
}

/* An allocation of the server fails after some bytes, and more bytes each time. */
static void workers_faults(const char *name, int (*call)(void))
{
	unsigned int after, came = 0, failed = 0;

	MUST(call());
	for (after = 0; after < 8000; after += 100) {
		int ok;

		workers_fail(after);
		ok = call();
		if (workers_well())
			came++;
		failed += !ok;
		MUST(call());
	}
	printf("%s: %u faults, %u made it fail\n", name, came, failed);
	MUST(came > 0 && failed > 0);
}

/*
 * Packets that carry a stream's bytes come from a cache of their own, which the kernel's command
 * line has marked; an acknowledgement does not.
 */
static void packets_fail(int on)
{
	number_write(FAILSLAB "probability", 0);
	number_write(FAILSLAB "task-filter", 0);
	number_write(FAILSLAB "cache-filter", on);
	number_write(FAILSLAB "space", 0);
	number_write(FAILSLAB "times", STARVED_MOST);
	number_write(FAILSLAB "probability", on ? 100 : 0);
}

/* Reads until no byte has come for two and a half seconds; returns how many came. */
static size_t bytes_come(int from)
{
	struct pollfd wait = { .fd = from, .events = POLLIN };
	static char buf[65536];
	size_t all = 0;
	ssize_t n;

	while (poll(&wait, 1, 2500) > 0) {
		n = read(from, buf, sizeof(buf));
		MUST(n > 0);
		all += n;
	}
	return all;
}

/*
 * A client that does not read, until all buffers on the way are full; then it reads, and the echo
 * of what the server still has needs memory, in the soft interrupt that brings the client's
 * acknowledgement. A server that tried again at once would meet thousands of faults in this time.
 */
static void starved(void)
{
	int stream = client("127.0.0.1", SOCK_STREAM);
	static char buf[65536];
	size_t sent = 0, come;
	unsigned int faults;
	ssize_t n;

	MUST(number_read("/sys/kernel/slab/skbuff_fclone_cache/failslab") == 1);
	echo(stream, "before");
	do {
		usleep(200000);
		while ((n = send(stream, buf, sizeof(buf), MSG_DONTWAIT)) > 0)
			sent += n;
	} while (n < 0 && poll(&(struct pollfd){ .fd = stream, .events = POLLOUT }, 1, 300) > 0);
	packets_fail(1);
	come = bytes_come(stream);
	faults = STARVED_MOST - number_read(FAILSLAB "times");
	packets_fail(0);
	printf("starved: %zu of %zu bytes came, %u faults\n", come, sent, faults);
	MUST(come < sent && faults > 0 && faults < STARVED_FEW);
	MUST(come + bytes_come(stream) == sent);
	echo(stream, "after");
	close(stream);
}

int main(int argc, char **argv)
{
	const struct entry *e = entries;

	if (argc < 2)
		return 2;
	setbuf(stdout, NULL);
	signal(SIGPIPE, SIG_IGN);
	words = argv + 2;
	fault_init();
	if (!strcmp(argv[1], "echo_workers")) {
		workers_faults(argv[1], call_echo);
		return 0;
	}
	if (!strcmp(argv[1], "datagram_workers")) {
		workers_faults(argv[1], call_datagram);
		return 0;
	}
	if (!strcmp(argv[1], "starved")) {
		starved();
		return 0;
	}
	while (e->name && strcmp(e->name, argv[1]))
		e++;
	MUST(e->name != NULL);
	entry_faults(e);
	return 0;
}
