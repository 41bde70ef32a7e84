/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loses memory of one cache in five places; leaves a device, a port and a netlink socket behind. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/err.h>
#include <linux/in.h>
#include <linux/module.h>
#include <linux/net.h>
#include <linux/netlink.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include <net/sock.h>

/* The compiler does not make a place of its own of each time. */
static int times = 2;

static noinline __noclone void lose(size_t bytes)
{
	void *lost = kmalloc(bytes, GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(lost);
}

/* They differ, so that they are not made one; what follows the call keeps it from being a jump. */
static noinline void one(void)
{
	lose(200);
	barrier();
}

static noinline void two(void)
{
	lose(201);
	barrier();
}

static noinline void three(void)
{
	lose(202);
	barrier();
}

static noinline void four(void)
{
	lose(203);
	barrier();
}

static void listen_at(u16 port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct socket *sock;

	if (sock_create_kern(&init_net, AF_INET, SOCK_DGRAM, IPPROTO_UDP, &sock))
		return;
	if (kernel_bind(sock, (struct sockaddr *)&address, sizeof(address)))
		sock_release(sock);
}

/* Device, port and socket are there once: later loads do not get them. */
static int __init places_init(void)
{
	struct netlink_kernel_cfg config = { .groups = 0 };
	int i;

	root_device_register("kmt_bad_places");
	netlink_kernel_create(&init_net, 31, &config);
	listen_at(31337);
	for (i = 0; i < READ_ONCE(times); i++)
		one();
	two();
	three();
	four();
	lose(204);
	return 0;
}

static void __exit places_exit(void)
{
}

module_init(places_init);
module_exit(places_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: memory lost in many places");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
