/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_trust.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/util.h"
#include "kernel/root.h"

/* What libkmod maps into its process. */
static const char *const indexes[] = {
	"modules.dep.bin", "modules.alias.bin", "modules.symbols.bin", "modules.builtin.bin",
	"modules.builtin.alias.bin", "modules.builtin.modinfo",
};

static bool is_roots(const struct stat *st)
{
	return st->st_uid == 0 && !(st->st_mode & (S_IWGRP | S_IWOTH));
}

bool kmod_trust_tree(const struct root *root)
{
	struct stat st;
	bool good;
	size_t i;
	int fd;

	if (!root_is_host(root))
		return false;
	if (!root->module_dir)
		return true;
	fd = open(root->module_dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	good = !fstat(fd, &st) && is_roots(&st);
	for (i = 0; i < ARRAY_SIZE(indexes) && good; i++)
		good = fstatat(fd, indexes[i], &st, 0) ? errno == ENOENT : is_roots(&st);
	close(fd);
	return good;
}

bool kmod_trust_file(const struct root *root, const char *path)
{
	struct open_how how = {
		.flags = O_PATH | O_CLOEXEC,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
	};
	size_t len = root->module_dir ? strlen(root->module_dir) : 0;
	struct stat st;
	bool good;
	int dir, fd;

	if (!root_is_host(root) || !len || strncmp(path, root->module_dir, len) || path[len] != '/')
		return false;
	dir = open(root->module_dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return false;
	fd = (int)syscall(SYS_openat2, dir, path + len + 1, &how, sizeof(how));
	good = fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode) && is_roots(&st);
	if (fd >= 0)
		close(fd);
	close(dir);
	return good;
}
