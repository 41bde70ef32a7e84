/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The loopback device of a network namespace, for the probes that make one. */
#ifndef NETSOCK_NS_H
#define NETSOCK_NS_H

#include <net/if.h>
#include <sys/ioctl.h>

#include "netsock_client.h"

static inline void lo_set(short flags)
{
	struct ifreq r = { .ifr_name = "lo", .ifr_flags = flags };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	MUST(ioctl(fd, SIOCSIFFLAGS, &r) == 0);
	close(fd);
}

static inline void lo_up(void)
{
	lo_set(IFF_UP | IFF_RUNNING);
}

static inline void lo_down(void)
{
	lo_set(0);
}

#endif
