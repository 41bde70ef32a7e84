/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/conffile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <linux/limits.h>
#include <time.h>
#include <unistd.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/root.h"

#define FILE_MAX (1u << 20)
#define XATTR_NAMES 4096
#define LOCK_STEP_MS 20

/* ".NAME.SUFFIX" beside the file: modprobe reads no name that does not end in .conf. */
static void side_name(const struct conffile *file, const char *suffix, char out[NAME_MAX + 1])
{
	snprintf(out, NAME_MAX + 1, ".%s.%s", file->name, suffix);
}

/* Makes the last directory of @path, for all to read whatever the umask says. */
static int dir_make(const struct root *root, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *above = slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup(".");
	const char *name = slash ? slash + 1 : path;
	int fd = root_open(root, above, O_RDONLY | O_DIRECTORY), err = fd < 0 ? fd : 0;

	free(above);
	if (err)
		return err;
	if (mkdirat(fd, name, 0755) && errno != EEXIST)
		err = -errno;
	else if (fchmodat(fd, name, 0755, 0) || fsync(fd))
		err = -errno;
	close(fd);
	return err;
}

static int dir_open(struct conffile *file, const struct root *root, const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup(".");
	int err;

	file->name = xstrdup(slash ? slash + 1 : path);
	file->dir = root_open(root, dir, O_RDONLY | O_DIRECTORY);
	if (file->dir == -ENOENT) {
		err = dir_make(root, dir);
		file->dir = err ? err : root_open(root, dir, O_RDONLY | O_DIRECTORY);
	}
	free(dir);
	return file->dir < 0 ? file->dir : 0;
}

/* Only root can open the lock of root's file, so nobody else can keep it. */
static int lock_take(struct conffile *file)
{
	const struct timespec step = { .tv_nsec = LOCK_STEP_MS * 1000000L };
	char name[NAME_MAX + 1];
	int waited;

	side_name(file, "lock", name);
	file->lock = openat(file->dir, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (file->lock < 0)
		return -errno;
	for (waited = 0; flock(file->lock, LOCK_EX | LOCK_NB); waited += LOCK_STEP_MS) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -errno;
		if (waited >= CONFFILE_WAIT_MS)
			return -EBUSY;
		nanosleep(&step, NULL);
	}
	return 0;
}

static int text_read(struct conffile *file)
{
	ssize_t got;

	do {
		got = read(file->old, buf_grow(&file->text, 4096), 4096);
		if (got < 0 && errno != EINTR)
			return -errno;
		file->text.len += got > 0 ? (size_t)got : 0;
		if (file->text.len > FILE_MAX)
			return -EFBIG;
	} while (got);
	file->text.data[file->text.len] = '\0';
	return strlen(file->text.data) == file->text.len ? 0 : -EINVAL;
}

static int old_read(struct conffile *file)
{
	struct stat st;

	file->old = openat(file->dir, file->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (file->old < 0)
		return errno == ENOENT ? 0 : -errno;
	if (fstat(file->old, &st))
		return -errno;
	return S_ISREG(st.st_mode) ? text_read(file) : -EINVAL;
}

int conffile_open(struct conffile *file, const struct root *root, const char *path)
{
	int err;

	*file = (struct conffile){ .dir = -1, .lock = -1, .old = -1 };
	err = dir_open(file, root, path);
	if (!err)
		err = lock_take(file);
	if (!err)
		err = old_read(file);
	if (err)
		conffile_close(file);
	return err;
}

void conffile_close(struct conffile *file)
{
	if (file->old >= 0)
		close(file->old);
	if (file->lock >= 0)
		close(file->lock);
	if (file->dir >= 0)
		close(file->dir);
	free(file->name);
	buf_release(&file->text);
}

/* The same value already, as a label the system gives by itself, is not set again. */
static int xattr_copy(int from, int to, const char *name)
{
	char *value = xmalloc(XATTR_SIZE_MAX), *there = xmalloc(XATTR_SIZE_MAX);
	ssize_t n, m;
	int err = 0;

	n = fgetxattr(from, name, value, XATTR_SIZE_MAX);
	m = n < 0 ? -1 : fgetxattr(to, name, there, XATTR_SIZE_MAX);
	if (n < 0)
		err = -errno;
	else if ((n != m || memcmp(value, there, (size_t)n)) &&
		 fsetxattr(to, name, value, (size_t)n, 0))
		err = -errno;
	free(value);
	free(there);
	return err;
}

static int xattrs_copy(int from, int to)
{
	char names[XATTR_NAMES], *name;
	ssize_t n;
	int err = 0;

	n = flistxattr(from, names, sizeof(names));
	if (n < 0)
		return errno == ENOTSUP ? 0 : -errno;
	for (name = names; name < names + n && !err; name += strlen(name) + 1)
		err = xattr_copy(from, to, name);
	return err;
}

/* The owner first: changing it takes bits of the mode away; access lists are attributes. */
static int likeness(const struct conffile *file, int fd)
{
	struct stat old, new;

	if (file->old < 0)
		return fchmod(fd, 0644) ? -errno : 0;
	if (fstat(file->old, &old) || fstat(fd, &new))
		return -errno;
	if ((old.st_uid != new.st_uid || old.st_gid != new.st_gid) &&
	    fchown(fd, old.st_uid, old.st_gid))
		return -errno;
	if (fchmod(fd, old.st_mode & 07777))
		return -errno;
	return xattrs_copy(file->old, fd);
}

static int write_all(int fd, const char *text, size_t len)
{
	ssize_t put;

	while (len) {
		put = write(fd, text, len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -errno;
		text += put;
		len -= (size_t)put;
	}
	return fsync(fd) ? -errno : 0;
}

/* We hold the lock: one that is there was left by a writer that was killed. */
static int temporary_open(const struct conffile *file, const char *name)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	int fd = openat(file->dir, name, flags, 0600);

	if (fd < 0 && errno == EEXIST && !unlinkat(file->dir, name, 0))
		fd = openat(file->dir, name, flags, 0600);
	return fd < 0 ? -errno : fd;
}

static int replace(const struct conffile *file, const char *text, size_t len)
{
	char name[NAME_MAX + 1];
	int fd, err;

	side_name(file, "new", name);
	fd = temporary_open(file, name);
	if (fd < 0)
		return fd;
	err = likeness(file, fd);
	if (!err)
		err = write_all(fd, text, len);
	if (close(fd) && !err)
		err = -errno;
	if (!err && renameat(file->dir, name, file->dir, file->name))
		err = -errno;
	if (err)
		unlinkat(file->dir, name, 0);
	return err;
}

int conffile_write(struct conffile *file, const char *text, size_t len)
{
	int err = 0;

	if (len)
		err = replace(file, text, len);
	else if (unlinkat(file->dir, file->name, 0) && errno != ENOENT)
		err = -errno;
	if (!err && fsync(file->dir))
		err = -errno;
	return err;
}
