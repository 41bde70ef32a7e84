// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The server of one network namespace: four sockets, and the turns in which it
 * does what they call for.
 */
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/sched.h>

#include <net/ip.h>
#include <net/ipv6.h>

#include "compat.h"
#include "netsock.h"

#define BACKLOG		64	/* connections that wait to be accepted */
#define TURNS		256	/* endpoints before it is another namespace's turn */
#define SWEEP_EVERY	HZ

unsigned int server_port = 7007;
bool server_any;

static struct workqueue_struct *queue;
static bool ipv6_there;

struct kind {
	sa_family_t family;
	int type;
	int protocol;
	bool (*run)(struct endpoint *e);
};

static const struct kind kinds[SERVER_SOCKETS] = {
	[TCP4] = { AF_INET, SOCK_STREAM, IPPROTO_TCP, conn_accept },
	[UDP4] = { AF_INET, SOCK_DGRAM, IPPROTO_UDP, datagram_run },
	[TCP6] = { AF_INET6, SOCK_STREAM, IPPROTO_TCP, conn_accept },
	[UDP6] = { AF_INET6, SOCK_DGRAM, IPPROTO_UDP, datagram_run },
};

static int bind4(struct socket *sock)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET,
		.sin_port = htons(server_port),
		.sin_addr.s_addr = htonl(server_any ? INADDR_ANY : INADDR_LOOPBACK),
	};

	return kernel_bind(sock, (struct sockaddr_unsized *)&addr, sizeof(addr));
}

/* Without v6only it would take IPv4's port too, which has a socket of its own. */
static int bind6(struct socket *sock)
{
	struct sockaddr_in6 addr = {
		.sin6_family = AF_INET6,
		.sin6_port = htons(server_port),
		.sin6_addr = server_any ? in6addr_any : in6addr_loopback,
	};
	int ret;

	ret = ip6_sock_set_v6only(sock->sk);
	if (ret)
		return ret;
	return kernel_bind(sock, (struct sockaddr_unsized *)&addr, sizeof(addr));
}

/*
 * A server on every address has to answer a datagram from the very address that
 * it was sent to: PKTINFO tells it.
 */
static void options_set(struct sock *sk)
{
	if (sk->sk_type == SOCK_STREAM)
		sock_set_reuseaddr(sk);
	else if (server_any && sk->sk_family == AF_INET)
		ip_sock_set_pktinfo(sk);
	else if (server_any)
		ip6_sock_set_recvpktinfo(sk);
}

static int socket_open(struct server *s, const struct kind *k, struct socket **out)
{
	struct socket *sock;
	int ret;

	ret = sock_create_kern(s->net, k->family, k->type, k->protocol, &sock);
	if (ret)
		return ret;
	options_set(sock->sk);
	ret = k->family == AF_INET ? bind4(sock) : bind6(sock);
	if (!ret && k->type == SOCK_STREAM)
		ret = kernel_listen(sock, BACKLOG);
	if (ret)
		goto out_release;
	*out = sock;
	return 0;

out_release:
	sock_release(sock);
	return ret;
}

static void sockets_close(struct server *s)
{
	unsigned int i;

	for (i = 0; i < SERVER_SOCKETS; i++)
		endpoint_release(&s->sockets[i]);
	WRITE_ONCE(s->up, false);
}

/* A namespace without addresses of IPv6 is served without them. */
static bool family_missing(const struct kind *k, int error)
{
	return k->family == AF_INET6 && error == -EADDRNOTAVAIL;
}

static int sockets_open(struct server *s)
{
	unsigned int i;
	int ret;

	for (i = 0; i < SERVER_SOCKETS; i++) {
		struct endpoint *e = &s->sockets[i];
		struct socket *sock;

		if (kinds[i].family == AF_INET6 && !ipv6_there)
			continue;
		ret = socket_open(s, &kinds[i], &sock);
		if (ret && family_missing(&kinds[i], ret))
			continue;
		if (ret)
			goto out_close;
		e->server = s;
		e->run = kinds[i].run;
		WRITE_ONCE(e->sock, sock);
		endpoint_attach(e, NULL);
		endpoint_kick(e);	/* for what came before the callbacks were there */
	}
	WRITE_ONCE(s->up, true);
	return 0;

out_close:
	sockets_close(s);
	return ret;
}

static void close_all(struct server *s)
{
	sockets_close(s);
	conn_release_all(s);
}

static void server_turn(struct server *s)
{
	unsigned int i;

	for (i = 0; i < TURNS; i++) {
		struct endpoint *e = endpoint_next(s);

		if (!e)
			return;
		if (e->run(e))
			endpoint_kick(e);
		cond_resched();
	}
	server_wake(s);
}

static void work_run(struct work_struct *work)
{
	struct server *s = container_of(work, struct server, work);

	if (READ_ONCE(s->stop))
		return;
	if (READ_ONCE(s->start)) {
		WRITE_ONCE(s->start, false);	/* first: from here on, a new wish counts */
		if (!s->up)
			WRITE_ONCE(s->error, sockets_open(s));
	}
	server_turn(s);
}

/* Something may still wait there, if a turn has failed. */
static void sockets_kick(struct server *s)
{
	unsigned int i;

	for (i = 0; i < SERVER_SOCKETS; i++)
		if (s->sockets[i].sock)
			endpoint_kick(&s->sockets[i]);
}

static void sweep_run(struct work_struct *work)
{
	struct server *s = container_of(to_delayed_work(work), struct server, sweep);

	if (READ_ONCE(s->stop))
		return;
	sockets_kick(s);
	conn_sweep(s);
	if (s->live)
		server_sweep_later(s);
}

void server_wake(struct server *s)
{
	queue_work(queue, &s->work);
}

void server_sweep_later(struct server *s)
{
	queue_delayed_work(queue, &s->sweep, SWEEP_EVERY);
}

void server_init(struct server *s, struct net *net, bool wanted)
{
	s->net = net;
	s->wanted = wanted;
	spin_lock_init(&s->lock);
	INIT_LIST_HEAD(&s->ready);
	INIT_LIST_HEAD(&s->conns);
	INIT_WORK(&s->work, work_run);
	INIT_DELAYED_WORK(&s->sweep, sweep_run);
}

void server_start(struct server *s)
{
	if (!s->wanted)
		return;
	WRITE_ONCE(s->start, true);
	server_wake(s);
}

int server_wait(struct server *s)
{
	flush_work(&s->work);
	return READ_ONCE(s->error);
}

/*
 * The queue could not be asked to close everything: somebody who is just about to wake
 * the server has the work's only place in it, and what he has not queued yet is nothing
 * that flush_work() would wait for.
 */
void server_stop(struct server *s)
{
	if (!s->wanted)
		return;
	WRITE_ONCE(s->stop, true);
	cancel_work_sync(&s->work);	/* from here on, a turn ends as it begins */
	cancel_delayed_work_sync(&s->sweep);
	close_all(s);			/* nobody wakes the server now */
	cancel_work_sync(&s->work);	/* unless it was done before */
}

/*
 * The first socket of a family loads the family's module, which waits until no
 * namespace comes or goes; and a namespace that goes waits for our queue. So the
 * queue may not ask for a family that is not there, and this is done before there
 * is a queue. A kernel without IPv6 is served without it.
 */
static int ipv6_look(void)
{
	struct socket *sock;
	int ret = sock_create_kern(&init_net, AF_INET6, SOCK_DGRAM, IPPROTO_UDP, &sock);

	ipv6_there = !ret;
	if (!ret)
		sock_release(sock);
	return ret == -EAFNOSUPPORT ? 0 : ret;
}

int server_init_queue(void)
{
	int ret = ipv6_look();

	if (ret)
		return ret;
	queue = alloc_ordered_workqueue("%s", 0, KBUILD_MODNAME);
	return queue ? 0 : -ENOMEM;
}

void server_release_queue(void)
{
	destroy_workqueue(queue);
}
