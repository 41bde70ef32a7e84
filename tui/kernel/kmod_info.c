/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_info.h"

#include <errno.h>
#include <libkmod.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "kernel/kmod_lib.h"
#include "kernel/kmod_private.h"
#include "model/info.h"

/* libkmod's ELF reader says -EINVAL or the like for what is no module; one errno is enough. */
static int format_error(int err)
{
	return err == -EINVAL || err == -EBADF || err == -ENOSYS ? -ENOEXEC : err;
}

static int info_fill(struct kmod_module *module, struct info *info)
{
	struct kmod_list *list = NULL, *entry;
	const char *value;
	int err;

	info->name = xstrdup(kmod_module_get_name(module));
	info->path = xstrdup(kmod_module_get_path(module));
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

int kmod_info_read(struct kmod_lib *lib, const char *what, struct info **infos, size_t *n)
{
	struct kmod_found found = KMOD_FOUND_INIT;
	size_t i;
	int err;

	err = kmod_lib_find(lib, what, false, &found);
	if (err)
		return err;
	*infos = xcalloc(found.n, sizeof(**infos));
	for (i = 0; i < found.n && !err; i++)
		err = info_fill(found.v[i], &(*infos)[i]);
	*n = found.n;
	kmod_lib_found_release(&found);
	if (err) {
		for (i = 0; i < *n; i++)
			info_release(&(*infos)[i]);
		free(*infos);
		*infos = NULL;
		*n = 0;
	}
	return err;
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

char *kmod_info_description(struct kmod_lib *lib, const char *name)
{
	struct kmod_found found = KMOD_FOUND_INIT;
	char *result = NULL;

	if (kmod_lib_find(lib, name, false, &found) == 0)
		result = description_of(found.v[0]);
	kmod_lib_found_release(&found);
	return result;
}
