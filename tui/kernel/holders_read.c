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
	bool curious;			/* it has references that its users do not account for */
	long explained;			/* how many of them what was found does */
	struct holding strange;		/* who has a node open that is none of these nodes */
};

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

/* What an open file is, if it is a device. */
struct opened {
	bool block, numbered;
	unsigned major, minor;
	char *target;			/* the name it was opened with */
};

/* False: it is none.  Only the kernel is asked, never the server that a file may lie on: it may be gone. */
static bool is_device(const struct search *search, const char *path, struct opened *opened)
{
	struct stat st;
	int err = root_stat_local(search->root, path, &st);

	*opened = (struct opened){ .numbered = !err };
	if (!err && !S_ISCHR(st.st_mode) && !S_ISBLK(st.st_mode))
		return false;
	/* Where the root is only a picture of a machine there is the name alone. */
	if ((err && root_is_host(search->root)) || root_read_link(search->root, path, &opened->target))
		return false;
	if (!err) {
		opened->block = S_ISBLK(st.st_mode);
		opened->major = major(st.st_rdev);
		opened->minor = minor(st.st_rdev);
	}
	return true;
}

static const struct devnode *node_of(const struct search *search, const struct opened *opened)
{
	if (opened->numbered)
		return devnodes_find(&search->nodes, opened->block, opened->major, opened->minor);
	return strncmp(opened->target, "/dev/", 5) ? NULL :
	       devnodes_find_name(&search->nodes, opened->target + 5);
}

static void add_process(struct search *search, const char *pid, const char *target, const struct devnode *node)
{
	struct holding *holding = node ? search->holding : &search->strange;
	char path[PATH_BYTES], *command = NULL;

	snprintf(path, sizeof(path), "proc/%s/comm", pid);
	if (root_read_line(search->root, path, &command))
		command = xstrdup("?");
	holding_add(holding, node ? HOLDING_PROCESS : HOLDING_PERHAPS, command, target, atol(pid))->own =
		node && node->own;
	free(command);
}

/* It is worth a line only when nobody else is known to serve it. */
static bool is_strange(const struct search *search, const char *pid, const struct opened *opened)
{
	const struct holding *strange = &search->strange;
	size_t i;

	if (!search->curious || !opened->numbered)
		return false;
	for (i = 0; i < strange->n; i++)
		if (strange->v[i].pid == atol(pid) && !strcmp(strange->v[i].detail, opened->target))
			return false;
	return !devnodes_known(search->root, opened->block, opened->major, opened->minor);
}

/* One entry for a process and a node, however often it has that open. */
static void read_process(struct search *search, const char *pid)
{
	const struct devnode *node, *told = NULL;
	struct strv names = STRV_INIT;
	struct opened opened;
	char path[PATH_BYTES];
	size_t i;
	int err;

	snprintf(path, sizeof(path), "proc/%s/fd", pid);
	err = root_list(search->root, path, &names);
	if (err == -EACCES || err == -EPERM)
		search->holding->unread++;
	for (i = 0; i < names.n; i++) {
		snprintf(path, sizeof(path), "proc/%s/fd/%s", pid, names.v[i]);
		if (!is_device(search, path, &opened))
			continue;
		node = node_of(search, &opened);
		search->explained += node != NULL;
		if (node ? node != told : is_strange(search, pid, &opened))
			add_process(search, pid, opened.target, node);
		told = node ? node : told;
		free(opened.target);
	}
	strv_release(&names);
}

static void read_processes(struct search *search)
{
	struct strv names = STRV_INIT;
	size_t i;

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

/* The type of file system is the module's own. */
static bool is_our_type(const struct search *search, const char *type)
{
	bool ours = util_name_equal(type, search->name);
	size_t i;

	for (i = 0; i < search->types->n && !ours; i++)
		ours = !strcmp(search->types->v[i], type);
	return ours;
}

/* A mount that may be of a block device of ours, as nobody is known to serve that. */
static bool is_strange_mount(const struct search *search, const char *source)
{
	struct stat st;

	return search->curious && !strncmp(source, "/dev/", 5) && !root_stat(search->root, source + 1, &st) && S_ISBLK(st.st_mode) &&
	       !devnodes_known(search->root, true, major(st.st_rdev), minor(st.st_rdev));
}

/* @words: source, target, type. */
static void take_mount(struct search *search, char *const words[3])
{
	bool type = is_our_type(search, words[2]);
	const struct devnode *node = strncmp(words[0], "/dev/", 5) ? NULL :
				     devnodes_find_name(&search->nodes, words[0] + 5);
	struct buf detail = BUF_INIT;

	buf_printf(&detail, "%s %s", words[2], words[0]);
	if (type || node) {
		search->explained++;
		holding_add(search->holding, HOLDING_MOUNT, words[1], buf_str(&detail), 0)->own =
			type || node->own;
	} else if (is_strange_mount(search, words[0])) {
		holding_add(&search->strange, HOLDING_PERHAPS, words[1], buf_str(&detail), 0);
	}
	buf_release(&detail);
}

/* "source target type options 0 0" */
static void read_mount(struct search *search, const char *line, size_t len)
{
	const char *pos = line, *end = line + len, *token;
	char *words[3] = { NULL };
	size_t n, i;

	for (i = 0; i < ARRAY_SIZE(words) && parse_token(&pos, end, " ", &token, &n); i++)
		words[i] = mount_word(token, n);
	if (i == ARRAY_SIZE(words))
		take_mount(search, words);
	while (i)
		free(words[--i]);
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

/* References that nothing found accounts for: who has a node open that nobody is known to serve may have them. */
static void take_strange(struct search *search, const struct module *module)
{
	const struct holding_entry *entry;
	size_t i;

	for (i = 0; i < search->strange.n && module->refs > (long)module->users.n + search->explained; i++) {
		entry = &search->strange.v[i];
		holding_add(search->holding, HOLDING_PERHAPS, entry->name, entry->detail, entry->pid);
	}
	holding_release(&search->strange);
}

void holders_read(const struct root *root, const struct module *module, const struct strv *types,
		  struct holding *holding)
{
	struct search search = { .root = root, .name = module->name, .types = types, .holding = holding };
	struct strv drivers = STRV_INIT;
	size_t i;

	holding->looked = true;
	search.curious = module->refs > (long)module->users.n;
	for (i = 0; i < module->users.n; i++)
		holding_add(holding, HOLDING_MODULE, module->users.v[i], NULL, 0);
	if (!root->live)
		return;
	read_drivers(&search, &drivers);
	devnodes_read(root, module->name, &drivers, &search.nodes);
	read_processes(&search);
	read_mounts(&search);
	take_strange(&search, module);
	holders_interfaces(root, module->name, &drivers, holding);
	devnodes_release(&search.nodes);
	strv_release(&drivers);
}
