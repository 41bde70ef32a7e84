// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The client side: one line, in the form in which a log server takes it, to an
 * address and port. The socket lives as long as that takes.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/inet.h>
#include <linux/kernel.h>
#include <linux/nsproxy.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/timekeeping.h>

#include "netsock.h"

#define LINE_SIZE	128
#define TO_SIZE		96

/* Cuts "1.2.3.4:514" or "[::1]:514" in two; the brackets go. */
static int address_split(char *text, char **host, char **port)
{
	char *colon = strrchr(text, ':');

	if (!colon)
		return -EINVAL;
	*colon = '\0';
	*port = colon + 1;
	*host = text;
	if (text[0] == '[') {
		if (colon == text + 1 || colon[-1] != ']')
			return -EINVAL;
		colon[-1] = '\0';
		*host = text + 1;
	} else if (strchr(text, ':')) {
		return -EINVAL;
	}
	return **port >= '0' && **port <= '9' ? 0 : -EINVAL;
}

static int address_parse(struct net *net, const char *to, struct sockaddr_storage *addr)
{
	char text[TO_SIZE], *host, *port;
	int ret;

	if (strscpy(text, to, sizeof(text)) < 0)
		return -EINVAL;
	ret = address_split(text, &host, &port);
	if (ret)
		return ret;
	ret = inet_pton_with_scope(net, AF_UNSPEC, host, port, addr);
	if (ret)
		return -EINVAL;
	/* The port is in the same place in both families. */
	return ((struct sockaddr_in *)addr)->sin_port ? 0 : -EINVAL;
}

/* "<14>" is a message of a user's program, for information: see RFC 5424. */
static int line_print(char *line, size_t size)
{
	return scnprintf(line, size, "<14>%s: port %u, %u of %u connections, up %lld s",
			 KBUILD_MODNAME, server_port, conn_live(), READ_ONCE(conn_most),
			 (long long)ktime_get_boottime_seconds());
}

/* From the namespace of the process that asked for it. */
int beacon_send(const char *to)
{
	struct net *net = current->nsproxy->net_ns;
	struct sockaddr_storage addr = { };
	struct msghdr msg = { .msg_name = &addr, .msg_flags = MSG_DONTWAIT | MSG_NOSIGNAL };
	char line[LINE_SIZE];
	struct kvec vec = { line, line_print(line, sizeof(line)) };
	struct socket *sock;
	int ret;

	ret = address_parse(net, to, &addr);
	if (ret)
		return ret;
	msg.msg_namelen = addr.ss_family == AF_INET ? sizeof(struct sockaddr_in)
						    : sizeof(struct sockaddr_in6);
	ret = sock_create_kern(net, addr.ss_family, SOCK_DGRAM, IPPROTO_UDP, &sock);
	if (ret)
		return ret;
	ret = kernel_sendmsg(sock, &msg, &vec, 1, vec.iov_len);
	sock_release(sock);
	return ret < 0 ? ret : 0;
}
