/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/modbin.h"
#include "kernel/modindex.h"
#include "kernel/root.h"
#include "kernel/sysmod.h"
#include "model/moddir.h"
#include "model/module.h"

#define INDEX_MAX (64u << 20)

size_t modindex_path_name(const char *path, size_t len, const char **name)
{
	const char *slash = memrchr(path, '/', len), *dot;
	const char *start = slash ? slash + 1 : path, *end = path + len;
	char copy[MODULE_NAME_MAX + 1];
	size_t n;

	dot = memchr(start, '.', (size_t)(end - start));
	if (!dot || end - dot < 3 || memcmp(dot, ".ko", 3) || (end - dot > 3 && dot[3] != '.'))
		return 0;
	n = (size_t)(dot - start);
	if (n > MODULE_NAME_MAX || memchr(path, '\0', len))
		return 0;
	memcpy(copy, start, n);
	copy[n] = '\0';
	*name = start;
	return util_name_valid(copy) ? n : 0;
}

static bool row_add(struct modlist *out, const char *path, size_t len, enum module_state state)
{
	const char *name;
	size_t n = modindex_path_name(path, len, &name);
	struct module *row;

	if (!n)
		return false;
	row = modlist_push(out, name, n);
	row->indexed = true;
	row->state = row->index_state = state;
	row->path = xstrndup(path, len);
	return true;
}

/* A line is "path: what it needs"; only the path counts here. */
size_t modindex_parse_dep(const char *text, size_t len, struct modlist *out)
{
	const char *pos = text, *end = text + len, *line, *colon;
	size_t n, bad = 0;

	while (parse_line(&pos, end, &line, &n)) {
		colon = memchr(line, ':', n);
		if (!colon || !row_add(out, line, (size_t)(colon - line), MODULE_DISK))
			bad++;
	}
	return bad;
}

size_t modindex_parse_builtin(const char *text, size_t len, struct modlist *out)
{
	const char *pos = text, *end = text + len, *line;
	size_t n, bad = 0;

	while (parse_line(&pos, end, &line, &n))
		if (!row_add(out, line, n, MODULE_BUILTIN))
			bad++;
	return bad;
}

static void index_path(char out[PATH_MAX], const struct root *root, const char *file)
{
	snprintf(out, PATH_MAX, "lib/modules/%s/%s", root->kernel, file);
}

static int read_file(const struct root *root, const char *file, struct buf *text)
{
	char path[PATH_MAX];

	index_path(path, root, file);
	return root_read(root, path, text, INDEX_MAX);
}

int modindex_read_dep(const struct root *root, struct buf *text)
{
	struct buf bytes = BUF_INIT;
	int err = read_file(root, "modules.dep", text);

	if (err == -ENOENT) {
		err = read_file(root, "modules.dep.bin", &bytes);
		if (!err)
			err = modbin_parse(buf_str(&bytes), bytes.len, MODBIN_VALUES, text);
	}
	buf_release(&bytes);
	return err;
}

/* The binary index has names and no paths. */
static void parse_names(const char *text, size_t len, struct modlist *out)
{
	const char *pos = text, *end = text + len, *line;
	struct module *row;
	char *name;
	size_t n;

	while (parse_line(&pos, end, &line, &n)) {
		name = xstrndup(line, n);
		if (util_name_valid(name)) {
			row = modlist_push(out, name, n);
			row->indexed = true;
			row->state = row->index_state = MODULE_BUILTIN;
		}
		free(name);
	}
}

static int read_builtin(const struct root *root, struct modlist *out)
{
	struct buf text = BUF_INIT, bytes = BUF_INIT;
	int err = read_file(root, "modules.builtin", &text);

	if (!err) {
		modindex_parse_builtin(buf_str(&text), text.len, out);
	} else if (err == -ENOENT) {
		err = read_file(root, "modules.builtin.bin", &bytes);
		if (!err)
			err = modbin_parse(buf_str(&bytes), bytes.len, MODBIN_KEYS, &text);
		parse_names(buf_str(&text), text.len, out);
	}
	buf_release(&text);
	buf_release(&bytes);
	return err;
}

int modindex_read(const struct root *root, struct modlist *out)
{
	struct buf text = BUF_INIT;
	int err = -ENOENT, other;

	if (root->module_dir) {
		err = modindex_read_dep(root, &text);
		modindex_parse_dep(buf_str(&text), text.len, out);
		other = read_builtin(root, out);
		err = err && err != -ENOENT ? err : other;
		err = err == -ENOENT ? 0 : err;
	}
	buf_release(&text);
	/* A name that stands in both keeps what was said first. */
	sysmod_read_builtin(root, out);
	return err;
}

static bool has(const struct root *root, const char *kernel, const char *file)
{
	char path[PATH_MAX];
	unsigned mode;

	snprintf(path, sizeof(path), "lib/modules/%s/%s", kernel, file);
	return !root_mode(root, path, &mode);
}

/* The other kernels one could start: those whose modules have an index, or else all that have a directory. */
static void list_kernels(const struct root *root, struct strv *kernels)
{
	struct strv names = STRV_INIT;
	bool all;
	size_t i;

	root_list(root, "lib/modules", &names);
	for (all = false; !kernels->n; all = true) {
		for (i = 0; i < names.n; i++)
			if (strcmp(names.v[i], root->kernel) &&
			    has(root, names.v[i], all ? "." : "modules.dep.bin"))
				strv_push(kernels, names.v[i]);
		if (all)
			break;
	}
	strv_release(&names);
}

/* A kernel that was built without loadable modules needs no directory of them. */
static bool has_no_modules(const struct root *root)
{
	unsigned mode;

	return root->live && root_mode(root, "proc/modules", &mode) && !root_mode(root, "proc/sys/kernel", &mode);
}

void modindex_look(const struct root *root, struct moddir *moddir)
{
	/* Without one of these modprobe does not find what is there. */
	static const char *const files[] = { "modules.dep.bin", "modules.alias.bin", "modules.symbols.bin" };
	size_t i;

	*moddir = (struct moddir){ .kernel = xstrdup(root->kernel) };
	if (!*root->kernel || has_no_modules(root))
		return;
	if (!root->module_dir)
		moddir->state = MODDIR_GONE;
	else if (!has(root, root->kernel, "modules.dep") && !has(root, root->kernel, files[0]) &&
		 !has(root, root->kernel, "kernel"))
		moddir->state = MODDIR_EMPTY;
	else
		moddir->state = MODDIR_WHOLE;
	for (i = 0; i < ARRAY_SIZE(files) && moddir->state == MODDIR_WHOLE; i++) {
		if (has(root, root->kernel, files[i]))
			continue;
		moddir->state = MODDIR_HALF;
		moddir->missing = xstrdup(files[i]);
	}
	if (moddir->state == MODDIR_GONE || moddir->state == MODDIR_EMPTY)
		list_kernels(root, &moddir->kernels);
}

/* FNV-1a over the figures; never 0 for a file that is there. */
static unsigned long long stamp_mix(unsigned long long stamp, unsigned long long value)
{
	size_t i;

	if (!stamp)
		stamp = 0xcbf29ce484222325ULL;
	for (i = 0; i < sizeof(value); i++) {
		stamp ^= (value >> (8 * i)) & 0xff;
		stamp *= 0x100000001b3ULL;
	}
	return stamp ? stamp : 1;
}

unsigned long long modindex_stamp(const struct root *root)
{
	static const char *const files[] = {
		"modules.dep", "modules.builtin", "modules.builtin.modinfo", "modules.dep.bin",
		"modules.alias.bin", "modules.symbols.bin",
	};
	unsigned long long stamp = 0;
	char path[PATH_MAX];
	struct stat st;
	size_t i;
	int fd;

	for (i = 0; i < ARRAY_SIZE(files) && root->module_dir; i++) {
		index_path(path, root, files[i]);
		fd = root_open(root, path, O_PATH);
		if (fd < 0)
			continue;
		if (!fstat(fd, &st)) {
			stamp = stamp_mix(stamp, i);
			stamp = stamp_mix(stamp, (unsigned long long)st.st_ino);
			stamp = stamp_mix(stamp, (unsigned long long)st.st_mtim.tv_sec);
			stamp = stamp_mix(stamp, (unsigned long long)st.st_mtim.tv_nsec);
			stamp = stamp_mix(stamp, (unsigned long long)st.st_size);
		}
		close(fd);
	}
	return stamp;
}
