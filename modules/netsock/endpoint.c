// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A socket that calls for work when something happens to it. The kernel calls a
 * socket's callbacks from the interrupt side, where nothing may sleep: so they
 * only put the endpoint on a list and wake the server, unless the endpoint can do
 * at once what there is to do.
 */
#include "netsock.h"

/* It may be on the list already: then the turn that comes sees this event too. */
void endpoint_kick(struct endpoint *e)
{
	struct server *s = e->server;

	spin_lock_bh(&s->lock);
	if (list_empty(&e->node))
		list_add_tail(&e->node, &s->ready);
	spin_unlock_bh(&s->lock);
	server_wake(s);
}

struct endpoint *endpoint_next(struct server *s)
{
	struct endpoint *e;

	spin_lock_bh(&s->lock);
	e = list_first_entry_or_null(&s->ready, struct endpoint, node);
	if (e)
		list_del_init(&e->node);
	spin_unlock_bh(&s->lock);
	return e;
}

/* NULL once the endpoint has let go of the socket, and for connections nobody accepted yet. */
static struct endpoint *endpoint_of(const struct sock *sk)
{
	return __locked_read_sk_user_data_with_flags(sk, SK_USER_DATA_NOCOPY);
}

static void data_ready(struct sock *sk)
{
	struct endpoint *e;

	read_lock_bh(&sk->sk_callback_lock);
	e = endpoint_of(sk);
	if (e)
		endpoint_kick(e);
	read_unlock_bh(&sk->sk_callback_lock);
}

/*
 * A connection's callbacks are called under its socket's lock. detach() takes that as
 * well, so what they find stays while they run. The callback lock is not held, because
 * the event may lead to the next callback.
 */
static struct endpoint *endpoint_of_stream(const struct sock *sk)
{
	void *data = rcu_dereference_protected(__sk_user_data(sk), lockdep_sock_is_held(sk));

	return (struct endpoint *)((uintptr_t)data & SK_USER_DATA_PTRMASK);
}

static void stream_ready(struct sock *sk)
{
	struct endpoint *e = endpoint_of_stream(sk);

	if (e && e->event(e))
		endpoint_kick(e);
}

/* The socket's own callback notes that there is room; without it this is called only once. */
static void write_space(struct sock *sk)
{
	struct endpoint *e = endpoint_of_stream(sk);

	if (!e)
		return;
	e->write_space(sk);
	if (sk_stream_is_writeable(sk))
		stream_ready(sk);
}

static void callbacks_keep(struct endpoint *e, const struct sock *sk,
			   const struct endpoint *parent)
{
	e->data_ready = parent ? parent->data_ready : sk->sk_data_ready;
	e->state_change = parent ? parent->state_change : sk->sk_state_change;
	e->write_space = parent ? parent->write_space : sk->sk_write_space;
}

/*
 * Under the socket's lock, as detach(): a callback that comes finds everything in place,
 * what was set before as well. NOCOPY: the connections of a listening socket must not
 * inherit the pointer.
 */
void endpoint_attach(struct endpoint *e, const struct endpoint *parent)
{
	struct sock *sk = e->sock->sk;

	INIT_LIST_HEAD(&e->node);
	lock_sock(sk);
	write_lock_bh(&sk->sk_callback_lock);
	callbacks_keep(e, sk, parent);
	__rcu_assign_sk_user_data_with_flags(sk, e, SK_USER_DATA_NOCOPY);
	sk->sk_data_ready = data_ready;
	if (e->event) {
		sk->sk_data_ready = stream_ready;
		sk->sk_state_change = data_ready;
		sk->sk_write_space = write_space;
	}
	write_unlock_bh(&sk->sk_callback_lock);
	release_sock(sk);
}

static void detach(struct endpoint *e)
{
	struct sock *sk = e->sock->sk;

	lock_sock(sk);
	write_lock_bh(&sk->sk_callback_lock);
	rcu_assign_sk_user_data(sk, NULL);
	sk->sk_data_ready = e->data_ready;
	sk->sk_state_change = e->state_change;
	sk->sk_write_space = e->write_space;
	write_unlock_bh(&sk->sk_callback_lock);
	release_sock(sk);
}

/*
 * A TCP connection is reset unless it has ended in good order. To leave the rest to
 * the kernel, as close(2) does, is not for sockets of the kernel: they do not keep
 * their namespace alive, so nothing of them may stay behind when it goes.
 */
void endpoint_release(struct endpoint *e)
{
	struct server *s = e->server;

	if (!e->sock)
		return;
	detach(e);
	spin_lock_bh(&s->lock);
	list_del_init(&e->node);
	spin_unlock_bh(&s->lock);
	if (e->sock->sk->sk_type == SOCK_STREAM)
		sock_no_linger(e->sock->sk);
	sock_release(e->sock);
	WRITE_ONCE(e->sock, NULL);
}
