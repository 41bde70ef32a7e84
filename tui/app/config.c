/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/xalloc.h"

#define CONFIG_MAX (64u << 10)

char *config_path(void)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	struct buf path = BUF_INIT;

	if (config && *config == '/')
		buf_printf(&path, "%s/kmodtui/config", config);
	else if (home && *home == '/')
		buf_printf(&path, "%s/.config/kmodtui/config", home);
	else
		return NULL;
	return buf_detach(&path);
}

static int read_all(int fd, struct buf *out)
{
	size_t start = out->len;
	ssize_t got;

	do {
		got = read(fd, buf_grow(out, 4096), 4096);
		out->len += got > 0 ? (size_t)got : 0;
		if (out->len - start > CONFIG_MAX)
			return -EFBIG;
	} while (got > 0);
	return got < 0 ? -errno : 0;
}

int config_read(const char *path, struct buf *out)
{
	/* Neither a pipe nor a device is to keep the console from starting. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC), err;
	struct stat st;

	if (fd < 0)
		return errno == ENOTDIR ? -ENOENT : -errno;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		err = -EINVAL;
	else if (st.st_uid != geteuid() && st.st_uid != 0)
		err = -EPERM;
	else
		err = read_all(fd, out);
	close(fd);
	return err;
}

static void make_directories(const char *path)
{
	char *copy = xstrdup(path), *slash;

	for (slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(copy, 0700);
		*slash = '/';
	}
	free(copy);
}

/* The directory of the file, open; root does not write where another user can lay out links. */
static int open_directory(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = xstrndup(path, (size_t)(slash - path));
	int fd = open(*name ? name : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC), err = fd < 0 ? -errno : 0;
	struct stat st;

	free(name);
	if (!err && (fstat(fd, &st) || st.st_uid != geteuid())) {
		close(fd);
		err = -EPERM;
	}
	return err ? err : fd;
}

/* A new file is for its owner alone; the next one keeps the mode of the one before. */
static mode_t mode_of(int dir, const char *name)
{
	struct stat st;

	return fstatat(dir, name, &st, 0) ? 0600 : st.st_mode & 0777;
}

static int fill(int fd, const char *text, size_t len, mode_t mode)
{
	ssize_t put;

	for (; len; text += put, len -= (size_t)put) {
		put = write(fd, text, len);
		if (put < 0 && errno == EINTR)
			put = 0;
		else if (put <= 0)
			return put ? -errno : -ENOSPC;
	}
	return fchmod(fd, mode) || fsync(fd) ? -errno : 0;
}

/* Beside the old one under a name of its own, then in its place. */
static int replace(int dir, const char *name, const char *text, size_t len)
{
	char new[64];
	int fd, err;

	snprintf(new, sizeof(new), ".config.%ld.new", (long)getpid());
	unlinkat(dir, new, 0);
	fd = openat(dir, new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	err = fill(fd, text, len, mode_of(dir, name));
	if (close(fd) && !err)
		err = -errno;
	if (!err && renameat(dir, new, dir, name))
		err = -errno;
	if (err)
		unlinkat(dir, new, 0);
	return err;
}

int config_write(const char *path, const char *text, size_t len)
{
	char *real = realpath(path, NULL);
	int dir, err;

	if (!real) {
		make_directories(path);
		real = xstrdup(path);
	}
	dir = open_directory(real);
	err = dir < 0 ? dir : replace(dir, strrchr(real, '/') + 1, text, len);
	if (dir >= 0)
		close(dir);
	free(real);
	return err;
}
