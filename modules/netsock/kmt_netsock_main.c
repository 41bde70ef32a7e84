// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kmt_netsock - a server and a client made of sockets inside the kernel
 *
 * What it shows: an echo server for TCP and UDP over IPv4 and IPv6 that lives in the
 * kernel: sockets made there, their callbacks, work done in turns, limits on all
 * that a stranger can make it use, and what a network namespace's coming and going
 * ask of a module. The client side sends a line of a log to an address.
 *
 * Try it:
 *	modprobe kmt_netsock port=7007
 *	echo hello | nc 127.0.0.1 7007
 *	cat /proc/kmt_netsock
 *	echo 127.0.0.1:514 > /sys/module/kmt_netsock/parameters/beacon
 *	modprobe -r kmt_netsock
 *
 * Where the kernel does the same: net/rds/tcp_listen.c and fs/ocfs2/cluster/tcp.c
 * serve TCP from a workqueue, and the first is there for each network namespace;
 * drivers/net/netconsole.c sends lines of a log.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/compiler.h>
#include <linux/kstrtox.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/netdevice.h>
#include <linux/notifier.h>
#include <linux/nsproxy.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "netsock.h"

#define CONNECTIONS_MAX	1024
#define IDLE_MAX	86400
#define BEACON_SIZE	96

/* Parameters. The kernel calls the set functions with the module's parameter lock held. */

static int port_set(const char *val, const struct kernel_param *kp);
static int word_set(const char *val, const struct kernel_param *kp);
static int word_get(char *buffer, const struct kernel_param *kp);
static int connections_set(const char *val, const struct kernel_param *kp);
static int idle_set(const char *val, const struct kernel_param *kp);
static int bytes_set(const char *val, const struct kernel_param *kp);
static int beacon_set(const char *val, const struct kernel_param *kp);
static int beacon_get(char *buffer, const struct kernel_param *kp);

/* Fixed at load: a change would have to succeed in every namespace, or in none. */
static const struct kernel_param_ops port_ops = { .set = port_set, .get = param_get_uint };
module_param_cb(port, &port_ops, &server_port, 0444);
__MODULE_PARM_TYPE(port, "uint");
MODULE_PARM_DESC(port, "TCP and UDP port to serve, 1-65535 (default 7007)");

/* A bool that is written and read as one of two words. */
struct word {
	const char *names[2];
	bool *value;
};

static const struct kernel_param_ops word_ops = { .set = word_set, .get = word_get };

static struct word bind_word = { { "loopback", "any" }, &server_any };
module_param_cb(bind, &word_ops, &bind_word, 0444);
__MODULE_PARM_TYPE(bind, "string");
MODULE_PARM_DESC(bind, "addresses to serve: loopback or any (default loopback)");

static bool netns_all;
static struct word netns_word = { { "self", "all" }, &netns_all };
module_param_cb(netns, &word_ops, &netns_word, 0444);
__MODULE_PARM_TYPE(netns, "string");
MODULE_PARM_DESC(netns, "network namespaces to serve: self (the loader's) or all (default self)");

static const struct kernel_param_ops connections_ops = {
	.set = connections_set,
	.get = param_get_uint,
};
module_param_cb(connections, &connections_ops, &conn_most, 0644);
__MODULE_PARM_TYPE(connections, "uint");
MODULE_PARM_DESC(connections, "TCP connections of all namespaces at the same time, 1-1024 (default 64)");

static const struct kernel_param_ops idle_ops = { .set = idle_set, .get = param_get_uint };
module_param_cb(idle, &idle_ops, &conn_idle, 0644);
__MODULE_PARM_TYPE(idle, "uint");
MODULE_PARM_DESC(idle, "seconds until a silent connection is closed, 1-86400 (default 60)");

static const struct kernel_param_ops bytes_ops = { .set = bytes_set, .get = param_get_ulong };
module_param_cb(bytes, &bytes_ops, &conn_bytes, 0644);
__MODULE_PARM_TYPE(bytes, "ulong");
MODULE_PARM_DESC(bytes, "bytes echoed by a connection before it is closed, 0 for no limit (default 1 GiB)");

static char beacon[BEACON_SIZE];
static const struct kernel_param_ops beacon_ops = { .set = beacon_set, .get = beacon_get };
module_param_cb(beacon, &beacon_ops, beacon, 0600);
__MODULE_PARM_TYPE(beacon, "string");
MODULE_PARM_DESC(beacon, "ADDRESS:PORT or [ADDRESS]:PORT: a line of a log is sent there when written");

/* State */

static unsigned int server_id;		/* finds a namespace's server */
static struct net *loader;		/* the loader's namespace, during init only */
static atomic_t namespaces;		/* how many there are, served or not */

/* Operations */

static int port_set(const char *val, const struct kernel_param *kp)
{
	return param_set_uint_minmax(val, kp, 1, U16_MAX);
}

static int word_set(const char *val, const struct kernel_param *kp)
{
	const struct word *w = kp->arg;
	int i = __sysfs_match_string(w->names, ARRAY_SIZE(w->names), val);

	if (i < 0)
		return i;
	*w->value = i;
	return 0;
}

static int word_get(char *buffer, const struct kernel_param *kp)
{
	const struct word *w = kp->arg;

	return sysfs_emit(buffer, "%s\n", w->names[*w->value]);
}

/*
 * The limits are read while connections come, without the parameter lock. So they
 * are not written by the kernel's functions, which may write a number in pieces.
 */
static int limit_set(const char *val, const struct kernel_param *kp, unsigned int max)
{
	unsigned int n;
	struct kernel_param param = *kp;
	int ret;

	param.arg = &n;
	ret = param_set_uint_minmax(val, &param, 1, max);
	if (!ret)
		WRITE_ONCE(*(unsigned int *)kp->arg, n);
	return ret;
}

static int connections_set(const char *val, const struct kernel_param *kp)
{
	return limit_set(val, kp, CONNECTIONS_MAX);
}

static int idle_set(const char *val, const struct kernel_param *kp)
{
	return limit_set(val, kp, IDLE_MAX);
}

static int bytes_set(const char *val, const struct kernel_param *kp)
{
	unsigned long n;
	int ret = kstrtoul(val, 0, &n);

	if (!ret)
		WRITE_ONCE(conn_bytes, n);
	return ret;
}

/* Kept only when the line is on its way. */
static int beacon_set(const char *val, const struct kernel_param *kp)
{
	char to[BEACON_SIZE];
	int ret;

	if (strscpy(to, val, sizeof(to)) < 0)
		return -EINVAL;
	to[strcspn(to, "\n")] = '\0';
	ret = beacon_send(to);
	if (!ret)
		strscpy(beacon, to, sizeof(beacon));
	return ret;
}

static int beacon_get(char *buffer, const struct kernel_param *kp)
{
	return sysfs_emit(buffer, "%s\n", beacon);
}

static const char * const socket_names[SERVER_SOCKETS] = {
	[TCP4] = "tcp4", [UDP4] = "udp4", [TCP6] = "tcp6", [UDP6] = "udp6",
};

static const char * const count_names[SERVER_COUNTS] = {
	[ACCEPTED] = "accepted",
	[REFUSED] = "refused",
	[IDLE_CLOSED] = "idle_closed",
	[FULL_CLOSED] = "full_closed",
	[FAILED] = "failed",
	[TCP_IN] = "tcp_bytes_in",
	[TCP_OUT] = "tcp_bytes_out",
	[DATAGRAMS_IN] = "datagrams_in",
	[DATAGRAMS_OUT] = "datagrams_out",
	[DATAGRAMS_DROPPED] = "datagrams_dropped",
	[UDP_IN] = "udp_bytes_in",
	[UDP_OUT] = "udp_bytes_out",
};

/*
 * The server of the reader's own network namespace, which lives as long as he does.
 * What other namespaces do is for readers in the first one only.
 */
static int stats_show(struct seq_file *seq, void *unused)
{
	struct net *net = current->nsproxy->net_ns;
	struct server *s = net_generic(net, server_id);
	unsigned int i;

	seq_printf(seq, "up %d\n", READ_ONCE(s->up));
	seq_printf(seq, "error %d\n", -READ_ONCE(s->error));
	for (i = 0; i < SERVER_SOCKETS; i++)
		seq_printf(seq, "%s %d\n", socket_names[i], !!READ_ONCE(s->sockets[i].sock));
	seq_printf(seq, "connections %u\n", READ_ONCE(s->live));
	if (net_eq(net, &init_net)) {
		seq_printf(seq, "namespaces %d\n", atomic_read(&namespaces));
		seq_printf(seq, "connections_all %u\n", conn_live());
	}
	for (i = 0; i < SERVER_COUNTS; i++)
		seq_printf(seq, "%s %lld\n", count_names[i], atomic64_read(&s->counts[i]));
	return 0;
}

static int __net_init namespace_init(struct net *net)
{
	atomic_inc(&namespaces);
	server_init(net_generic(net, server_id), net, netns_all || net == loader);
	return 0;
}

static void __net_exit namespace_exit(struct net *net)
{
	server_stop(net_generic(net, server_id));
	atomic_dec(&namespaces);
}

static struct pernet_operations namespace_ops = {
	.init	= namespace_init,
	.exit	= namespace_exit,
	.id	= &server_id,
	.size	= sizeof(struct server),
};

/*
 * A new namespace has its loopback device down, and no address before that is up.
 * Registering the notifier calls it for all devices that are up already.
 */
static int device_event(struct notifier_block *block, unsigned long event, void *info)
{
	struct net_device *dev = netdev_notifier_info_to_dev(info);

	if (event == NETDEV_UP && (dev->flags & IFF_LOOPBACK))
		server_start(net_generic(dev_net(dev), server_id));
	return NOTIFY_DONE;
}

static struct notifier_block device_notifier = { .notifier_call = device_event };

/* Init, and exit as its mirror */

static int __init namespaces_init(void)
{
	int ret;

	loader = current->nsproxy->net_ns;
	ret = register_pernet_subsys(&namespace_ops);
	if (ret)
		goto out;
	ret = register_netdevice_notifier(&device_notifier);
	if (ret)
		goto out_pernet;
	ret = server_wait(net_generic(loader, server_id));
	if (ret)
		goto out_notifier;
	loader = NULL;
	return 0;

out_notifier:
	unregister_netdevice_notifier(&device_notifier);
out_pernet:
	unregister_pernet_subsys(&namespace_ops);
out:
	return ret;
}

/* Callbacks of the sockets may still be at their last instruction: RCU waits for them. */
static void namespaces_release(void)
{
	unregister_netdevice_notifier(&device_notifier);
	unregister_pernet_subsys(&namespace_ops);
	synchronize_rcu();
}

static int __init netsock_init(void)
{
	int ret;

	ret = datagram_init_buffer();
	if (ret)
		goto out;
	ret = server_init_queue();
	if (ret)
		goto out_buffer;
	ret = namespaces_init();
	if (ret)
		goto out_queue;
	if (!proc_create_single(KBUILD_MODNAME, 0444, NULL, stats_show)) {
		ret = -ENOMEM;
		goto out_namespaces;
	}
	pr_info("Echo server at port %u\n", server_port);
	return 0;

	/* A step that fails jumps to the label that undoes the steps before it. */
out_namespaces:
	namespaces_release();
out_queue:
	server_release_queue();
out_buffer:
	datagram_release_buffer();
out:
	return ret;
}

static void __exit netsock_exit(void)
{
	remove_proc_entry(KBUILD_MODNAME, NULL);
	namespaces_release();
	server_release_queue();
	datagram_release_buffer();
}

module_init(netsock_init);
module_exit(netsock_exit);

MODULE_DESCRIPTION("sockets in the kernel: an echo server and a log beacon");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
