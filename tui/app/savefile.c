/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/savefile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		bytes += n;
		len -= (size_t)n;
	}
	return fsync(fd) && errno != EINVAL ? -errno : 0;
}

/* Writes and closes; what could not be written whole is taken away again. */
static int fill(int fd, const char *path, const char *bytes, size_t len)
{
	int err = write_all(fd, bytes, len);

	if (close(fd) && !err)
		err = -errno;
	if (err)
		unlink(path);
	return err;
}

static int write_beside(const char *path, const char *bytes, size_t len)
{
	char temporary[PATH_MAX];
	int fd, err;

	if ((size_t)snprintf(temporary, sizeof(temporary), "%s.XXXXXX", path) >= sizeof(temporary))
		return -ENAMETOOLONG;
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return -errno;
	err = fill(fd, temporary, bytes, len);
	if (!err && rename(temporary, path)) {
		err = -errno;
		unlink(temporary);
	}
	return err;
}

int savefile_write(const char *path, const char *bytes, size_t len, bool replace)
{
	struct stat st;
	int fd;

	if (!lstat(path, &st)) {
		if (S_ISLNK(st.st_mode))
			return -ELOOP;
		if (!S_ISREG(st.st_mode))
			return -EINVAL;
		return replace ? write_beside(path, bytes, len) : -EEXIST;
	}
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	return fd < 0 ? -errno : fill(fd, path, bytes, len);
}
