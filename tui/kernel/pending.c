/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/pending.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/root.h"

#define DIR "run/kmodtui"
#define WAITING "rollback."
#define ROLLING "rolling."

static void path_of(char path[PATH_MAX], const char *name)
{
	snprintf(path, PATH_MAX, DIR "/%s", name);
}

static void make_name(char name[PENDING_NAME])
{
	snprintf(name, PENDING_NAME, WAITING "%d.%llu", (int)getpid(),
		 (unsigned long long)util_now_us() % 1000000000000ULL);
}

int pending_make(const struct root *root, char name[PENDING_NAME])
{
	char path[PATH_MAX];
	int fd;

	if (!mkdirat(root->fd, DIR, 0755))
		fchmodat(root->fd, DIR, 0755, 0);
	else if (errno != EEXIST)
		return -errno;
	make_name(name);
	path_of(path, name);
	if (mkfifoat(root->fd, path, 0600))
		return -errno;
	/* Open for both, so that it has no end of file between two writers. */
	fd = openat(root->fd, path, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

void pending_take_over(const struct root *root, char name[PENDING_NAME])
{
	char from[PATH_MAX], to[PATH_MAX], own[PENDING_NAME];

	make_name(own);
	path_of(from, name);
	path_of(to, own);
	if (!renameat(root->fd, from, root->fd, to))
		snprintf(name, PENDING_NAME, "%s", own);
}

/* Without the clock's help it still waits: the time of the file is only shown. */
static void show_deadline(const struct root *root, const char *name, int seconds)
{
	struct timespec times[2];
	char path[PATH_MAX];

	clock_gettime(CLOCK_REALTIME, &times[0]);
	times[0].tv_sec += seconds;
	times[1] = times[0];
	path_of(path, name);
	utimensat(root->fd, path, times, AT_SYMLINK_NOFOLLOW);
}

enum pending_answer pending_wait(const struct root *root, const char *name, int fd, int seconds)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	char answer;
	int got;

	show_deadline(root, name, seconds);
	got = poll(&poll_fd, 1, seconds * 1000);
	if (!got)
		return PENDING_TIME_OUT;
	if (got > 0 && read(fd, &answer, 1) == 1 && answer == PENDING_KEEP)
		return PENDING_KEEP;
	return PENDING_ROLL_BACK;
}

static void rolling_name(char to[PENDING_NAME], const char *name)
{
	snprintf(to, PENDING_NAME, ROLLING "%.36s", name + strlen(WAITING));
}

void pending_roll(const struct root *root, const char *name)
{
	char from[PATH_MAX], to[PATH_MAX], rolling[PENDING_NAME];

	rolling_name(rolling, name);
	path_of(from, name);
	path_of(to, rolling);
	renameat(root->fd, from, root->fd, to);
}

void pending_remove(const struct root *root, const char *name)
{
	char path[PATH_MAX], rolling[PENDING_NAME];

	path_of(path, name);
	unlinkat(root->fd, path, 0);
	rolling_name(rolling, name);
	path_of(path, rolling);
	unlinkat(root->fd, path, 0);
}

static int open_to_tell(const struct root *root, const char *name)
{
	char path[PATH_MAX];

	path_of(path, name);
	return root_open(root, path, O_WRONLY | O_NONBLOCK | O_NOFOLLOW);
}

/*
 * A pipe without a reader can not be opened for writing.  Who may not open it at all asks for the process; that another one
 * has its number by now keeps a dead one in sight until its time is over, and no longer.
 */
static bool is_dead(const struct root *root, const char *name)
{
	int fd = open_to_tell(root, name);

	if (fd >= 0)
		close(fd);
	if (fd != -EACCES && fd != -EPERM)
		return fd == -ENXIO;
	return kill((pid_t)atoi(strchr(name, '.') + 1), 0) && errno == ESRCH;
}

static void add(struct pendinglist *list, const char *name, const struct stat *st)
{
	struct pending *pending;
	long long left = st->st_mtime - time(NULL);

	if (list->n == list->size) {
		list->size = list->size ? 2 * list->size : 4;
		list->v = xrealloc(list->v, list->size, sizeof(*list->v));
	}
	pending = &list->v[list->n++];
	snprintf(pending->name, sizeof(pending->name), "%s", name);
	pending->seconds = left > 0 && left <= INT_MAX ? (int)left : 0;
	pending->rolling = !strncmp(name, ROLLING, strlen(ROLLING));
}

int pending_read(const struct root *root, struct pendinglist *list)
{
	struct strv names = STRV_INIT;
	char path[PATH_MAX];
	struct stat st;
	size_t i;
	int err;

	err = root_list(root, DIR, &names);
	for (i = 0; i < names.n; i++) {
		if ((strncmp(names.v[i], WAITING, strlen(WAITING)) &&
		     strncmp(names.v[i], ROLLING, strlen(ROLLING))) ||
		    strlen(names.v[i]) >= PENDING_NAME)
			continue;
		path_of(path, names.v[i]);
		if (root_stat(root, path, &st) || !S_ISFIFO(st.st_mode))
			continue;
		add(list, names.v[i], &st);
		list->v[list->n - 1].dead = is_dead(root, names.v[i]);
	}
	strv_release(&names);
	return err;
}

void pendinglist_release(struct pendinglist *list)
{
	free(list->v);
	memset(list, 0, sizeof(*list));
}

int pending_tell(const struct root *root, const char *name, enum pending_answer answer)
{
	int fd = open_to_tell(root, name), err;
	char byte = (char)answer;

	if (fd < 0)
		return fd;
	err = write(fd, &byte, 1) == 1 ? 0 : -EIO;
	close(fd);
	return err;
}
