/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_lib.h"

#include <errno.h>
#include <fcntl.h>
#include <libkmod.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kmod_private.h"
#include "kernel/root.h"

/* Where kmod looks for its configuration; an earlier directory hides files of the later ones. */
static const char *const config_dirs[] = {
	"etc/modprobe.d", "run/modprobe.d", "usr/local/lib/modprobe.d", "lib/modprobe.d",
};

/* libkmod's messages end here: they would garble the screen, and they are not for users. */
static void log_keep(void *data, int priority, const char *file, int line,
		     const char *fn, const char *format, va_list args)
{
	struct buf *log = data;
	char text[512];

	(void)priority;
	(void)file;
	(void)line;
	(void)fn;
	vsnprintf(text, sizeof(text), format, args);
	text[strcspn(text, "\n")] = '\0';
	if (log->len > 65536)
		buf_reset(log);
	if (log->len)
		buf_addstr(log, "; ");
	buf_addstr(log, text);
}

/* The host path of directory @path of @root with its links resolved inside the root, or NULL. */
static char *host_path(const struct root *root, const char *path)
{
	char link[64], target[PATH_MAX];
	ssize_t len;
	int fd;

	fd = root_open(root, path, O_PATH | O_DIRECTORY);
	if (fd < 0)
		return NULL;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = readlink(link, target, sizeof(target));
	close(fd);
	if (len <= 0 || (size_t)len >= sizeof(target))
		return NULL;
	return xstrndup(target, (size_t)len);
}

static void config_paths(const struct root *root, struct strv *paths)
{
	char *path;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(config_dirs); i++) {
		path = host_path(root, config_dirs[i]);
		if (path)
			strv_push(paths, path);
		free(path);
	}
}

/*
 * kmod_new() reads the configuration before a log function can be given, and complains of it on
 * stderr, unless its own environment variable says otherwise.
 */
static void silence(void)
{
	const char *level = getenv("KMOD_LOG");

	if (!level || strcmp(level, "0"))
		setenv("KMOD_LOG", "0", 1);
}

int kmod_lib_open(struct kmod_lib **out, const struct root *root)
{
	static const char *const no_paths[] = { NULL };
	struct strv paths = STRV_INIT;
	struct kmod_lib *lib;
	const char *const *dirs;

	lib = xcalloc(1, sizeof(*lib));
	lib->root = root;
	config_paths(root, &paths);
	dirs = paths.n ? (const char *const *)paths.v : no_paths;
	silence();
	/* A directory that can have no files stands for "none"; NULL would mean the host's own. */
	lib->ctx = kmod_new(root->module_dir ? root->module_dir : "/dev/null", dirs);
	strv_release(&paths);
	if (!lib->ctx) {
		free(lib);
		return -ENOMEM;
	}
	kmod_set_log_fn(lib->ctx, log_keep, &lib->log);
	kmod_set_log_priority(lib->ctx, 3);
	if (root->module_dir)
		kmod_load_resources(lib->ctx);	/* only faster: lookups work without */
	buf_reset(&lib->log);
	*out = lib;
	return root->module_dir ? 0 : -ENOENT;
}

void kmod_lib_close(struct kmod_lib *lib)
{
	if (!lib)
		return;
	kmod_unref(lib->ctx);
	buf_release(&lib->log);
	buf_release(&lib->told);
	free(lib);
}

const char *kmod_lib_complaint(struct kmod_lib *lib)
{
	buf_reset(&lib->told);
	buf_add(&lib->told, lib->log.data ? lib->log.data : "", lib->log.len);
	buf_reset(&lib->log);
	return buf_str(&lib->told);
}

static bool ends_as_module(const char *what)
{
	static const char *const ends[] = { ".ko", ".ko.gz", ".ko.xz", ".ko.zst" };
	size_t len = strlen(what), n, i;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		n = strlen(ends[i]);
		if (len > n && !strcmp(what + len - n, ends[i]))
			return true;
	}
	return false;
}

bool kmod_lib_is_path(const char *what)
{
	struct stat st;

	if (strchr(what, '/'))
		return true;
	return ends_as_module(what) && stat(what, &st) == 0 && S_ISREG(st.st_mode);
}

void kmod_lib_found_release(struct kmod_found *found)
{
	size_t i;

	for (i = 0; i < found->n; i++)
		kmod_module_unref(found->v[i]);
	free(found->v);
	memset(found, 0, sizeof(*found));
}

static void found_push(struct kmod_found *found, struct kmod_module *module)
{
	if (found->n == found->size) {
		found->size = found->size ? found->size * 2 : 4;
		found->v = xrealloc(found->v, found->size, sizeof(*found->v));
	}
	found->v[found->n++] = module;
}

static int find_path(struct kmod_lib *lib, const char *path, struct kmod_found *found)
{
	struct kmod_module *module;
	struct stat st;
	int err;

	if (stat(path, &st))
		return -errno;
	if (!S_ISREG(st.st_mode))
		return S_ISDIR(st.st_mode) ? -EISDIR : -EINVAL;
	err = kmod_module_new_from_path(lib->ctx, path, &module);
	if (err < 0)
		return err;
	found_push(found, module);
	return 0;
}

/* Whether @list is just the module called @name, so that no alias was followed. */
static bool is_own_name(const struct kmod_list *list, const char *name)
{
	struct kmod_module *module;
	bool same;

	if (kmod_list_next(list, list))
		return false;
	module = kmod_module_get_module(list);
	same = util_name_equal(kmod_module_get_name(module), name);
	kmod_module_unref(module);
	return same;
}

static int drop_blacklisted(struct kmod_lib *lib, struct kmod_list **list)
{
	struct kmod_list *kept = NULL;
	int err;

	err = kmod_module_apply_filter(lib->ctx, KMOD_FILTER_BLACKLIST, *list, &kept);
	if (err < 0)
		return err;
	kmod_module_unref_list(*list);
	*list = kept;
	return 0;
}

static int find_name(struct kmod_lib *lib, const char *name, bool obey_blacklist,
		     struct kmod_found *found)
{
	struct kmod_list *list = NULL, *entry;
	int err;

	err = kmod_module_new_from_lookup(lib->ctx, name, &list);
	if (err < 0)
		return err;
	if (list && obey_blacklist && !is_own_name(list, name)) {
		err = drop_blacklisted(lib, &list);
		if (err < 0)
			goto out_unref;
	}
	kmod_list_foreach(entry, list)
		found_push(found, kmod_module_get_module(entry));
	err = found->n ? 0 : -ENOENT;
out_unref:
	kmod_module_unref_list(list);
	return err;
}

int kmod_lib_find(struct kmod_lib *lib, const char *what, bool obey_blacklist,
		  struct kmod_found *found)
{
	if (!*what)
		return -ENOENT;
	if (kmod_lib_is_path(what))
		return find_path(lib, what, found);
	return find_name(lib, what, obey_blacklist, found);
}
