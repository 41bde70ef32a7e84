/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/modindex.h"
#include "kernel/root.h"
#include "kernel/sysmod.h"
#include "model/module.h"

#define INDEX_MAX (64u << 20)

static const struct {
	const char *file;
	size_t (*parse)(const char *text, size_t len, struct modlist *out);
} sources[] = {
	{ "modules.dep", modindex_parse_dep },
	{ "modules.builtin", modindex_parse_builtin },
};

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

int modindex_read(const struct root *root, struct modlist *out)
{
	struct buf text = BUF_INIT;
	int err = root->module_dir ? 0 : -ENOENT;
	char path[PATH_MAX];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sources) && !err; i++) {
		index_path(path, root, sources[i].file);
		buf_reset(&text);
		err = root_read(root, path, &text, INDEX_MAX);
		if (!err)
			sources[i].parse(buf_str(&text), text.len, out);
		else if (err == -ENOENT)
			err = 0;
	}
	buf_release(&text);
	/* A name that stands in both keeps what was said first. */
	sysmod_read_builtin(root, out);
	return err;
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
	static const char *const files[] = { "modules.dep", "modules.builtin", "modules.builtin.modinfo" };
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
