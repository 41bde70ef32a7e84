/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens a socket of the kernel at each load and never closes it. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/in.h>
#include <linux/module.h>
#include <linux/net.h>
#include <net/net_namespace.h>

static int __init socket_init(void)
{
	struct socket *socket;

	return sock_create_kern(&init_net, AF_INET, SOCK_DGRAM, IPPROTO_UDP, &socket);
}

static void __exit socket_exit(void)
{
}

module_init(socket_init);
module_exit(socket_exit);

MODULE_DESCRIPTION("bad on purpose, for the tests of try: a socket that is not closed");
MODULE_AUTHOR("kmodtui authors");
MODULE_LICENSE("GPL");
