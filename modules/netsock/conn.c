// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * TCP: what comes in on a connection goes out on it again, straight from the socket's
 * receive queue to its send queue. What there is no room for stays where it is: a
 * client that does not read its echoes fills its own window and no memory of ours.
 *
 * It is done where the data arrives, in the soft interrupt, and nobody is woken for
 * it: net/tls/tls_strp.c takes packets from a receive queue there, and
 * net/xfrm/espintcp.c sends. The socket must not be another one's at that moment, its
 * memory must come without sleeping, and it must not use what belongs to the task that
 * was interrupted. What may take long, or ends a connection, is left to the workqueue.
 */
#include <linux/jiffies.h>
#include <linux/slab.h>
#include <linux/tcp.h>

#include <net/tcp.h>

#include "compat.h"
#include "netsock.h"

#define CONN_TURN	65536U		/* bytes echoed at a time */
#define CONN_DRAIN	65536
#define CONN_LINGER	(2 * HZ)	/* for the end to be acknowledged */

unsigned int conn_most = 64;
unsigned int conn_idle = 60;
unsigned long conn_bytes = 1UL << 30;

struct conn {
	struct endpoint end;
	struct list_head node;		/* in the server's conns */
	unsigned long last;		/* jiffies when bytes moved, or when the end began */
	unsigned long bytes;		/* echoed; under the socket's lock */
	bool echoing;			/* under the socket's lock */
	bool ending;			/* we have sent our end */
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
	struct conn *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return NULL;
	c->end.server = s;
	c->end.sock = sock;
	c->last = jiffies;
	list_add_tail(&c->node, &s->conns);
	WRITE_ONCE(s->live, s->live + 1);
	return c;
}

/*
 * By default a socket fills pages of the task that sends, current->task_frag: here that
 * is whoever was interrupted, perhaps while he fills that very page.
 */
static void conn_prepare(struct sock *sk)
{
	tcp_sock_set_nodelay(sk);
	lock_sock(sk);			/* the socket's timers look at this as well */
	sk->sk_allocation = GFP_ATOMIC;
	kmt_forbid_task_frag(sk);
	release_sock(sk);
}

static bool conn_run(struct endpoint *e);
static bool conn_event(struct endpoint *e);

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
	conn_prepare(sock->sk);
	c->end.run = conn_run;
	c->end.event = conn_event;
	endpoint_attach(&c->end, listener);
	endpoint_kick(&c->end);		/* for what came before the callbacks were there */
	server_sweep_later(s);
}

/* What failed is tried again by the next sweep: at once it would only fail again. */
bool conn_accept(struct endpoint *e)
{
	struct socket *sock;
	unsigned int i;
	int ret;

	for (i = 0; i < ENDPOINT_TURN; i++) {
		ret = kernel_accept(e->sock, &sock, O_NONBLOCK);
		if (ret == -EAGAIN)
			return false;
		if (ret) {
			server_add(e->server, FAILED, 1);
			server_sweep_later(e->server);
			return false;
		}
		conn_add(e, sock);
	}
	return true;
}

/* Sends bytes of a packet without a copy of ours between; returns how many, or an error. */
static int conn_pass(struct sock *sk, struct sk_buff *skb, unsigned int offset, size_t len)
{
	struct msghdr msg = { };
	struct skb_seq_state state;
	unsigned int done = 0;
	const u8 *data;
	int n, ret;

	skb_prepare_seq_read(skb, offset, offset + len, &state);
	do {
		struct kvec vec;

		n = min_t(size_t, skb_seq_read(done, &data, &state), len - done);
		if (!n) {		/* not for a processor to read */
			ret = -EFAULT;
			break;
		}
		vec = (struct kvec){ (void *)data, n };
		msg.msg_flags = MSG_DONTWAIT | MSG_NOSIGNAL | (done + n < len ? MSG_MORE : 0);
		iov_iter_kvec(&msg.msg_iter, ITER_SOURCE, &vec, 1, n);
		ret = tcp_sendmsg_locked(sk, &msg, n);
		if (ret > 0)
			done += ret;
	} while (ret == n && done < len);
	skb_abort_seq_read(&state);
	return done ?: ret;
}

/* How much may be echoed now: 0 when the connection has had its share. */
static size_t conn_room(const struct conn *c)
{
	unsigned long most = READ_ONCE(conn_bytes);

	if (!most)
		return CONN_TURN;
	return c->bytes >= most ? 0 : min(most - c->bytes, (unsigned long)CONN_TURN);
}

static void conn_count(struct conn *c, size_t bytes)
{
	WRITE_ONCE(c->last, jiffies);
	c->bytes += bytes;
	server_add(c->end.server, TCP_IN, bytes);
	server_add(c->end.server, TCP_OUT, bytes);
}

/*
 * Needs the socket's lock in its short form: soft interrupts off, and not owned, so
 * that nothing comes to the receive queue or goes from it behind our back. 1: there may
 * be more, 0: the stream has ended, -EAGAIN: the socket will call, -EDQUOT: the
 * connection has had its share.
 */
static int conn_echo(struct conn *c)
{
	struct sock *sk = c->end.sock->sk;
	size_t room = conn_room(c), done = 0;
	struct sk_buff *skb;
	u32 offset;
	int n = 1;

	if (sk->sk_err)
		return -sk->sk_err;
	if (!room)
		return -EDQUOT;
	c->echoing = true;
	while (done < room && n > 0 && !skb_queue_empty(&sk->sk_receive_queue)) {
		skb = tcp_recv_skb(sk, tcp_sk(sk)->copied_seq, &offset);
		if (!skb || offset == skb->len)		/* no data, or only the end */
			break;
		n = conn_pass(sk, skb, offset, min_t(size_t, room - done, skb->len - offset));
		if (n > 0) {
			tcp_read_done(sk, n);
			done += n;
		}
	}
	c->echoing = false;
	if (done)
		conn_count(c, done);
	if (n < 0)
		return n;
	if (done == room)
		return 1;
	return sk->sk_shutdown & RCV_SHUTDOWN ? 0 : -EAGAIN;
}

/*
 * The socket has data or room; returns whether that calls for work. When somebody owns
 * the socket it is for later. The echo itself may call this when there is no memory to
 * send with: then it is for the next sweep.
 */
static bool conn_event(struct endpoint *e)
{
	struct conn *c = container_of(e, struct conn, end);

	if (c->echoing)
		return false;
	if (READ_ONCE(c->ending) || sock_owned_by_user(e->sock->sk))
		return true;
	return conn_echo(c) != -EAGAIN;
}

/*
 * The end in good order: our side says that nothing more comes, and the connection
 * is freed when the other side has acknowledged that and said the same; or when
 * that takes too long.
 */
static void conn_end(struct conn *c)
{
	WRITE_ONCE(c->ending, true);
	WRITE_ONCE(c->last, jiffies);
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

		ret = kernel_recvmsg(c->end.sock, &msg, NULL, 0, CONN_DRAIN,
				     MSG_DONTWAIT | MSG_TRUNC);
	}
	if (inet_sk_state_load(c->end.sock->sk) != TCP_CLOSE)
		return ret > 0;
	conn_free(c);
	return false;
}

static bool conn_run(struct endpoint *e)
{
	struct conn *c = container_of(e, struct conn, end);
	struct sock *sk = e->sock->sk;
	bool waited;
	int ret;

	if (c->ending)
		return conn_drain(c);
	waited = lock_sock_fast(sk);	/* then it is the long form, and the next turn is ours */
	ret = waited ? 1 : conn_echo(c);
	unlock_sock_fast(sk, waited);

	if (ret == 0) {
		conn_end(c);
	} else if (ret == -EDQUOT) {
		server_add(e->server, FULL_CLOSED, 1);
		conn_end(c);
	} else if (ret < 0 && ret != -EAGAIN) {
		server_add(e->server, FAILED, 1);
		conn_free(c);
	}
	return ret > 0;
}

/* Without memory to send with, and with nothing under way, the socket does not call again. */
static void conn_retry(struct conn *c)
{
	if (!skb_queue_empty_lockless(&c->end.sock->sk->sk_receive_queue))
		endpoint_kick(&c->end);
}

/* The oldest are not first: a connection stays in its place while it lives. */
void conn_sweep(struct server *s)
{
	struct conn *c, *next;

	list_for_each_entry_safe(c, next, &s->conns, node) {
		unsigned long last = READ_ONCE(c->last);

		if (c->ending && time_after(jiffies, last + CONN_LINGER)) {
			conn_free(c);
		} else if (!c->ending && time_after(jiffies, last + READ_ONCE(conn_idle) * HZ)) {
			server_add(s, IDLE_CLOSED, 1);
			conn_end(c);
		} else {
			conn_retry(c);
		}
	}
}

void conn_release_all(struct server *s)
{
	struct conn *c, *next;

	list_for_each_entry_safe(c, next, &s->conns, node)
		conn_free(c);
}
