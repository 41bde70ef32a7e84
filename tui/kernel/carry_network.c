/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What carries an ssh session: the interface that has its address, and those below that one. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/util.h"
#include "kernel/carry.h"
#include "kernel/root.h"
#include "kernel/session.h"
#include "kernel/sysdev.h"

#define DEPTH_MAX 8

/* An interface without a device tells the kind it is of, which is not always the module's name. */
static void carry_kind(struct carry *carry, const char *device)
{
	static const struct { const char *kind, *module; } kinds[] = {
		{ "vlan", "8021q" }, { "bond", "bonding" }, { "wlan", "mac80211" }, { "wwan", "wwan" },
	};
	char *kind = sysdev_uevent(carry->root, device, "DEVTYPE");
	size_t i;

	if (!kind)
		return;
	carry_module(carry, kind);
	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(kind, kinds[i].kind))
			carry_module(carry, kinds[i].module);
	free(kind);
}

/* The chip behind the socket has a driver of its own. */
static void carry_phy(struct carry *carry, const char *device)
{
	char path[PATH_MAX], *phy;

	snprintf(path, sizeof(path), "%s/phydev", device);
	phy = sysdev_follow(carry->root, path);
	if (phy)
		carry_device(carry, phy);
	free(phy);
}

static void carry_interface(struct carry *carry, const char *device, int depth)
{
	struct strv names = STRV_INIT;
	char path[PATH_MAX], *below;
	size_t i;

	carry_device(carry, device);
	carry_kind(carry, device);
	carry_phy(carry, device);
	root_list(carry->root, device, &names);
	for (i = 0; i < names.n && depth < DEPTH_MAX; i++) {
		if (strncmp(names.v[i], "lower_", 6))
			continue;
		snprintf(path, sizeof(path), "%s/%s", device, names.v[i]);
		below = sysdev_follow(carry->root, path);
		if (below)
			carry_interface(carry, below, depth + 1);
		free(below);
	}
	strv_release(&names);
}

void carry_network(struct carry *carry, const struct session *session)
{
	char path[PATH_MAX], *device;

	if (!session->interface || strchr(session->interface, '/'))
		return;
	snprintf(path, sizeof(path), "sys/class/net/%s", session->interface);
	device = sysdev_follow(carry->root, path);
	carry->what = session->interface;
	if (device)
		carry_interface(carry, device, 0);
	carry->what = NULL;
	free(device);
}
