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
#include "kernel/kmod_remote.h"
#include "kernel/kmod_trust.h"
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

void kmod_lib_config_paths(const struct root *root, struct strv *paths)
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

int kmod_lib_begin(struct kmod_lib *lib, const char *module_dir, const char *const *config)
{
	silence();
	lib->ctx = kmod_new(module_dir, config);
	if (!lib->ctx)
		return -ENOMEM;
	kmod_set_log_fn(lib->ctx, log_keep, &lib->log);
	kmod_set_log_priority(lib->ctx, 3);
	kmod_load_resources(lib->ctx);	/* only faster: lookups work without */
	buf_reset(&lib->log);
	return 0;
}

void kmod_lib_end(struct kmod_lib *lib)
{
	kmod_unref(lib->ctx);
	kmod_file_release(&lib->files);
	buf_release(&lib->log);
	buf_release(&lib->told);
}

static int open_here(struct kmod_lib *lib)
{
	static const char *const no_paths[] = { NULL };
	struct strv paths = STRV_INIT;
	int err;

	kmod_lib_config_paths(lib->root, &paths);
	/* A directory that can have no files stands for "none"; NULL would mean the host's own. */
	err = kmod_lib_begin(lib, lib->root->module_dir ? lib->root->module_dir : "/dev/null",
			     paths.n ? (const char *const *)paths.v : no_paths);
	strv_release(&paths);
	return err;
}

int kmod_lib_open(struct kmod_lib **out, const struct root *root)
{
	struct kmod_lib *lib = xcalloc(1, sizeof(*lib));
	int err;

	lib->root = root;
	if (kmod_trust_tree(root))
		err = open_here(lib);
	else
		err = kmod_remote_open(root, &lib->remote);
	if (err) {
		free(lib);
		return err == -ENOENT ? -EIO : err;
	}
	*out = lib;
	return root->module_dir ? 0 : -ENOENT;
}

void kmod_lib_close(struct kmod_lib *lib)
{
	if (!lib)
		return;
	kmod_remote_close(lib->remote);
	kmod_lib_end(lib);
	free(lib);
}

const char *kmod_lib_complaint(struct kmod_lib *lib)
{
	buf_reset(&lib->told);
	buf_add(&lib->told, lib->log.data ? lib->log.data : "", lib->log.len);
	buf_reset(&lib->log);
	return buf_str(&lib->told);
}

bool kmod_lib_is_path(const char *what)
{
	struct stat st;

	if (strchr(what, '/'))
		return true;
	return util_module_stem(what) && stat(what, &st) == 0 && S_ISREG(st.st_mode);
}

void kmod_lib_found_release(struct kmod_found *found)
{
	size_t i;

	for (i = 0; i < found->n; i++)
		kmod_module_unref(found->v[i]);
	free(found->v);
	memset(found, 0, sizeof(*found));
}

void kmod_lib_found_push(struct kmod_found *found, struct kmod_module *module)
{
	if (found->n == found->size) {
		found->size = found->size ? found->size * 2 : 4;
		found->v = xrealloc(found->v, found->size, sizeof(*found->v));
	}
	found->v[found->n++] = module;
}

int kmod_lib_find(struct kmod_lib *lib, const char *name, struct kmod_found *found)
{
	struct kmod_list *list = NULL, *entry;
	int err;

	if (!*name)
		return -ENOENT;
	err = kmod_module_new_from_lookup(lib->ctx, name, &list);
	if (err < 0)
		return err;
	kmod_list_foreach(entry, list)
		kmod_lib_found_push(found, kmod_module_get_module(entry));
	kmod_module_unref_list(list);
	return found->n ? 0 : -ENOENT;
}

int kmod_lib_find_itself(struct kmod_lib *lib, const char *name, struct kmod_found *found)
{
	struct kmod_module *module;
	int err;

	err = kmod_module_new_from_name(lib->ctx, name, &module);
	if (!err)
		kmod_lib_found_push(found, module);
	return err;
}

int kmod_lib_names(struct kmod_lib *lib, const char *what, struct strv *names)
{
	struct kmod_found found = KMOD_FOUND_INIT;
	size_t i;
	int err;

	if (lib->remote)
		return kmod_remote_names(lib->remote, "names", what, names);
	err = kmod_lib_find(lib, what, &found);
	for (i = 0; i < found.n; i++)
		strv_push(names, kmod_module_get_name(found.v[i]));
	kmod_lib_found_release(&found);
	return err;
}
