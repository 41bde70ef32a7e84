/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the kernel's files are read: the running machine, or a directory that looks
 * like one (--root).  Everything in kernel/ opens files through here; links inside DIR
 * are resolved inside DIR (openat2 with RESOLVE_IN_ROOT).
 */
#ifndef KMT_KERNEL_ROOT_H
#define KMT_KERNEL_ROOT_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct stat;
struct strv;

struct root {
	int fd;			/* the directory */
	char *dir;		/* as given; NULL: the running machine */
	char *kernel;		/* release whose modules are shown; never NULL, "" when nothing tells it */
	char *module_dir;	/* host path of its module directory, for libkmod; NULL: there is none */
	bool live;		/* live facts below it belong to that kernel: not so with --kernel OTHER */
};

/*
 * @dir: NULL for the running machine.  @kernel: NULL for the one that runs there (below
 * a --root: proc/sys/kernel/osrelease, else the only directory of lib/modules).
 * 0; -ENOENT, -ENOTDIR, -EACCES ... for @dir; -EINVAL for a @kernel that is not one path component.
 */
int root_init(struct root *root, const char *dir, const char *kernel);
void root_release(struct root *root);
bool root_is_host(const struct root *root);

/* @path is relative to the root: "proc/modules".  A descriptor (O_CLOEXEC), or -errno. */
int root_open(const struct root *root, const char *path, int flags);
/* Appends the whole file to @out, at most @max bytes (-EFBIG). */
int root_read(const struct root *root, const char *path, struct buf *out, size_t max);
/* The same without the final newline, in a new string; -errno, *out untouched. */
int root_read_line(const struct root *root, const char *path, char **out);
/* One write(2) of @len bytes to an existing file.  -errno. */
int root_write(const struct root *root, const char *path, const char *bytes, size_t len);
/* Names in a directory, without "." and "..", sorted. */
int root_list(const struct root *root, const char *path, struct strv *names);
/* What a link says, without following it, in a new string; -EINVAL: no link. */
int root_read_link(const struct root *root, const char *path, char **out);
/* stat(2), links followed: 0, -errno. */
int root_stat(const struct root *root, const char *path, struct stat *st);
/* The same of what is known here: no server that a file lies on is asked. */
int root_stat_local(const struct root *root, const char *path, struct stat *st);
/* Permission bits of a file: 0, -errno. */
int root_mode(const struct root *root, const char *path, unsigned *mode);

#endif
