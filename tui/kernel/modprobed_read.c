/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The files of modprobe's configuration: which ones count, in which order. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/modprobed.h"
#include "kernel/root.h"

#define FILE_MAX (16u << 20)

/* Earlier directories win over later ones. */
static const char *const directories[] = {
	"etc/modprobe.d", "run/modprobe.d", "usr/local/lib/modprobe.d", "lib/modprobe.d",
};

/* The files to read, sorted by name whatever directory they lie in. */
struct files {
	struct conf_file {
		char *path;
		const char *name;	/* the end of path */
	} *v;
	size_t n, size;
};

static int file_compare(const void *a, const void *b)
{
	const struct conf_file *left = a, *right = b;

	return strcmp(left->name, right->name);
}

static void file_push(struct files *files, const char *dir, const char *name)
{
	struct buf path = BUF_INIT;
	size_t i;

	for (i = 0; i < files->n; i++)
		if (!strcmp(files->v[i].name, name))
			return;		/* an earlier directory hides it */
	if (files->n == files->size) {
		files->size = files->size ? 2 * files->size : 16;
		files->v = xrealloc(files->v, files->size, sizeof(*files->v));
	}
	buf_printf(&path, "%s/%s", dir, name);
	files->v[files->n].path = buf_detach(&path);
	files->v[files->n].name = strrchr(files->v[files->n].path, '/') + 1;
	files->n++;
}

static bool is_directory(const struct root *root, const char *dir, const char *name)
{
	struct buf path = BUF_INIT;
	int fd;

	buf_printf(&path, "%s/%s", dir, name);
	fd = root_open(root, buf_str(&path), O_PATH | O_DIRECTORY);
	buf_release(&path);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool has_suffix(const char *name, const char *suffix)
{
	size_t n = strlen(name), m = strlen(suffix);

	return n >= m && !strcmp(name + n - m, suffix);
}

/* kmod reads no *.alias since 33, the version that came with this function. */
static bool is_configuration(const char *name)
{
	static int newer = -1;

	if (newer < 0)
		newer = dlsym(RTLD_DEFAULT, "kmod_module_get_weakdeps") != NULL;
	return *name != '.' && strlen(name) >= 6 &&
	       (has_suffix(name, ".conf") || (!newer && has_suffix(name, ".alias")));
}

static int files_collect(struct files *files, const struct root *root, const char *dir)
{
	struct strv names = STRV_INIT;
	const char *name;
	size_t i;
	int err;

	err = root_list(root, dir, &names);
	for (i = 0; i < names.n; i++) {
		name = names.v[i];
		if (is_configuration(name) && !is_directory(root, dir, name))
			file_push(files, dir, name);
	}
	strv_release(&names);
	return err;
}

/* Keeps the first error that is more than "there is none". */
static void keep_error(int *err, int now)
{
	if (!*err && now != -ENOENT && now != -ENOTDIR)
		*err = now;
}

static int files_read(struct modprobed *conf, const struct root *root, struct files *files)
{
	struct buf text = BUF_INIT;
	int err = 0, now;
	unsigned mode;
	size_t i;

	if (files->n)
		qsort(files->v, files->n, sizeof(*files->v), file_compare);
	for (i = 0; i < files->n; i++) {
		buf_reset(&text);
		now = root_read(root, files->v[i].path, &text, FILE_MAX);
		if (!now)
			modprobed_parse(conf, files->v[i].path, buf_str(&text), text.len);
		if (!root_mode(root, files->v[i].path, &mode) && !(mode & 0004))
			conf->hidden = true;
		keep_error(&err, now);
	}
	buf_release(&text);
	return err;
}

static int cmdline_read(struct modprobed *conf, const struct root *root)
{
	struct buf text = BUF_INIT;
	int err;

	err = root_read(root, MODPROBED_CMDLINE, &text, FILE_MAX);
	if (!err)
		modprobed_cmdline_parse(conf, buf_str(&text), text.len);
	buf_release(&text);
	return err;
}

/* depmod's own soft and weak dependencies count as two more files, by their names. */
int modprobed_read(struct modprobed *conf, const struct root *root)
{
	struct buf module_dir = BUF_INIT;
	struct files files = { 0 };
	int err = 0;
	size_t i;

	if (root->module_dir) {
		buf_printf(&module_dir, "lib/modules/%s", root->kernel);
		file_push(&files, buf_str(&module_dir), "modules.softdep");
		file_push(&files, buf_str(&module_dir), "modules.weakdep");
		buf_release(&module_dir);
	}
	for (i = 0; i < ARRAY_SIZE(directories); i++)
		keep_error(&err, files_collect(&files, root, directories[i]));
	keep_error(&err, files_read(conf, root, &files));
	if (root->live)
		keep_error(&err, cmdline_read(conf, root));
	for (i = 0; i < files.n; i++)
		free(files.v[i].path);
	free(files.v);
	return err;
}
