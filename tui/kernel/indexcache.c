/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/indexcache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "kernel/root.h"
#include "model/fulltext.h"

#define PREFIX "index-"
/* Some files are always damaged somewhere. */
#define UNREAD_MANY 16
/* How many there may be: of some kernels, some module directories. */
#define FILES_MAX 4

/* Of this user, and writable by nobody else. */
static bool is_ours(int fd, mode_t type)
{
	struct stat st;

	return !fstat(fd, &st) && (st.st_mode & S_IFMT) == type && st.st_uid == geteuid() &&
	       !(st.st_mode & (S_IWGRP | S_IWOTH));
}

static bool base_path(char out[PATH_MAX])
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	int len = 0;

	if (cache && *cache == '/')
		len = snprintf(out, PATH_MAX, "%s", cache);
	else if (home && *home == '/')
		len = snprintf(out, PATH_MAX, "%s/.cache", home);
	return len > 0 && len < PATH_MAX;
}

/* The directory of our files, which is made where @make.  -errno. */
static int open_dir(bool make)
{
	char base[PATH_MAX];
	int above, fd, err;

	if (!base_path(base))
		return -ENOENT;
	if (make)
		mkdir(base, 0700);
	above = open(base, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (above < 0)
		return -errno;
	/* Another user's home is not written to: sudo may have kept the name of it. */
	if (!is_ours(above, S_IFDIR)) {
		close(above);
		return -EPERM;
	}
	if (make)
		mkdirat(above, "kmodtui", 0700);
	fd = openat(above, "kmodtui", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	err = fd < 0 ? -errno : 0;
	close(above);
	if (!err && !is_ours(fd, S_IFDIR)) {
		close(fd);
		return -EPERM;
	}
	return err ? err : fd;
}

/* A module directory is another one when its device or inode is. */
static void file_name(char out[NAME_MAX + 1], const struct root *root)
{
	struct stat st = { 0 };
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "lib/modules/%s", root->kernel);
	root_stat(root, path, &st);
	snprintf(out, NAME_MAX + 1, PREFIX "%.100s-%llx-%llx", root->kernel,
		 (unsigned long long)st.st_dev, (unsigned long long)st.st_ino);
}

static int read_file(int fd, struct buf *bytes)
{
	ssize_t got;

	if (!is_ours(fd, S_IFREG))
		return -EPERM;
	do {
		got = read(fd, buf_grow(bytes, 1 << 18), 1 << 18);
		if (got > 0)
			bytes->len += (size_t)got;
	} while (got > 0 && bytes->len <= FULLTEXT_MAX);
	return got < 0 ? -errno : 0;
}

/*
 * Nearly nothing could be read: that was the day it was made on (no memory, a child that was killed), not
 * the modules, and is not kept until the next depmod.
 */
static bool is_hollow(const struct fulltext *text)
{
	return text->unread >= UNREAD_MANY && text->unread >= text->n / 2;
}

int indexcache_read(const struct root *root, unsigned long long stamp, struct fulltext *text)
{
	int dir = open_dir(false), fd, err;
	struct buf bytes = BUF_INIT;
	char name[NAME_MAX + 1];

	if (dir < 0)
		return dir;
	file_name(name, root);
	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	err = fd < 0 ? -errno : 0;
	close(dir);
	if (err)
		return err;
	err = read_file(fd, &bytes);
	close(fd);
	if (!err)
		err = fulltext_parse(text, &bytes);
	buf_release(&bytes);
	if (!err && (text->stamp != stamp || is_hollow(text))) {
		fulltext_release(text);
		err = -ESTALE;
	}
	return err;
}

/* The oldest of our files in @dir; returns how many there are. */
static int find_oldest(int dir, char oldest[NAME_MAX + 1])
{
	int copy = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), n = 0;
	DIR *list = copy < 0 ? NULL : fdopendir(copy);
	struct timespec least = { 0 };
	struct dirent *entry;
	struct stat st;

	while (list && (entry = readdir(list))) {
		if (strncmp(entry->d_name, PREFIX, sizeof(PREFIX) - 1) ||
		    fstatat(dir, entry->d_name, &st, AT_SYMLINK_NOFOLLOW))
			continue;
		if (!n++ || st.st_mtim.tv_sec < least.tv_sec ||
		    (st.st_mtim.tv_sec == least.tv_sec && st.st_mtim.tv_nsec < least.tv_nsec)) {
			least = st.st_mtim;
			snprintf(oldest, NAME_MAX + 1, "%s", entry->d_name);
		}
	}
	if (list)
		closedir(list);
	else if (copy >= 0)
		close(copy);
	return n;
}

static void prune(int dir)
{
	char oldest[NAME_MAX + 1];

	while (find_oldest(dir, oldest) > FILES_MAX)
		if (unlinkat(dir, oldest, 0))
			return;
}

static int write_file(int dir, const char *name, const struct buf *bytes)
{
	int fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600), err = 0;
	size_t done = 0;
	ssize_t put;

	if (fd < 0)
		return -errno;
	while (done < bytes->len && !err) {
		put = write(fd, bytes->data + done, bytes->len - done);
		if (put > 0)
			done += (size_t)put;
		else if (put == 0 || errno != EINTR)
			err = put ? -errno : -EIO;
	}
	if (close(fd) && !err)
		err = -errno;
	return err;
}

/* It is no loss when a crash eats it, so nothing waits for the disk: what comes back damaged is made again. */
int indexcache_write(const struct root *root, const struct fulltext *text)
{
	char name[NAME_MAX + 1], fresh[NAME_MAX + 1];
	int dir, err;

	if (is_hollow(text))
		return -EIO;
	dir = open_dir(true);
	if (dir < 0)
		return dir;
	file_name(name, root);
	snprintf(fresh, sizeof(fresh), PREFIX "new-%ld", (long)getpid());
	unlinkat(dir, fresh, 0);
	err = write_file(dir, fresh, &text->bytes);
	if (!err && renameat(dir, fresh, dir, name))
		err = -errno;
	if (err)
		unlinkat(dir, fresh, 0);
	else
		prune(dir);
	close(dir);
	return err;
}
