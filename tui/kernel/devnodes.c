/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/devnodes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/root.h"

#define FILE_MAX (4u << 20)

/* What is looked for, and where it goes. */
struct search {
	const struct root *root;
	const char *name;
	const struct strv *drivers;
	struct devnodes *nodes;
};

void devnodes_release(struct devnodes *nodes)
{
	size_t i;

	for (i = 0; i < nodes->n; i++)
		free(nodes->v[i].name);
	free(nodes->v);
	memset(nodes, 0, sizeof(*nodes));
}

static void push(struct devnodes *nodes, struct devnode node, const char *name)
{
	if (nodes->n == nodes->size) {
		nodes->size = nodes->size ? 2 * nodes->size : 8;
		nodes->v = xrealloc(nodes->v, nodes->size, sizeof(*nodes->v));
	}
	node.name = xstrdup(name);
	nodes->v[nodes->n++] = node;
}

const struct devnode *devnodes_find(const struct devnodes *nodes, bool block, unsigned major, unsigned minor)
{
	const struct devnode *node, *found = NULL;
	size_t i;

	/* One with a name says more than a whole major number. */
	for (i = 0; i < nodes->n; i++) {
		node = &nodes->v[i];
		if (node->block == block && node->major == major &&
		    (node->any_minor || (node->minor <= minor && minor - node->minor <= node->more)) &&
		    (!found || node->name))
			found = node;
	}
	return found;
}

const struct devnode *devnodes_find_name(const struct devnodes *nodes, const char *name)
{
	const struct devnode *node;
	size_t i, len;

	for (i = 0; i < nodes->n; i++) {
		node = &nodes->v[i];
		if (node->name && !strcmp(node->name, name))
			return node;
		len = node->name && node->more ? strlen(node->name) : 0;
		if (len && !strncmp(node->name, name, len) && name[len] &&
		    !name[len + strspn(name + len, "0123456789")])
			return node;
	}
	return NULL;
}

const char *devnodes_module(const char *name)
{
	static const struct { const char *name, *module; } others[] = {
		{ "device-mapper", "dm_mod" }, { "md", "md_mod" }, { "mdp", "md_mod" }, { "ramdisk", "brd" },
		{ "sd", "sd_mod" }, { "sr", "sr_mod" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(others); i++)
		if (!strcmp(name, others[i].name))
			return others[i].module;
	return name;
}

static bool is_ours(const struct search *search, const char *word, size_t len)
{
	char *copy = xstrndup(word, len);
	bool ours = util_name_equal(devnodes_module(copy), search->name);
	size_t i;

	for (i = 0; i < search->drivers->n && !ours; i++)
		ours = !strcmp(search->drivers->v[i], copy);
	free(copy);
	return ours;
}

/* "Character devices:", lines "  7 loop", an empty line, "Block devices:", and again. */
static void parse_devices(struct search *search, const char *text, size_t len)
{
	const char *pos = text, *end = text + len, *line, *word, *name;
	struct devnode node = { .any_minor = true, .own = true };
	size_t n, word_len, name_len;
	uint64_t major;

	while (parse_line(&pos, end, &line, &n)) {
		const char *at = line, *stop = line + n;

		if (n && *line == 'B')
			node.block = true;
		if (!parse_token(&at, stop, " ", &word, &word_len) ||
		    !parse_token(&at, stop, " ", &name, &name_len) ||
		    parse_digits(word, word + word_len, &major) || !is_ours(search, name, name_len))
			continue;
		node.major = (unsigned)major;
		push(search->nodes, node, NULL);
	}
}

/* Lines "229 fuse": minors of the char major 10. */
static void parse_misc(struct search *search, const char *text, size_t len)
{
	const char *pos = text, *end = text + len, *line, *word, *name;
	struct devnode node = { .major = 10, .own = true };
	size_t n, word_len, name_len;
	uint64_t minor;

	while (parse_line(&pos, end, &line, &n)) {
		const char *at = line, *stop = line + n;
		char *copy;

		if (!parse_token(&at, stop, " ", &word, &word_len) ||
		    !parse_token(&at, stop, " ", &name, &name_len) ||
		    parse_digits(word, word + word_len, &minor) || !is_ours(search, name, name_len))
			continue;
		copy = xstrndup(name, name_len);
		node.minor = (unsigned)minor;
		push(search->nodes, node, copy);
		free(copy);
	}
}

/* Lines "fuse fuse c10:229": module, node, number. */
static void parse_devname(struct search *search, const char *text, size_t len)
{
	const char *pos = text, *end = text + len, *line;
	char module[64], name[64], kind;
	unsigned major, minor;
	char copy[192];
	size_t n;

	while (parse_line(&pos, end, &line, &n)) {
		if (n >= sizeof(copy))
			continue;
		memcpy(copy, line, n);
		copy[n] = '\0';
		if (sscanf(copy, "%63s %63s %c%u:%u", module, name, &kind, &major, &minor) == 5 &&
		    util_name_equal(module, search->name))
			push(search->nodes, (struct devnode){ .block = kind == 'b', .major = major, .minor = minor,
							      .own = true }, name);
	}
}

/* Lines "tty0tty  /dev/tnt  244 0-7 serial": driver, beginning of the nodes' names, major, minors, kind. */
static void parse_ttys(struct search *search, const char *text, size_t len)
{
	const char *pos = text, *end = text + len, *line;
	char driver[64], name[64], copy[192];
	struct devnode node;
	unsigned last;
	size_t n;
	int got;

	while (parse_line(&pos, end, &line, &n)) {
		if (n >= sizeof(copy))
			continue;
		memcpy(copy, line, n);
		copy[n] = '\0';
		node = (struct devnode){ .own = true };
		got = sscanf(copy, "%63s /dev/%63s %u %u-%u", driver, name, &node.major, &node.minor, &last);
		if (got < 4 || !is_ours(search, driver, strlen(driver)))
			continue;
		node.more = got == 5 && last > node.minor ? last - node.minor : 0;
		push(search->nodes, node, name);
	}
}

static void read_file(struct search *search, const char *path,
		      void (*parse)(struct search *search, const char *text, size_t len))
{
	struct buf text = BUF_INIT;

	if (!root_read(search->root, path, &text, FILE_MAX))
		parse(search, buf_str(&text), text.len);
	buf_release(&text);
}

/* The last part of the link @name in the device directory @path; NULL: there is none.  The caller frees. */
static char *link_in(const struct root *root, const char *path, const char *name)
{
	struct buf link = BUF_INIT;
	char *target = NULL, *slash;

	buf_printf(&link, "%s/%s", path, name);
	if (!root_read_link(root, buf_str(&link), &target)) {
		slash = strrchr(target, '/');
		if (slash)
			memmove(target, slash + 1, strlen(slash));
	}
	buf_release(&link);
	return target;
}

/* Goes up from the device directory @path, which it shortens, through the drivers above it. */
static bool is_driven(struct search *search, char *path, bool block)
{
	bool ours = false, end = false;
	char *driver, *module, *slash;

	while (!ours && !end && (slash = strrchr(path, '/')) && strcmp(path, "sys/devices")) {
		/* One that is part of the kernel need not have a module to name. */
		driver = link_in(search->root, path, "driver");
		module = driver ? link_in(search->root, path, "driver/module") : NULL;
		ours = module && util_name_equal(module, search->name);
		end = driver && !block;
		free(driver);
		free(module);
		*slash = '\0';
	}
	return ours;
}

/*
 * Classes whose subsystem serves the nodes for its drivers, and takes it when one of them goes: these need
 * not be counted by the driver.  Of all others the driver itself has to answer to those who have a node open.
 */
static bool is_served(const struct root *root, const char *path)
{
	static const char *const classes[] = {
		"accel", "bsg", "cec", "cxl", "drm", "drm_dp_aux_dev", "firewire", "gnss", "gpio", "hidraw", "i2c-dev",
		"infiniband", "infiniband_cm", "infiniband_mad", "infiniband_verbs", "input", "lirc", "mei", "nd",
		"pps", "ptp", "rtc", "scsi_generic", "sound", "thunderbolt", "tpm", "tpmrm", "tty", "usb_device",
		"vfio", "watchdog", "wwan",
	};
	char *class = link_in(root, path, "subsystem");
	bool served = false;
	size_t i;

	for (i = 0; class && i < ARRAY_SIZE(classes) && !served; i++)
		served = !strcmp(class, classes[i]);
	free(class);
	return served;
}

/* /sys/dev/char/10:229 is a link such as ../../devices/virtual/misc/fuse. */
static void try_number(struct search *search, const char *dir, const char *number, bool block)
{
	struct devnode node = { .block = block };
	char *target, *name, path[1024];
	const struct devnode *known;

	if (sscanf(number, "%u:%u", &node.major, &node.minor) != 2)
		return;
	snprintf(path, sizeof(path), "%s/%s", dir, number);
	if (root_read_link(search->root, path, &target))
		return;
	name = strrchr(target, '/');
	if (name && !strncmp(target, "../../", 6)) {
		snprintf(path, sizeof(path), "sys/%s", target + 6);
		/* A node of a major number that is the module's gets its name here. */
		known = devnodes_find(search->nodes, block, node.major, node.minor);
		node.own = known ? known->own : !block && !is_served(search->root, path);
		if (known || is_driven(search, path, block))
			push(search->nodes, node, name + 1);
	}
	free(target);
}

static void read_numbers(struct search *search, const char *dir, bool block)
{
	struct strv names = STRV_INIT;
	size_t i;

	root_list(search->root, dir, &names);
	for (i = 0; i < names.n; i++)
		try_number(search, dir, names.v[i], block);
	strv_release(&names);
}

void devnodes_read(const struct root *root, const char *name, const struct strv *drivers,
		   struct devnodes *nodes)
{
	struct search search = { root, name, drivers, nodes };
	struct buf path = BUF_INIT;

	buf_printf(&path, "lib/modules/%s/modules.devname", root->kernel);
	read_file(&search, "proc/devices", parse_devices);
	read_file(&search, "proc/misc", parse_misc);
	read_file(&search, "proc/tty/drivers", parse_ttys);
	read_file(&search, buf_str(&path), parse_devname);
	read_numbers(&search, "sys/dev/char", false);
	read_numbers(&search, "sys/dev/block", true);
	buf_release(&path);
}
