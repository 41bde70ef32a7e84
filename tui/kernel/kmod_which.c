/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_which.h"

#include <errno.h>
#include <libkmod.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/util.h"
#include "kernel/kmod_lib.h"
#include "kernel/kmod_private.h"
#include "kernel/kmod_remote.h"
#include "kernel/root.h"
#include "model/device.h"

/* libkmod works on aliases in buffers of PATH_MAX. */
#define ALIAS_MAX (PATH_MAX / 2)

/* Two aliases of one module may fit. */
static void push_once(struct strv *names, const char *name)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		if (!strcmp(names->v[i], name))
			return;
	strv_push(names, name);
}

int kmod_which_read(struct kmod_lib *lib, const char *alias, struct strv *names)
{
	struct kmod_list *list = NULL, *entry;
	struct kmod_module *module;
	int err;

	/* Not kmod_lib_find(): an alias may have slashes in it and is no path for that. */
	if (!*alias || strlen(alias) > ALIAS_MAX)
		return -ENOENT;
	if (lib->remote)
		return kmod_remote_names(lib->remote, "which", alias, names);
	err = kmod_module_new_from_lookup(lib->ctx, alias, &list);
	if (err < 0)
		return err;
	kmod_list_foreach(entry, list) {
		module = kmod_module_get_module(entry);
		push_once(names, kmod_module_get_name(module));
		kmod_module_unref(module);
	}
	kmod_module_unref_list(list);
	return names->n ? 0 : -ENOENT;
}

void kmod_which_devices(struct kmod_lib *lib, struct devicelist *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		kmod_which_read(lib, list->v[i].alias, &list->v[i].modules);
		strv_sort(&list->v[i].modules);
	}
	devicelist_sort(list);
}

/* The directory of a device node's number below /sys. */
static int node_directory(const struct root *root, const char *path, struct buf *dir)
{
	struct stat st;
	int err;

	err = root_stat(root, path, &st);
	if (err)
		return err;
	if (!S_ISCHR(st.st_mode) && !S_ISBLK(st.st_mode))
		return -ENODATA;
	buf_printf(dir, "sys/dev/%s/%u:%u", S_ISCHR(st.st_mode) ? "char" : "block",
		   major(st.st_rdev), minor(st.st_rdev));
	return 0;
}

int kmod_which_alias(const struct root *root, const char *path, char **alias)
{
	/* The file itself, the device, what a class device stands on, and a partition's disk does. */
	static const char *const files[] = { "", "/modalias", "/device/modalias", "/../device/modalias" };
	struct buf dir = BUF_INIT, file = BUF_INIT;
	struct stat st = { 0 };
	int err = 0;
	size_t i;

	path += strspn(path, "/");
	if (!strncmp(path, "dev/", 4))
		err = node_directory(root, path, &dir);
	else
		buf_addstr(&dir, path);
	if (!err)
		err = root_stat(root, buf_str(&dir), &st);
	for (i = S_ISDIR(st.st_mode) ? 1 : 0; !err && i < ARRAY_SIZE(files); i++) {
		buf_reset(&file);
		buf_printf(&file, "%s%s", buf_str(&dir), files[i]);
		if (!root_read_line(root, buf_str(&file), alias))
			break;
	}
	if (!err && i == ARRAY_SIZE(files))
		err = -ENODATA;
	buf_release(&dir);
	buf_release(&file);
	return err == -ENOTDIR ? -ENOENT : err;
}
