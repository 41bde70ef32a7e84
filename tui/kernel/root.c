/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/root.h"

#define MODULES_DIR "lib/modules"
#define LINE_MAX_BYTES (64u << 10)	/* a sysfs or procfs value is a page at most */
#define FIRST_READ (16u << 10)
#define OPEN_TRIES 8

bool root_is_host(const struct root *root)
{
	return !root->dir;
}

/* The kernel gives -EAGAIN when a rename somewhere raced with a ".." of the path. */
static int open_inside(int fd, const char *path, int flags)
{
	struct open_how how = {
		.flags = (unsigned long long)flags,
		.resolve = RESOLVE_IN_ROOT,
	};
	long got;
	int i;

	for (i = 0; i < OPEN_TRIES; i++) {
		got = syscall(SYS_openat2, fd, path, &how, sizeof(how));
		if (got >= 0)
			return (int)got;
		if (errno != EAGAIN)
			break;
	}
	return -errno;
}

int root_open(const struct root *root, const char *path, int flags)
{
	int fd;

	/* openat2 is strict: beside O_PATH it takes no flag that would mean nothing. */
	flags |= flags & O_PATH ? O_CLOEXEC : O_CLOEXEC | O_NOCTTY;
	if (!root_is_host(root))
		return open_inside(root->fd, path, flags);
	fd = openat(root->fd, path, flags);
	return fd < 0 ? -errno : fd;
}

static ssize_t read_some(int fd, char *to, size_t n)
{
	ssize_t got;

	do {
		got = read(fd, to, n);
	} while (got < 0 && errno == EINTR);
	return got < 0 ? -errno : got;
}

/*
 * Asks for as much as was read already, so a large file takes few calls; files of
 * /proc give a page at a time whatever is asked.
 */
static int read_all(int fd, struct buf *out, size_t max)
{
	size_t done = 0, want;
	ssize_t got;
	char *to;

	for (;;) {
		want = MIN(MAX(done, (size_t)FIRST_READ), max - done + 1);
		to = buf_grow(out, want);
		got = read_some(fd, to, want);
		if (got <= 0)
			return (int)got;
		done += (size_t)got;
		out->len += (size_t)got;
		out->data[out->len] = '\0';
		if (done > max)
			return -EFBIG;
	}
}

int root_read(const struct root *root, const char *path, struct buf *out, size_t max)
{
	size_t before = out->len;
	int fd, err;

	/* O_NONBLOCK: a pipe in a strange DIR must not hold us up. */
	fd = root_open(root, path, O_RDONLY | O_NONBLOCK);
	if (fd < 0)
		return fd;
	err = read_all(fd, out, max);
	close(fd);
	if (err && out->data) {
		out->len = before;
		out->data[before] = '\0';
	}
	return err;
}

int root_read_line(const struct root *root, const char *path, char **out)
{
	struct buf buf = BUF_INIT;
	int err;

	err = root_read(root, path, &buf, LINE_MAX_BYTES);
	if (err) {
		buf_release(&buf);
		return err;
	}
	if (buf.len && buf.data[buf.len - 1] == '\n')
		buf.data[--buf.len] = '\0';
	*out = buf_detach(&buf);
	return 0;
}

int root_write(const struct root *root, const char *path, const char *bytes, size_t len)
{
	ssize_t got;
	int fd, err = 0;

	fd = root_open(root, path, O_WRONLY);
	if (fd < 0)
		return fd;
	got = write(fd, bytes, len);
	if (got < 0)
		err = -errno;
	else if ((size_t)got != len)
		err = -EIO;
	close(fd);
	return err;
}

int root_list(const struct root *root, const char *path, struct strv *names)
{
	struct dirent *entry;
	DIR *dir;
	int fd, err;

	fd = root_open(root, path, O_RDONLY | O_DIRECTORY);
	if (fd < 0)
		return fd;
	dir = fdopendir(fd);
	if (!dir) {
		err = -errno;
		close(fd);
		return err;
	}
	errno = 0;
	while ((entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			strv_push(names, entry->d_name);
		errno = 0;
	}
	err = -errno;
	closedir(dir);
	strv_sort(names);
	return err;
}

int root_read_link(const struct root *root, const char *path, char **out)
{
	char target[PATH_MAX];
	ssize_t n;
	int fd, err = 0;

	if (root_is_host(root)) {
		n = readlinkat(root->fd, path, target, sizeof(target));
		if (n >= 0)
			*out = xstrndup(target, (size_t)n);
		return n < 0 ? -errno : 0;
	}
	fd = root_open(root, path, O_PATH | O_NOFOLLOW);
	if (fd < 0)
		return fd;
	n = readlinkat(fd, "", target, sizeof(target));
	if (n < 0)
		err = errno == ENOENT ? -EINVAL : -errno;
	else
		*out = xstrndup(target, (size_t)n);
	close(fd);
	return err;
}

/* The host takes one call; O_PATH keeps the driver of a device from being opened. */
int root_stat(const struct root *root, const char *path, struct stat *st)
{
	int fd, err = 0;

	if (root_is_host(root))
		return fstatat(root->fd, path, st, 0) ? -errno : 0;
	fd = root_open(root, path, O_PATH);
	if (fd < 0)
		return fd;
	if (fstat(fd, st))
		err = -errno;
	close(fd);
	return err;
}

int root_stat_local(const struct root *root, const char *path, struct stat *st)
{
	struct statx known;

	if (!root_is_host(root))
		return root_stat(root, path, st);
	if (statx(root->fd, path, AT_STATX_DONT_SYNC, STATX_TYPE, &known))
		return -errno;
	memset(st, 0, sizeof(*st));
	st->st_mode = known.stx_mode;
	st->st_rdev = makedev(known.stx_rdev_major, known.stx_rdev_minor);
	return 0;
}

int root_mode(const struct root *root, const char *path, unsigned *mode)
{
	struct stat st;
	int err;

	err = root_stat(root, path, &st);
	if (!err)
		*mode = st.st_mode & 07777;
	return err;
}

static bool is_component(const char *s)
{
	return *s && strlen(s) <= NAME_MAX && !strchr(s, '/') && strcmp(s, ".") && strcmp(s, "..");
}

static int open_modules(const struct root *root, const char *kernel)
{
	char path[sizeof(MODULES_DIR) + 1 + NAME_MAX];

	snprintf(path, sizeof(path), MODULES_DIR "/%s", kernel);
	return root_open(root, path, O_PATH | O_DIRECTORY);
}

/* The only directory of lib/modules, or NULL. */
static char *only_kernel(const struct root *root)
{
	struct strv names = STRV_INIT;
	char *found = NULL;
	size_t i, n = 0;
	int fd;

	if (root_list(root, MODULES_DIR, &names))
		goto out_release;
	for (i = 0; i < names.n && n < 2; i++) {
		fd = open_modules(root, names.v[i]);
		if (fd < 0)
			continue;
		close(fd);
		free(found);
		found = ++n == 1 ? xstrdup(names.v[i]) : NULL;
	}
out_release:
	strv_release(&names);
	return found;
}

/* The kernel whose live facts the root holds; "" when nothing tells. */
static char *own_kernel(const struct root *root)
{
	struct utsname uts;
	char *release = NULL;

	if (root_is_host(root))
		return xstrdup(uname(&uts) ? "" : uts.release);
	if (!root_read_line(root, "proc/sys/kernel/osrelease", &release)) {
		if (is_component(release))
			return release;
		free(release);
	}
	release = only_kernel(root);
	return release ? release : xstrdup("");
}

/*
 * libkmod opens this path itself, so links inside DIR are resolved here, once: the
 * kernel tells the real path of the descriptor.
 */
static char *find_module_dir(const struct root *root)
{
	char link[64], path[PATH_MAX];
	ssize_t n;
	int fd;

	if (!*root->kernel)
		return NULL;
	fd = open_modules(root, root->kernel);
	if (fd < 0)
		return NULL;
	if (root_is_host(root)) {
		n = snprintf(path, sizeof(path), "/" MODULES_DIR "/%s", root->kernel);
	} else {
		snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
		n = readlink(link, path, sizeof(path));
	}
	close(fd);
	return n > 0 && (size_t)n < sizeof(path) ? xstrndup(path, (size_t)n) : NULL;
}

int root_init(struct root *root, const char *dir, const char *kernel)
{
	char *own;

	memset(root, 0, sizeof(*root));
	root->fd = -1;
	if (kernel && !is_component(kernel))
		return -EINVAL;
	root->fd = open(dir ? dir : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root->fd < 0)
		return -errno;
	root->dir = xstrdup(dir);
	own = own_kernel(root);
	root->live = !kernel || !strcmp(kernel, own);
	if (kernel) {
		free(own);
		own = xstrdup(kernel);
	}
	root->kernel = own;
	root->module_dir = find_module_dir(root);
	return 0;
}

void root_release(struct root *root)
{
	if (root->fd >= 0)
		close(root->fd);
	free(root->dir);
	free(root->kernel);
	free(root->module_dir);
	memset(root, 0, sizeof(*root));
	root->fd = -1;
}
