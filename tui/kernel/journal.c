/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/xalloc.h"

#define ROOTS_FOLDER "/var/log/kmodtui"
#define OPEN_TRIES 8
#define LOCK_TRIES 50

/* What the environment says of a home counts for a user only: with sudo it is still the user's. */
char *journal_state_path(const char *name)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	struct buf path = BUF_INIT;

	if (geteuid() == 0)
		buf_printf(&path, ROOTS_FOLDER "/%s", name);
	else if (state && *state == '/')
		buf_printf(&path, "%s/kmodtui/%s", state, name);
	else if (home && *home == '/')
		buf_printf(&path, "%s/.local/state/kmodtui/%s", home, name);
	else
		return NULL;
	return buf_detach(&path);
}

char *journal_path(void)
{
	return journal_state_path("journal");
}

static char *old_path(const char *path)
{
	struct buf old = BUF_INIT;

	buf_printf(&old, "%s.1", path);
	return buf_detach(&old);
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

static bool still_there(const char *path, int fd)
{
	struct stat named, open_one;

	return !fstat(fd, &open_one) && !lstat(path, &named) &&
	       named.st_dev == open_one.st_dev && named.st_ino == open_one.st_ino;
}

/* Nobody holds it for long, and no action is to wait for one who does. */
static int lock_take(int fd)
{
	const struct timespec step = { .tv_nsec = 10 * 1000000L };
	int i;

	for (i = 0; flock(fd, LOCK_EX | LOCK_NB); i++) {
		if (errno != EWOULDBLOCK || i == LOCK_TRIES)
			return -errno;
		nanosleep(&step, NULL);
	}
	return 0;
}

/* Locked, and the one that has the name: another writer may have put it aside meanwhile. */
static int open_locked(const char *path)
{
	struct stat st;
	int fd, i, err;

	for (i = 0; i < OPEN_TRIES; i++) {
		fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
			  O_CLOEXEC, 0600);
		if (fd < 0)
			return -errno;
		if (fstat(fd, &st) || !S_ISREG(st.st_mode))
			err = -EINVAL;
		else
			err = lock_take(fd);
		if (!err && still_there(path, fd))
			return fd;
		close(fd);
		if (err)
			return err;
	}
	return -EAGAIN;
}

/* True when it is full and was put aside. */
static bool rotate(const char *path, int fd, size_t len)
{
	struct stat st;
	char *old;
	bool done;

	if (fstat(fd, &st) || !st.st_size || (size_t)st.st_size + len <= JOURNAL_MAX)
		return false;
	old = old_path(path);
	done = !rename(path, old);
	free(old);
	return done;
}

int journal_append(const char *path, const char *line, size_t len)
{
	int fd, err = 0;
	ssize_t put;

	make_directories(path);
	fd = open_locked(path);
	if (fd >= 0 && rotate(path, fd, len)) {
		close(fd);
		fd = open_locked(path);
	}
	if (fd < 0)
		return fd;
	put = write(fd, line, len);
	if (put < 0)
		err = -errno;
	else if ((size_t)put != len)
		err = -ENOSPC;
	close(fd);
	return err;
}

static int read_one(const char *path, struct buf *out)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return -errno;
	do {
		got = read(fd, buf_grow(out, 1 << 16), 1 << 16);
		out->len += got > 0 ? (size_t)got : 0;
	} while (got > 0 && out->len <= 4 * JOURNAL_MAX);
	out->data[out->len] = '\0';
	close(fd);
	return got < 0 ? -EIO : 0;
}

int journal_read(const char *path, struct buf *out)
{
	char *old = old_path(path);
	int before = read_one(old, out), err;

	free(old);
	err = read_one(path, out);
	return err == -ENOENT && !before ? 0 : err;
}
