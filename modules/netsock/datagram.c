// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * UDP: every datagram goes back to where it came from. Nobody there has proved to be
 * who he is, so nothing is remembered and nothing allocated: all datagrams pass
 * through one buffer that is as large as the largest of them.
 */
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/ipv6.h>
#include <linux/slab.h>

#include "netsock.h"

#define LARGEST		65535
#define PORT_LEAST	1024

static char *buffer;

int datagram_init_buffer(void)
{
	buffer = kvmalloc(LARGEST, GFP_KERNEL);
	return buffer ? 0 : -ENOMEM;
}

void datagram_release_buffer(void)
{
	kvfree(buffer);
}

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/*
 * An answer to another echo server would be answered again, for ever. Such services
 * have ports below 1024, or ours; a false sender's address can name them. One with
 * another port can not be told from a client: that is left to a firewall.
 */
static bool may_answer(const union address *from)
{
	__be16 port = from->any.sa_family == AF_INET ? from->v4.sin_port : from->v6.sin6_port;

	return ntohs(port) >= PORT_LEAST && ntohs(port) != server_port;
}

struct datagram {
	union address from;
	size_t control_size;
	char control[CMSG_SPACE(sizeof(struct in6_pktinfo))] __aligned(sizeof(long));
};

static int datagram_receive(struct endpoint *e, struct datagram *d)
{
	struct kvec vec = { buffer, LARGEST };
	struct msghdr msg = {
		.msg_name = &d->from,
		.msg_control = d->control,
		.msg_controllen = sizeof(d->control),
	};
	int ret = kernel_recvmsg(e->sock, &msg, &vec, 1, LARGEST, MSG_DONTWAIT);

	d->control_size = sizeof(d->control) - msg.msg_controllen;
	return ret;
}

/* The control message that told where the datagram was sent to says where it comes from now. */
static int datagram_send(struct endpoint *e, struct datagram *d, size_t size)
{
	struct kvec vec = { buffer, size };
	struct msghdr msg = {
		.msg_name = &d->from,
		.msg_namelen = d->from.any.sa_family == AF_INET ? sizeof(d->from.v4)
								 : sizeof(d->from.v6),
		.msg_control = d->control_size ? d->control : NULL,
		.msg_controllen = d->control_size,
		.msg_flags = MSG_DONTWAIT | MSG_NOSIGNAL,
	};

	return kernel_sendmsg(e->sock, &msg, &vec, 1, size);
}

static void datagram_echo(struct endpoint *e, struct datagram *d, size_t size)
{
	struct server *s = e->server;

	server_add(s, DATAGRAMS_IN, 1);
	server_add(s, UDP_IN, size);
	if (!may_answer(&d->from) || datagram_send(e, d, size) < 0) {
		server_add(s, DATAGRAMS_DROPPED, 1);
		return;
	}
	server_add(s, DATAGRAMS_OUT, 1);
	server_add(s, UDP_OUT, size);
}

bool datagram_run(struct endpoint *e)
{
	struct datagram d;
	unsigned int i;
	int ret;

	for (i = 0; i < ENDPOINT_TURN; i++) {
		ret = datagram_receive(e, &d);
		if (ret == -EAGAIN)
			return false;
		if (ret < 0)
			server_add(e->server, FAILED, 1);
		else
			datagram_echo(e, &d, ret);
	}
	return true;
}
