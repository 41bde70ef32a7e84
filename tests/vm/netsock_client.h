/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A client of kmt_netsock at port 7007, for the probes of it. They need root.
 */
#ifndef NETSOCK_CLIENT_H
#define NETSOCK_CLIENT_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probe.h"

#define PORT	7007
#define PARAM	"/sys/module/kmt_netsock/parameters/"

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static inline socklen_t address_set(union address *a, const char *host, int port)
{
	memset(a, 0, sizeof(*a));
	if (strchr(host, ':')) {
		a->v6.sin6_family = AF_INET6;
		a->v6.sin6_port = htons(port);
		MUST(inet_pton(AF_INET6, host, &a->v6.sin6_addr) == 1);
		return sizeof(a->v6);
	}
	a->v4.sin_family = AF_INET;
	a->v4.sin_port = htons(port);
	MUST(inet_pton(AF_INET, host, &a->v4.sin_addr) == 1);
	return sizeof(a->v4);
}

/* Connected, and never silent for more than five seconds; or -1. */
static inline int client_try(const char *host, int type)
{
	struct timeval wait = { .tv_sec = 5 };
	union address to;
	socklen_t size = address_set(&to, host, PORT);
	int fd = socket(to.any.sa_family, type | SOCK_CLOEXEC, 0), error;

	MUST(fd >= 0);
	MUST(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)) == 0);
	if (connect(fd, &to.any, size) == 0)
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

static inline int client(const char *host, int type)
{
	int fd = client_try(host, type);

	MUST(fd >= 0);
	return fd;
}

static inline void read_all(int fd, char *buf, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, buf + done, size - done);

		MUST(n > 0);
		done += n;
	}
}

static inline void echo(int fd, const char *text)
{
	char buf[100];
	size_t size = strlen(text);

	MUST(write(fd, text, size) == (ssize_t)size);
	read_all(fd, buf, size);
	MUST(!memcmp(buf, text, size));
}

static inline void param_write(const char *name, const char *value)
{
	char path[100];
	int fd;

	snprintf(path, sizeof(path), PARAM "%s", name);
	fd = open(path, O_WRONLY);
	MUST(fd >= 0);
	MUST(write(fd, value, strlen(value)) == (ssize_t)strlen(value));
	close(fd);
}

/* A line of this namespace's statistics; -1 when there is none. */
static inline long figure(const char *key)
{
	FILE *f = fopen("/proc/kmt_netsock", "re");
	char name[64];
	long value, found = -1;

	MUST(f != NULL);
	while (fscanf(f, "%63s %ld", name, &value) == 2)
		if (!strcmp(name, key))
			found = value;
	fclose(f);
	return found;
}

static inline void figure_becomes(const char *key, long value)
{
	int i;

	for (i = 0; i < 500 && figure(key) != value; i++)
		usleep(10000);
	MUST(figure(key) == value);
}

static inline void datagrams_of(const char *host, size_t largest)
{
	static char out[65536], in[65536];
	size_t sizes[] = { 5, 0, 1, 1472, 9000, largest }, i;
	int fd = client(host, SOCK_DGRAM);

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		memset(out, 'a' + i, sizes[i]);
		MUST(send(fd, out, sizes[i], 0) == (ssize_t)sizes[i]);
		MUST(recv(fd, in, sizeof(in), 0) == (ssize_t)sizes[i]);
		MUST(!memcmp(in, out, sizes[i]));
	}
	close(fd);
}

/* The reset may be there before connect() returns, or come later. */
static inline void refused(int fd)
{
	char c;

	if (fd < 0) {
		MUST(errno == ECONNRESET);
		return;
	}
	MUST(write(fd, "x", 1) == 1 || errno == ECONNRESET || errno == EPIPE);
	MUST(read(fd, &c, 1) <= 0 && errno != EAGAIN);
	close(fd);
}

/* Has a beacon sent to a port of this namespace, and gets it. */
static inline void beacon_to(const char *host, const char *format)
{
	union address from;
	socklen_t size = address_set(&from, host, 0);
	struct timeval wait = { .tv_sec = 5 };
	int fd = socket(from.any.sa_family, SOCK_DGRAM, 0);
	char to[64], line[200] = "";

	MUST(bind(fd, &from.any, size) == 0);
	MUST(getsockname(fd, &from.any, &size) == 0);
	MUST(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait)) == 0);
	snprintf(to, sizeof(to), format, ntohs(from.v4.sin_port));
	param_write("beacon", to);
	MUST(recv(fd, line, sizeof(line) - 1, 0) > 0);
	MUST(!strncmp(line, "<14>kmt_netsock: port 7007, ", 28));
	close(fd);
}

#endif
