/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/program.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/root.h"

int program_self(const struct root *root, char **path)
{
	return root_read_link(root, "proc/self/exe", path);
}

/*
 * In a folder with the sticky bit, such as /tmp, everybody can make files, but what root put there is
 * moved or removed by root alone.
 */
static bool only_root_writes(const struct stat *st)
{
	mode_t others = st->st_mode & (S_IWGRP | S_IWOTH);

	return st->st_uid == 0 && (!others || (S_ISDIR(st->st_mode) && (st->st_mode & S_ISVTX)));
}

static int check_one(const struct root *root, const char *path, struct stat *st)
{
	int err = root_stat(root, *path ? path : ".", st);

	if (err)
		return -ENOENT;
	return only_root_writes(st) ? 0 : -EPERM;
}

int program_check(const struct root *root, const char *path)
{
	char *part = xstrdup(path + (*path == '/')), *slash = part;
	struct stat st;
	int err;

	err = *path == '/' ? check_one(root, "", &st) : -ENOENT;
	while (!err && (slash = strchr(slash, '/'))) {
		*slash = '\0';
		err = check_one(root, part, &st);
		*slash++ = '/';
	}
	if (!err)
		err = check_one(root, part, &st);
	if (!err && (!S_ISREG(st.st_mode) || !(st.st_mode & 0111)))
		err = -ENOENT;
	free(part);
	return err;
}

int program_find(const struct root *root, const char *name, char **path)
{
	static const char *const folders[] = { "/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin" };
	char text[256];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folders); i++) {
		snprintf(text, sizeof(text), "%s/%s", folders[i], name);
		if (program_check(root, text))
			continue;
		*path = xstrdup(text);
		return 0;
	}
	return -ENOENT;
}
