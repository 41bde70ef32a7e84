/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/filewatch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kofile.h"
#include "kernel/regular.h"

#define QUIET_MS 200		/* without a change: nobody writes any more */
#define PATIENCE_MS 2000	/* a file in pieces stays one */
#define FILE_MAX (256u << 20)

bool filewatch_whole(const char *name, const void *bytes, size_t len)
{
	size_t n = strlen(name);
	struct kofile file;
	int err = kofile_parse(bytes, len, &file);

	if (err == -ENOTSUP)
		return len && n > 3 && strcmp(name + n - 3, ".ko") != 0;
	return !err && file.table.offset <= len && file.table.size <= len - file.table.offset;
}

static int read_file(const char *path, struct buf *out)
{
	size_t size;
	int fd = regular_open(path, &size), err = 0;
	ssize_t n;

	if (fd < 0)
		return fd;
	do {
		n = read(fd, buf_grow(out, 1u << 16), 1u << 16);
		if (n > 0)
			out->len += (size_t)n;
	} while (n > 0 && out->len < FILE_MAX);
	if (n < 0)
		err = -errno;
	close(fd);
	return err;
}

/* FNV-1a: two builds that differ, differ here. */
static uint64_t sum_of(const struct buf *bytes)
{
	uint64_t sum = 0xcbf29ce484222325ULL;
	size_t i;

	for (i = 0; i < bytes->len; i++)
		sum = (sum ^ (unsigned char)bytes->data[i]) * 0x100000001b3ULL;
	return sum;
}

/* Again for a directory of the same name that took its place.  -errno, and then it has none. */
static int mark_dir(struct filewatch *watch)
{
	char *dir = watch->name > watch->path ? xstrndup(watch->path, (size_t)(watch->name - watch->path)) :
						xstrdup(".");

	watch->dir = inotify_add_watch(watch->fd, dir, IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_DELETE_SELF |
				       IN_MOVE_SELF | IN_ONLYDIR);
	free(dir);
	return watch->dir < 0 ? -errno : 0;
}

int filewatch_open(struct filewatch *watch, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf bytes = BUF_INIT;
	int err;

	memset(watch, 0, sizeof(*watch));
	watch->path = xstrdup(path);
	watch->name = watch->path + (slash ? slash + 1 - path : 0);
	watch->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	err = watch->fd < 0 ? -errno : mark_dir(watch);
	if (!err)
		err = read_file(path, &bytes);
	watch->sum = filewatch_whole(watch->name, buf_str(&bytes), bytes.len) ? sum_of(&bytes) : 0;
	buf_release(&bytes);
	if (err)
		filewatch_close(watch);
	return err;
}

void filewatch_close(struct filewatch *watch)
{
	if (watch->fd >= 0)
		close(watch->fd);
	free(watch->path);
	memset(watch, 0, sizeof(*watch));
	watch->fd = -1;
}

/* The directory was removed or goes by another name now: events of the old one do not count any more. */
static void forget_dir(struct filewatch *watch)
{
	if (watch->dir >= 0)
		inotify_rm_watch(watch->fd, watch->dir);
	watch->dir = -1;
}

/* True when one of the events is about the file, or some were lost. */
static bool drain(struct filewatch *watch)
{
	char bytes[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
	const struct inotify_event *event;
	bool ours = false;
	ssize_t n;
	char *at;

	while ((n = read(watch->fd, bytes, sizeof(bytes))) > 0)
		for (at = bytes; at < bytes + n; at += sizeof(*event) + event->len) {
			event = (const struct inotify_event *)at;
			if (event->mask & IN_Q_OVERFLOW) {
				ours = true;
				forget_dir(watch);
			}
			if (event->wd != watch->dir)
				continue;
			if (event->len && !strcmp(event->name, watch->name))
				ours = true;
			if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED))
				forget_dir(watch);
		}
	return ours;
}

/* True when there is a directory again, and the file in it already. */
static bool find_dir(struct filewatch *watch)
{
	return watch->dir < 0 && !mark_dir(watch) && !access(watch->path, F_OK);
}

enum filewatch_news filewatch_read(struct filewatch *watch)
{
	enum filewatch_news news = FILEWATCH_NONE;
	uint64_t now = util_now_ms(), sum;
	struct buf bytes = BUF_INIT;
	bool whole;
	int err;

	if (drain(watch))
		watch->since_ms = now;
	if (find_dir(watch))
		watch->since_ms = now;
	if (!watch->since_ms || now < watch->since_ms + QUIET_MS)
		return FILEWATCH_NONE;
	err = read_file(watch->path, &bytes);
	whole = !err && filewatch_whole(watch->name, buf_str(&bytes), bytes.len);
	sum = sum_of(&bytes);
	if (whole) {
		news = sum != watch->sum ? FILEWATCH_NEW : FILEWATCH_NONE;
		watch->sum = sum;
		watch->since_ms = 0;
	} else if (err == -ENOENT || err == -ENOTDIR) {
		/* One that is gone is to be built yet, which will be seen. */
		watch->since_ms = 0;
	} else if (now >= watch->since_ms + PATIENCE_MS) {
		news = FILEWATCH_BROKEN;
		watch->since_ms = 0;
	}
	buf_release(&bytes);
	return news;
}

int filewatch_wait(const struct filewatch *watch)
{
	uint64_t now = util_now_ms();

	if (!watch->since_ms)
		return -1;
	if (now < watch->since_ms + QUIET_MS)
		return (int)(watch->since_ms + QUIET_MS - now);
	return QUIET_MS;
}
