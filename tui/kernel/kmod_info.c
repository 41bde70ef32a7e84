/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_info.h"

#include <errno.h>
#include <libkmod.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "kernel/kmod_file.h"
#include "kernel/kmod_lib.h"
#include "kernel/kmod_private.h"
#include "kernel/kmod_remote.h"
#include "kernel/kmod_trust.h"
#include "kernel/kofile.h"
#include "kernel/root.h"
#include "model/info.h"

/* libkmod's ELF reader says -EINVAL or the like for what is no module; one errno is enough. */
static int format_error(int err)
{
	return err == -EINVAL || err == -EBADF || err == -ENOSYS ? -ENOEXEC : err;
}

static bool is_strange(const struct kmod_lib *lib, const char *path)
{
	return path && !lib->contained && !kmod_trust_file(lib->root, path);
}

static void add_fields(struct info *info, const struct info *from)
{
	size_t i;

	for (i = 0; i < from->n; i++)
		info_add(info, from->fields[i].key, from->fields[i].value, strlen(from->fields[i].value));
}

/* A file that was opened by itself. */
static int fill_from_file(struct kmod_lib *lib, const char *path, struct info *info)
{
	const struct kmod_file *file;
	int err;

	err = kmod_file_get(lib, path, &file);
	if (err)
		return err;
	if (!info->name)
		info->name = xstrdup(file->info.name);
	if (!info->path)
		info->path = xstrdup(file->info.path);
	add_fields(info, &file->info);
	return 0;
}

int kmod_info_fill(struct kmod_lib *lib, struct kmod_module *module, struct info *info)
{
	struct kmod_list *list = NULL, *entry;
	const char *value;
	int err;

	info->name = xstrdup(kmod_module_get_name(module));
	info->path = xstrdup(kmod_module_get_path(module));
	if (is_strange(lib, info->path))
		return fill_from_file(lib, info->path, info);
	err = kmod_module_get_info(module, &list);
	if (err < 0) {
		/* A built-in module of a kernel that kept no record of its fields. */
		if (!info->path && err == -ENOENT)
			return 0;
		return format_error(err);
	}
	kmod_list_foreach(entry, list) {
		value = kmod_module_info_get_value(entry);
		info_add(info, kmod_module_info_get_key(entry), value, strlen(value));
	}
	kmod_module_info_free_list(list);
	return 0;
}

/* The module of that name, or what the alias stands for, without the words that are no modules. */
static int find_named(struct kmod_lib *lib, const char *name, bool probe, struct kmod_found *found)
{
	struct kmod_found all = KMOD_FOUND_INIT;
	struct kmod_module *module;
	size_t i;
	int err;

	if (!probe && !kmod_named_find(lib, name, &module)) {
		kmod_lib_found_push(found, module);
		return 0;
	}
	err = kmod_lib_find(lib, name, &all);
	for (i = 0; i < all.n; i++)
		if (kmod_named_is_module(all.v[i]))
			kmod_lib_found_push(found, kmod_module_ref(all.v[i]));
	kmod_lib_found_release(&all);
	return err || found->n ? err : -ENOENT;
}

static int read_named(struct kmod_lib *lib, const char *name, bool probe, struct info **infos, size_t *n)
{
	struct kmod_found found = KMOD_FOUND_INIT;
	size_t i;
	int err;

	err = find_named(lib, name, probe, &found);
	if (err)
		return err;
	*infos = xcalloc(found.n, sizeof(**infos));
	*n = found.n;
	for (i = 0; i < found.n && !err; i++)
		err = kmod_info_fill(lib, found.v[i], &(*infos)[i]);
	kmod_lib_found_release(&found);
	return err;
}

static int read_file(struct kmod_lib *lib, const char *path, struct info **infos, size_t *n)
{
	*infos = xcalloc(1, sizeof(**infos));
	*n = 1;
	return fill_from_file(lib, path, *infos);
}

static int read_what(struct kmod_lib *lib, const char *what, bool probe, struct info **infos, size_t *n)
{
	size_t i;
	int err;

	*infos = NULL;
	*n = 0;
	if (!*what)
		return -ENOENT;
	if (!lib->contained && kmod_lib_is_path(what))
		err = read_file(lib, what, infos, n);
	else if (lib->remote)
		err = kmod_remote_info(lib->remote, probe ? "probe" : "info", what, infos, n);
	else
		err = read_named(lib, what, probe, infos, n);
	if (err) {
		for (i = 0; i < *n; i++)
			info_release(&(*infos)[i]);
		free(*infos);
		*infos = NULL;
		*n = 0;
	}
	return err;
}

int kmod_info_read(struct kmod_lib *lib, const char *what, struct info **infos, size_t *n)
{
	return read_what(lib, what, false, infos, n);
}

int kmod_info_probe(struct kmod_lib *lib, const char *what, struct info **infos, size_t *n)
{
	return read_what(lib, what, true, infos, n);
}

static char *description_of(struct kmod_module *module)
{
	struct kmod_list *list = NULL, *entry;
	const char *text = "";
	char *result;

	if (kmod_module_get_info(module, &list) < 0)
		return NULL;
	kmod_list_foreach(entry, list) {
		if (strcmp(kmod_module_info_get_key(entry), "description") == 0) {
			text = kmod_module_info_get_value(entry);
			break;
		}
	}
	result = xstrdup(text);
	kmod_module_info_free_list(list);
	return result;
}

static char *description_of_file(struct kmod_lib *lib, const char *path)
{
	const struct kmod_file *file;
	const char *text;

	if (kmod_file_get(lib, path, &file))
		return NULL;
	text = info_find(&file->info, "description");
	return xstrdup(text ? text : "");
}

char *kmod_info_description(struct kmod_lib *lib, const char *name)
{
	struct kmod_found found = KMOD_FOUND_INIT;
	char *result = NULL;
	const char *path;

	if (lib->remote)
		return kmod_remote_description(lib->remote, name);
	if (find_named(lib, name, false, &found) == 0) {
		path = kmod_module_get_path(found.v[0]);
		result = is_strange(lib, path) ? description_of_file(lib, path) :
						 description_of(found.v[0]);
	}
	kmod_lib_found_release(&found);
	return result;
}

int kmod_info_strings(struct kmod_lib *lib, const char *path, struct buf *out)
{
	char *absolute;
	int err;

	if (lib->remote)
		return kmod_remote_strings(lib->remote, path, out);
	absolute = xmalloc(strlen(path) + 2);
	absolute[0] = '/';
	strcpy(absolute + 1, path);
	err = is_strange(lib, absolute) ? -ENOTSUP : kofile_read_modinfo(lib->root, path, out);
	free(absolute);
	return err;
}

/* Of the copy, unpacked if need be: nothing but its table of symbols is read here. */
int kmod_info_init(struct kmod_lib *lib, const char *path, char **name)
{
	struct buf absolute = BUF_INIT;
	const struct kmod_file *file;
	int err, fd = -1;

	if (!lib->root->module_dir)
		return -ENOENT;
	buf_printf(&absolute, "%s/%s", lib->root->module_dir, path);
	err = kmod_file_get(lib, buf_str(&absolute), &file);
	if (!err)
		err = fd = kmod_file_open(file);
	if (fd >= 0) {
		err = kofile_read_init(fd, name);
		close(fd);
	}
	buf_release(&absolute);
	return err;
}

void kmod_info_forget(struct kmod_lib *lib)
{
	if (lib)
		kmod_file_release(&lib->files);
}
