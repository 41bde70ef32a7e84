/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What carries the root file system: its own module, and the drivers of the disks below it. */
#include <ctype.h>
#include <limits.h>
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
#include "kernel/carry.h"
#include "kernel/root.h"
#include "kernel/sysdev.h"
#include "model/module.h"

#define MOUNTS_MAX (16u << 20)
#define DEPTH_MAX 8		/* of disks below disks */

/* A line of /proc/self/mountinfo. */
struct mount {
	char *device, *point, *type, *source, *options;
};

static void mount_release(struct mount *mount)
{
	free(mount->device);
	free(mount->point);
	free(mount->type);
	free(mount->source);
	free(mount->options);
	*mount = (struct mount){ NULL };
}

/* Blanks and the like in a name are written as \040. */
static char *mount_word(const char *word, size_t len)
{
	char *copy = xstrndup(word, len);

	copy[parse_unescape_octal(copy, len)] = '\0';
	return copy;
}

static void replace(char **to, char *word)
{
	free(*to);
	*to = word;
}

/* "36 35 98:0 / /mnt rw,noatime shared:1 - ext3 /dev/sda1 rw": false for a line that is none. */
static bool mount_parse(struct mount *mount, const char *line, size_t n)
{
	const char *pos = line, *end = line + n, *word;
	size_t len;
	int i, behind = 0;

	for (i = 0; parse_token(&pos, end, " ", &word, &len); i++) {
		if (i == 2)
			replace(&mount->device, mount_word(word, len));
		else if (i == 4)
			replace(&mount->point, mount_word(word, len));
		else if (behind == 1)
			replace(&mount->type, mount_word(word, len));
		else if (behind == 2)
			replace(&mount->source, mount_word(word, len));
		else if (behind == 3)	/* taken apart first */
			replace(&mount->options, xstrndup(word, len));
		if (behind || (i > 5 && len == 1 && *word == '-'))
			behind++;
	}
	return mount->source != NULL;
}

static bool is_below(const char *path, const char *point)
{
	size_t len = strlen(point);

	if (!strcmp(point, "/"))
		return true;
	return !strncmp(path, point, len) && (!path[len] || path[len] == '/');
}

/* The mount @path lies on: the longest, of equal ones the last. */
static bool find_mount(const struct buf *text, const char *path, struct mount *found)
{
	const char *pos = buf_str(text), *end = pos + text->len, *line;
	struct mount mount = { NULL };
	size_t n;

	while (parse_line(&pos, end, &line, &n)) {
		if (mount_parse(&mount, line, n) && is_below(path, mount.point) &&
		    (!found->point || strlen(mount.point) >= strlen(found->point))) {
			mount_release(found);
			*found = mount;
			mount = (struct mount){ NULL };
		}
		mount_release(&mount);
	}
	return found->point != NULL;
}

static void carry_type(struct carry *carry, const char *type)
{
	static const struct { const char *type, *module; } others[] = {
		{ "ext2", "ext4" }, { "ext3", "ext4" }, { "iso9660", "isofs" }, { "fuseblk", "fuse" },
		{ "nfs4", "nfsv4" }, { "nfs", "nfsv3" }, { "smb3", "cifs" }, { "msdos", "msdos" },
	};
	size_t i;

	carry_module(carry, type);
	for (i = 0; i < ARRAY_SIZE(others); i++)
		if (!strcmp(type, others[i].type))
			carry_module(carry, others[i].module);
}

static void carry_block(struct carry *carry, const char *device, int depth);

/* Disks made of others have a link to each of them. */
static void carry_links(struct carry *carry, const char *device, const char *dir, int depth)
{
	struct strv names = STRV_INIT;
	char path[PATH_MAX], *below;
	size_t i;

	snprintf(path, sizeof(path), "%s/%s", device, dir);
	root_list(carry->root, path, &names);
	for (i = 0; i < names.n; i++) {
		snprintf(path, sizeof(path), "%s/%s/%s", device, dir, names.v[i]);
		below = sysdev_follow(carry->root, path);
		if (below)
			carry_block(carry, below, depth + 1);
		free(below);
	}
	strv_release(&names);
}

/* Targets of the device mapper have no link: those in use are taken to be in use here. */
static void carry_mapper(struct carry *carry)
{
	const struct module *module;
	size_t i;

	for (i = 0; i < carry->live->n; i++) {
		module = &carry->live->v[i];
		if (!strncmp(module->name, "dm_", 3) && module->refs != 0)
			carry_module(carry, module->name);
	}
}

/* "raid5" is a personality of raid456. */
static void carry_raid(struct carry *carry, const char *device)
{
	char path[PATH_MAX], *level = NULL;

	snprintf(path, sizeof(path), "%s/md/level", device);
	if (root_read_line(carry->root, path, &level))
		return;
	carry_module(carry, strcmp(level, "raid4") && strcmp(level, "raid5") && strcmp(level, "raid6") ?
		     level : "raid456");
	free(level);
}

/* Disks that are no device of a bus have no driver link. */
static void carry_kind(struct carry *carry, const char *device)
{
	static const struct { const char *prefix, *module; } kinds[] = {
		{ "dm-", "dm_mod" }, { "md", "md_mod" }, { "loop", "loop" }, { "zram", "zram" },
		{ "nbd", "nbd" }, { "bcache", "bcache" }, { "rbd", "rbd" }, { "ram", "brd" },
		{ "drbd", "drbd" }, { "nvme", "nvme" },
	};
	const char *name = strrchr(device, '/') + 1;
	size_t i, len;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		len = strlen(kinds[i].prefix);
		if (strncmp(name, kinds[i].prefix, len) || !isdigit((unsigned char)name[len]))
			continue;
		carry_module(carry, kinds[i].module);
		if (!strcmp(kinds[i].prefix, "dm-"))
			carry_mapper(carry);
	}
}

/* A partition stands below its disk, which has the links; a disk with several paths below a subsystem. */
static void carry_block(struct carry *carry, const char *device, int depth)
{
	char *above = xstrdup(device), *slash = strrchr(above, '/');

	if (depth < DEPTH_MAX && slash && !strncmp(device, "sys/devices/", 12)) {
		*slash = '\0';
		carry_device(carry, device);
		carry_kind(carry, device);
		carry_raid(carry, device);
		carry_raid(carry, above);
		carry_links(carry, device, "slaves", depth);
		carry_links(carry, above, "slaves", depth);
		if (strstr(above, "/nvme-subsys"))
			carry_links(carry, above, ".", depth);
	}
	free(above);
}

/* A file system of several disks has a number of its own; btrfs tells which ones they are. */
static void carry_btrfs(struct carry *carry, const char *name)
{
	struct strv systems = STRV_INIT;
	char path[PATH_MAX], *device;
	size_t i;

	root_list(carry->root, "sys/fs/btrfs", &systems);
	for (i = 0; i < systems.n; i++) {
		snprintf(path, sizeof(path), "sys/fs/btrfs/%s/devices/%s", systems.v[i], name);
		device = sysdev_follow(carry->root, path);
		snprintf(path, sizeof(path), "sys/fs/btrfs/%s", systems.v[i]);
		if (device)
			carry_links(carry, path, "devices", 0);
		free(device);
	}
	strv_release(&systems);
}

/* By the number of its device; where that is none of a disk, by the node it was mounted from. */
static char *find_device(struct carry *carry, const struct mount *mount)
{
	char path[PATH_MAX], *device;
	struct stat st;

	snprintf(path, sizeof(path), "sys/dev/block/%s", mount->device);
	device = sysdev_follow(carry->root, path);
	if (device || *mount->source != '/')
		return device;
	if (!root_stat(carry->root, mount->source + 1, &st) && S_ISBLK(st.st_mode)) {
		snprintf(path, sizeof(path), "sys/dev/block/%u:%u", major(st.st_rdev), minor(st.st_rdev));
		return sysdev_follow(carry->root, path);
	}
	snprintf(path, sizeof(path), "sys/class/block/%s", strrchr(mount->source, '/') + 1);
	return sysdev_follow(carry->root, path);
}

static void carry_mount(struct carry *carry, const struct mount *mount)
{
	char *device = find_device(carry, mount);

	carry_type(carry, mount->type);
	if (device) {
		carry_block(carry, device, 0);
		carry_btrfs(carry, strrchr(device, '/') + 1);
	}
	free(device);
}

/* The root of a live system lies on others: "lowerdir=/a:/b,upperdir=/c/d". */
static void carry_layers(struct carry *carry, const struct buf *text, const char *options)
{
	const char *pos = options, *end = options + strlen(options), *word;
	struct mount below = { NULL };
	char *path;
	size_t len;

	while (parse_token(&pos, end, ",:", &word, &len)) {
		if (len > 9 && (!memcmp(word, "lowerdir=", 9) || !memcmp(word, "upperdir=", 9))) {
			word += 9;
			len -= 9;
		}
		path = mount_word(word, len);
		if (*path == '/' && find_mount(text, path, &below) && strcmp(below.point, "/"))
			carry_mount(carry, &below);
		mount_release(&below);
		free(path);
	}
}

void carry_disk(struct carry *carry)
{
	struct buf text = BUF_INIT, what = BUF_INIT;
	struct mount mount = { NULL };

	root_read(carry->root, "proc/self/mountinfo", &text, MOUNTS_MAX);
	if (find_mount(&text, "/", &mount)) {
		buf_printf(&what, "%s (%s)", mount.source, mount.type);
		carry->what = buf_str(&what);
		carry_mount(carry, &mount);
		if (!strcmp(mount.type, "overlay") && mount.options)
			carry_layers(carry, &text, mount.options);
	}
	mount_release(&mount);
	buf_release(&what);
	buf_release(&text);
}
