/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/pathlist.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/text.h"
#include "base/util.h"
#include "base/xalloc.h"

/* No folder of modules has more; whoever meets one types on. */
#define ENTRIES_MAX 20000

static bool is_directory(int dir, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
		return entry->d_type == DT_DIR;
	return !fstatat(dir, entry->d_name, &st, 0) && S_ISDIR(st.st_mode);
}

/* What the shells' words and the screen can show as it is; another name has to be typed by who knows it. */
static bool is_plain(const char *name)
{
	char *safe = text_safe(name);
	bool plain = !strcmp(safe, name) && !strpbrk(name, " \"'");

	free(safe);
	return plain;
}

static void add(int dir, const struct dirent *entry, const char *before, struct strv *out)
{
	struct buf path = BUF_INIT;
	bool directory;

	if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") || !is_plain(entry->d_name))
		return;
	directory = is_directory(dir, entry);
	if (!directory && !util_module_stem(entry->d_name))
		return;
	buf_printf(&path, "%s%s%s", before, entry->d_name, directory ? "/" : "");
	strv_push(out, buf_str(&path));
	buf_release(&path);
}

int pathlist_read(const char *path, struct strv *out)
{
	const char *slash = strrchr(path, '/'), *last = slash ? slash + 1 : path;
	char *before = xstrndup(path, (size_t)(last - path));
	const struct dirent *entry;
	int err = 0, i = 0;
	DIR *dir;

	dir = opendir(*before ? before : ".");
	if (!dir) {
		err = -errno;
		goto out_free;
	}
	while (i++ < ENTRIES_MAX && (entry = readdir(dir)))
		if (!strncmp(entry->d_name, last, strlen(last)) && (entry->d_name[0] != '.' || *last == '.'))
			add(dirfd(dir), entry, before, out);
	closedir(dir);
	strv_sort(out);
out_free:
	free(before);
	return err;
}
