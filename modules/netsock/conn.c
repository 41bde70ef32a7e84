// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * TCP: what comes in on a connection goes out on it again. There is one buffer for
 * each connection, and nothing is read before it is empty: a client that does not
 * read its echoes fills its own window and no memory of ours.
 */
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <linux/tcp.h>

#include <net/tcp.h>

#include "netsock.h"

#define CONN_BUFFER	4096
#define CONN_LINGER	(2 * HZ)	/* for the end to be acknowledged */

unsigned int conn_most = 64;
unsigned int conn_idle = 60;
unsigned long conn_bytes = 1UL << 30;

struct conn {
	struct endpoint end;
	struct list_head node;		/* in the server's conns */
	unsigned long last;		/* jiffies when bytes moved, or when the end began */
	unsigned long bytes;		/* received */
	bool ending;			/* we have sent our end */
	unsigned int from;		/* the bytes to send are buffer[from..to] */
	unsigned int to;
	char buffer[CONN_BUFFER];
};

static atomic_t live;

unsigned int conn_live(void)
{
	return atomic_read(&live);
}

static void conn_free(struct conn *c)
{
	struct server *s = c->end.server;

	endpoint_release(&c->end);
	list_del(&c->node);
	WRITE_ONCE(s->live, s->live - 1);
	kfree(c);
	atomic_dec(&live);
}

static struct conn *conn_new(struct endpoint *listener, struct socket *sock)
{
	struct server *s = listener->server;
	struct conn *c = kmalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return NULL;
	memset(c, 0, offsetof(struct conn, buffer));
	c->end.server = s;
	c->end.sock = sock;
	c->last = jiffies;
	list_add_tail(&c->node, &s->conns);
	WRITE_ONCE(s->live, s->live + 1);
	return c;
}

static bool conn_run(struct endpoint *e);

/* Takes the socket over, or closes it; the cap is looked at before anything is allocated. */
static void conn_add(struct endpoint *listener, struct socket *sock)
{
	struct server *s = listener->server;
	struct conn *c = NULL;

	if (atomic_inc_return(&live) <= READ_ONCE(conn_most))
		c = conn_new(listener, sock);
	if (!c) {
		atomic_dec(&live);
		server_add(s, REFUSED, 1);
		sock_no_linger(sock->sk);
		sock_release(sock);
		return;
	}
	server_add(s, ACCEPTED, 1);
	tcp_sock_set_nodelay(sock->sk);
	c->end.run = conn_run;
	endpoint_attach(&c->end, listener);
	endpoint_kick(&c->end);		/* for what came before the callbacks were there */
	server_sweep_later(s);
}

bool conn_accept(struct endpoint *e)
{
	struct socket *sock;
	unsigned int i;
	int ret;

	for (i = 0; i < ENDPOINT_TURN; i++) {
		ret = kernel_accept(e->sock, &sock, O_NONBLOCK);
		if (ret == -EAGAIN)
			return false;
		if (ret)
			server_add(e->server, FAILED, 1);
		else
			conn_add(e, sock);
	}
	return true;
}

/* 0 when the buffer is empty. -EAGAIN: the socket calls again when it has room. */
static int conn_send(struct conn *c)
{
	while (c->from < c->to) {
		struct msghdr msg = { .msg_flags = MSG_DONTWAIT | MSG_NOSIGNAL };
		struct kvec vec = { c->buffer + c->from, c->to - c->from };
		int ret = kernel_sendmsg(c->end.sock, &msg, &vec, 1, vec.iov_len);

		if (ret < 0)
			return ret;
		c->from += ret;
		c->last = jiffies;
		server_add(c->end.server, TCP_OUT, ret);
	}
	return 0;
}

/* The number of bytes now in the buffer, 0 at the end of the stream, -EAGAIN, or an error. */
static int conn_receive(struct conn *c, size_t most)
{
	struct msghdr msg = { };
	struct kvec vec = { c->buffer, most };
	int ret = kernel_recvmsg(c->end.sock, &msg, &vec, 1, most, MSG_DONTWAIT);

	if (ret > 0) {
		c->last = jiffies;
		c->bytes += ret;
		server_add(c->end.server, TCP_IN, ret);
	}
	return ret;
}

/*
 * The end in good order: our side says that nothing more comes, and the connection
 * is freed when the other side has acknowledged that and said the same; or when
 * that takes too long.
 */
static void conn_end(struct conn *c)
{
	c->ending = true;
	c->last = jiffies;
	if (kernel_sock_shutdown(c->end.sock, SHUT_WR))
		conn_free(c);
}

/* What still comes is thrown away, for it would keep the client from coming to an end. */
static bool conn_drain(struct conn *c)
{
	unsigned int i;
	int ret = 1;

	for (i = 0; i < ENDPOINT_TURN && ret > 0; i++) {
		struct msghdr msg = { };
		struct kvec vec = { c->buffer, CONN_BUFFER };

		ret = kernel_recvmsg(c->end.sock, &msg, &vec, 1, CONN_BUFFER, MSG_DONTWAIT);
	}
	if (inet_sk_state_load(c->end.sock->sk) != TCP_CLOSE)
		return ret > 0;
	conn_free(c);
	return false;
}

/* How much may be received now: 0 when the connection has had its share. */
static size_t conn_room(const struct conn *c)
{
	unsigned long most = READ_ONCE(conn_bytes);

	if (!most)
		return CONN_BUFFER;
	return c->bytes >= most ? 0 : min(most - c->bytes, (unsigned long)CONN_BUFFER);
}

/*
 * One buffer in and out. 1: there may be more, 0: the stream has ended, -EAGAIN: the
 * socket will call. A receive that did not fill the buffer has emptied the socket;
 * asking again would cost a call and tell nothing, except at the end of the stream.
 */
static int conn_step(struct conn *c)
{
	struct sock *sk = c->end.sock->sk;
	size_t room = conn_room(c);
	int got, ret;

	ret = conn_send(c);
	if (ret)
		return ret;
	if (!room) {
		server_add(c->end.server, FULL_CLOSED, 1);
		return 0;
	}
	got = conn_receive(c, room);
	if (got <= 0)
		return got;
	c->from = 0;
	c->to = got;
	ret = conn_send(c);
	if (ret)
		return ret;
	return got < room && !(READ_ONCE(sk->sk_shutdown) & RCV_SHUTDOWN) ? -EAGAIN : 1;
}

static bool conn_run(struct endpoint *e)
{
	struct conn *c = container_of(e, struct conn, end);
	unsigned int i;
	int ret = 1;

	if (c->ending)
		return conn_drain(c);
	for (i = 0; i < ENDPOINT_TURN && ret > 0; i++)
		ret = conn_step(c);
	if (ret == 0) {
		conn_end(c);
	} else if (ret < 0 && ret != -EAGAIN) {
		server_add(e->server, FAILED, 1);
		conn_free(c);
	}
	return ret > 0;
}

/* The oldest are not first: a connection stays in its place while it lives. */
void conn_sweep(struct server *s)
{
	struct conn *c, *next;

	list_for_each_entry_safe(c, next, &s->conns, node) {
		if (c->ending && time_after(jiffies, c->last + CONN_LINGER)) {
			conn_free(c);
		} else if (!c->ending && time_after(jiffies, c->last + READ_ONCE(conn_idle) * HZ)) {
			server_add(s, IDLE_CLOSED, 1);
			conn_end(c);
		}
	}
}

void conn_release_all(struct server *s)
{
	struct conn *c, *next;

	list_for_each_entry_safe(c, next, &s->conns, node)
		conn_free(c);
}
