/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/filewatch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kofile.h"

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
	int fd = open(path, O_RDONLY | O_CLOEXEC), err = 0;
	ssize_t n;

	if (fd < 0)
		return -errno;
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

int filewatch_open(struct filewatch *watch, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf bytes = BUF_INIT;
	char *dir = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");
	int err;

	memset(watch, 0, sizeof(*watch));
	watch->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	err = watch->fd < 0 ? -errno : 0;
	if (!err && inotify_add_watch(watch->fd, dir, IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_ONLYDIR) < 0)
		err = -errno;
	free(dir);
	if (!err)
		err = read_file(path, &bytes);
	watch->path = xstrdup(path);
	watch->name = watch->path + (slash ? slash + 1 - path : 0);
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
			if ((event->mask & IN_Q_OVERFLOW) || (event->len && !strcmp(event->name, watch->name)))
				ours = true;
		}
	return ours;
}

enum filewatch_news filewatch_read(struct filewatch *watch)
{
	enum filewatch_news news = FILEWATCH_NONE;
	uint64_t now = util_now_ms(), sum;
	struct buf bytes = BUF_INIT;
	bool whole;

	if (drain(watch))
		watch->since_ms = now;
	if (!watch->since_ms || now < watch->since_ms + QUIET_MS)
		return FILEWATCH_NONE;
	whole = !read_file(watch->path, &bytes) && filewatch_whole(watch->name, buf_str(&bytes), bytes.len);
	sum = sum_of(&bytes);
	if (whole) {
		news = sum != watch->sum ? FILEWATCH_NEW : FILEWATCH_NONE;
		watch->sum = sum;
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
