/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of this module share.
 *
 * kmt_netsock_main.c	parameters, /proc/kmt_netsock, network namespaces, init and exit
 * server.c		the server of one namespace: its sockets and its turn to work
 * endpoint.c		a socket that calls for work when something happens
 * conn.c		TCP: the listening socket and the connections
 * datagram.c		UDP
 * beacon.c		the client side: one datagram to an address
 *
 * What happens after a packet came in runs on one ordered workqueue, one function
 * at a time for all namespaces: what only these functions touch needs no lock. It is
 * the same loop as that of a program that waits in epoll_wait(2). Only the echoes of
 * a connection are sent at once, under the lock of its socket; and everything is
 * closed when the queue does no more for the namespace.
 */
#ifndef KMT_NETSOCK_H
#define KMT_NETSOCK_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/net.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include <net/sock.h>

#define ENDPOINT_TURN	16	/* steps of a socket before it is another one's turn */

struct server;

struct endpoint {
	struct list_head node;		/* in the ready list; under the server's lock */
	struct server *server;
	struct socket *sock;
	bool (*run)(struct endpoint *e);	/* returns whether more is left to do */
	bool (*event)(struct endpoint *e);	/* or NULL; returns whether run() is to be called */
	void (*data_ready)(struct sock *sk);	/* what the socket had before */
	void (*state_change)(struct sock *sk);
	void (*write_space)(struct sock *sk);
};

enum server_socket { TCP4, UDP4, TCP6, UDP6, SERVER_SOCKETS };

enum server_count {
	ACCEPTED, REFUSED, IDLE_CLOSED, FULL_CLOSED, FAILED,
	TCP_IN, TCP_OUT, DATAGRAMS_IN, DATAGRAMS_OUT, DATAGRAMS_DROPPED, UDP_IN, UDP_OUT,
	SERVER_COUNTS
};

/* One for each network namespace, made and freed with it. */
struct server {
	struct net *net;
	bool wanted;			/* constant: this namespace is to be served */
	bool start;			/* asked to open its sockets */
	bool stop;			/* no more turns: everything is about to be closed */
	bool up;			/* the sockets are open */
	int error;			/* why they are not */
	spinlock_t lock;
	struct list_head ready;		/* endpoints that have something to do */
	struct work_struct work;
	struct delayed_work sweep;	/* every second while there are connections */
	struct list_head conns;
	unsigned int live;		/* how many of them there are */
	struct endpoint sockets[SERVER_SOCKETS];
	atomic64_t counts[SERVER_COUNTS];
};

int server_init_queue(void);
void server_release_queue(void);
void server_init(struct server *s, struct net *net, bool wanted);
void server_start(struct server *s);
int server_wait(struct server *s);	/* until a start was tried; returns its error */
void server_stop(struct server *s);	/* for good, and waits until all is closed */
void server_wake(struct server *s);
void server_sweep_later(struct server *s);

static inline void server_add(struct server *s, enum server_count which, u64 n)
{
	atomic64_add(n, &s->counts[which]);
}

/*
 * From attach on, whatever happens to the socket leads to a call of run() on the
 * workqueue; a connection has its event() called first, under the socket's lock. After
 * release there are no calls any more, and the socket is closed at once. An accepted
 * socket inherits the callbacks of the listening one, which is given as parent; else
 * NULL.
 */
void endpoint_attach(struct endpoint *e, const struct endpoint *parent);
void endpoint_release(struct endpoint *e);
void endpoint_kick(struct endpoint *e);
struct endpoint *endpoint_next(struct server *s);

extern unsigned int server_port;
extern bool server_any;			/* bound to every address, not to loopback alone */
extern unsigned int conn_most;		/* connections of all namespaces together */
extern unsigned int conn_idle;		/* seconds */
extern unsigned long conn_bytes;	/* echoed by one connection, or 0 for any number */

bool conn_accept(struct endpoint *e);
void conn_sweep(struct server *s);
void conn_release_all(struct server *s);
unsigned int conn_live(void);		/* of all namespaces */

int datagram_init_buffer(void);
void datagram_release_buffer(void);
bool datagram_run(struct endpoint *e);

int beacon_send(const char *to);

#endif
