/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which interfaces of the network are a module's. */
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/holders.h"
#include "kernel/root.h"
#include "model/holding.h"

#define PATH_BYTES 1024

/* The last part of the link at @path, or NULL; the caller frees. */
static char *link_name(const struct root *root, const char *path)
{
	char *target, *slash, *name;

	if (root_read_link(root, path, &target))
		return NULL;
	slash = strrchr(target, '/');
	name = xstrdup(slash ? slash + 1 : target);
	free(target);
	return name;
}

/* An interface without a device tells the kind it is of, which is not always the module's name. */
static bool is_kind(const struct root *root, const char *name, const char *interface)
{
	static const struct { const char *kind, *module; } kinds[] = {
		{ "vlan", "8021q" }, { "bond", "bonding" }, { "wlan", "mac80211" },
	};
	char path[PATH_BYTES], *kind, *end;
	struct buf text = BUF_INIT;
	bool ours = false;
	size_t i;

	snprintf(path, sizeof(path), "sys/class/net/%s/uevent", interface);
	root_read(root, path, &text, PATH_BYTES);
	kind = text.len ? strstr(text.data, "DEVTYPE=") : NULL;
	if (kind) {
		kind += strlen("DEVTYPE=");
		end = kind + strcspn(kind, "\n");
		*end = '\0';
		ours = util_name_equal(kind, name);
		for (i = 0; i < ARRAY_SIZE(kinds) && !ours; i++)
			ours = !strcmp(kind, kinds[i].kind) && util_name_equal(kinds[i].module, name);
	}
	buf_release(&text);
	return ours;
}

/* A virtual driver tells its name to whoever asks the interface; many do not answer, and then it is not known. */
static bool answers(const struct root *root, const char *name, const struct strv *drivers, const char *interface)
{
	struct ethtool_drvinfo info = { .cmd = ETHTOOL_GDRVINFO };
	struct ifreq request = { .ifr_data = (char *)&info };
	bool ours = false;
	size_t i;
	int fd;

	if (!root_is_host(root) || strlen(interface) >= sizeof(request.ifr_name))
		return false;
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return false;
	strcpy(request.ifr_name, interface);
	if (!ioctl(fd, SIOCETHTOOL, &request)) {
		info.driver[sizeof(info.driver) - 1] = '\0';
		ours = util_name_equal(info.driver, name);
		for (i = 0; i < drivers->n && !ours; i++)
			ours = !strcmp(info.driver, drivers->v[i]);
	}
	close(fd);
	return ours;
}

void holders_interfaces(const struct root *root, const char *name, const struct strv *drivers,
			struct holding *holding)
{
	struct strv names = STRV_INIT;
	char path[PATH_BYTES], *module;
	bool ours;
	size_t i;

	root_list(root, "sys/class/net", &names);
	for (i = 0; i < names.n; i++) {
		snprintf(path, sizeof(path), "sys/class/net/%s/device/driver/module", names.v[i]);
		module = link_name(root, path);
		ours = module ? util_name_equal(module, name) :
		       is_kind(root, name, names.v[i]) || answers(root, name, drivers, names.v[i]);
		if (ours)
			holding_add(holding, HOLDING_INTERFACE, names.v[i], NULL, 0);
		free(module);
	}
	strv_release(&names);
}
