/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who holds a module, apart from the modules that use it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/devnodes.h"
#include "kernel/holders.h"
#include "kernel/root.h"
#include "model/holding.h"
#include "model/module.h"

#define MOUNTS_MAX (16u << 20)
#define PATH_BYTES 1024

struct search {
	const struct root *root;
	const char *name;
	const struct strv *types;	/* of file systems */
	struct devnodes nodes;
	struct holding *holding;
};

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

/* The devices in a driver's directory are the links that are not its module. */
static void add_devices(struct search *search, const char *dir, const char *driver)
{
	struct strv names = STRV_INIT;
	char path[PATH_BYTES], *target;
	size_t i;

	snprintf(path, sizeof(path), "%s/%s", dir, driver);
	root_list(search->root, path, &names);
	for (i = 0; i < names.n; i++) {
		snprintf(path, sizeof(path), "%s/%s/%s", dir, driver, names.v[i]);
		if (!strcmp(names.v[i], "module") || root_read_link(search->root, path, &target))
			continue;
		holding_add(search->holding, HOLDING_DEVICE, names.v[i], driver, 0);
		free(target);
	}
	strv_release(&names);
}

/* The directories there are called "bus:driver". */
static void read_drivers(struct search *search, struct strv *drivers)
{
	struct strv names = STRV_INIT;
	char dir[128];
	const char *colon;
	size_t i;

	snprintf(dir, sizeof(dir), "sys/module/%s/drivers", search->name);
	root_list(search->root, dir, &names);
	for (i = 0; i < names.n; i++) {
		colon = strchr(names.v[i], ':');
		strv_push(drivers, colon ? colon + 1 : names.v[i]);
		add_devices(search, dir, names.v[i]);
	}
	strv_release(&names);
}

/*
 * The device an open file is: by its number, or, where the root is only a picture of a machine, by the
 * name it was opened with.  Only what lies in some /dev is asked for its number: a file of a
 * server that is gone would let us wait.  *target is the name, if it is a device; the caller frees.
 */
static const struct devnode *node_of(const struct search *search, const char *path, char **target)
{
	const struct devnode *node = NULL;
	struct stat st;

	if (root_read_link(search->root, path, target))
		return NULL;
	if (!strstr(*target, "/dev/"))
		goto out_free;
	if (!root_stat(search->root, path, &st)) {
		if (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode))
			node = devnodes_find(&search->nodes, S_ISBLK(st.st_mode), major(st.st_rdev),
					     minor(st.st_rdev));
	} else if (!root_is_host(search->root) && !strncmp(*target, "/dev/", 5)) {
		node = devnodes_find_name(&search->nodes, *target + 5);
	}
	if (node)
		return node;
out_free:
	free(*target);
	*target = NULL;
	return NULL;
}

static void add_process(struct search *search, const char *pid, const char *target)
{
	char path[PATH_BYTES], *command = NULL;

	snprintf(path, sizeof(path), "proc/%s/comm", pid);
	if (root_read_line(search->root, path, &command))
		command = xstrdup("?");
	holding_add(search->holding, HOLDING_PROCESS, command, target, atol(pid));
	free(command);
}

/* One entry for a process and a node, however often it has that open. */
static void read_process(struct search *search, const char *pid)
{
	const struct devnode *node, *told = NULL;
	char path[PATH_BYTES], *target = NULL;
	struct strv names = STRV_INIT;
	size_t i;
	int err;

	snprintf(path, sizeof(path), "proc/%s/fd", pid);
	err = root_list(search->root, path, &names);
	if (err == -EACCES || err == -EPERM)
		search->holding->unread++;
	for (i = 0; i < names.n; i++) {
		snprintf(path, sizeof(path), "proc/%s/fd/%s", pid, names.v[i]);
		node = node_of(search, path, &target);
		if (node && node != told)
			add_process(search, pid, target);
		told = node ? node : told;
		free(target);
		target = NULL;
	}
	strv_release(&names);
}

static void read_processes(struct search *search)
{
	struct strv names = STRV_INIT;
	size_t i;

	if (!search->nodes.n)
		return;
	root_list(search->root, "proc", &names);
	for (i = 0; i < names.n; i++)
		if (names.v[i][0] >= '1' && names.v[i][0] <= '9')
			read_process(search, names.v[i]);
	strv_release(&names);
}

/* /proc/mounts writes blanks and backslashes in names as \040. */
static char *mount_word(const char *s, size_t len)
{
	char *word = xstrndup(s, len);

	word[parse_unescape_octal(word, len)] = '\0';
	return word;
}

static bool is_ours(const struct search *search, const char *source, const char *type)
{
	bool ours = util_name_equal(type, search->name);
	size_t i;

	for (i = 0; i < search->types->n && !ours; i++)
		ours = !strcmp(search->types->v[i], type);
	if (!ours && !strncmp(source, "/dev/", 5))
		ours = devnodes_find_name(&search->nodes, source + 5);
	return ours;
}

/* "source target type options 0 0" */
static void read_mount(struct search *search, const char *line, size_t len)
{
	const char *pos = line, *end = line + len, *token;
	struct buf detail = BUF_INIT;
	char *words[3] = { NULL };
	size_t n, i;

	for (i = 0; i < ARRAY_SIZE(words) && parse_token(&pos, end, " ", &token, &n); i++)
		words[i] = mount_word(token, n);
	if (i == ARRAY_SIZE(words) && is_ours(search, words[0], words[2])) {
		buf_printf(&detail, "%s %s", words[2], words[0]);
		holding_add(search->holding, HOLDING_MOUNT, words[1], buf_str(&detail), 0);
	}
	while (i)
		free(words[--i]);
	buf_release(&detail);
}

static void read_mounts(struct search *search)
{
	struct buf text = BUF_INIT;
	const char *pos, *line;
	size_t n;

	if (!root_read(search->root, "proc/mounts", &text, MOUNTS_MAX)) {
		pos = buf_str(&text);
		while (parse_line(&pos, buf_str(&text) + text.len, &line, &n))
			read_mount(search, line, n);
	}
	buf_release(&text);
}

/* An interface without a device tells the kind it is of, which is not always the module's name. */
static bool is_kind(const struct search *search, const char *interface)
{
	static const struct { const char *kind, *module; } kinds[] = {
		{ "vlan", "8021q" }, { "bond", "bonding" }, { "wlan", "mac80211" },
	};
	char path[PATH_BYTES], *kind, *end;
	struct buf text = BUF_INIT;
	bool ours = false;
	size_t i;

	snprintf(path, sizeof(path), "sys/class/net/%s/uevent", interface);
	root_read(search->root, path, &text, PATH_BYTES);
	kind = text.len ? strstr(text.data, "DEVTYPE=") : NULL;
	if (kind) {
		kind += strlen("DEVTYPE=");
		end = kind + strcspn(kind, "\n");
		*end = '\0';
		ours = util_name_equal(kind, search->name);
		for (i = 0; i < ARRAY_SIZE(kinds) && !ours; i++)
			ours = !strcmp(kind, kinds[i].kind) && util_name_equal(kinds[i].module, search->name);
	}
	buf_release(&text);
	return ours;
}

static void read_interfaces(struct search *search)
{
	struct strv names = STRV_INIT;
	char path[PATH_BYTES], *module;
	size_t i;

	root_list(search->root, "sys/class/net", &names);
	for (i = 0; i < names.n; i++) {
		snprintf(path, sizeof(path), "sys/class/net/%s/device/driver/module", names.v[i]);
		module = link_name(search->root, path);
		if (module ? util_name_equal(module, search->name) : is_kind(search, names.v[i]))
			holding_add(search->holding, HOLDING_INTERFACE, names.v[i], NULL, 0);
		free(module);
	}
	strv_release(&names);
}

void holders_read(const struct root *root, const struct module *module, const struct strv *types,
		  struct holding *holding)
{
	struct search search = { root, module->name, types, DEVNODES_INIT, holding };
	struct strv drivers = STRV_INIT;
	size_t i;

	holding->looked = true;
	for (i = 0; i < module->users.n; i++)
		holding_add(holding, HOLDING_MODULE, module->users.v[i], NULL, 0);
	if (!root->live)
		return;
	read_drivers(&search, &drivers);
	devnodes_read(root, module->name, &drivers, &search.nodes);
	read_processes(&search);
	read_mounts(&search);
	read_interfaces(&search);
	devnodes_release(&search.nodes);
	strv_release(&drivers);
}
