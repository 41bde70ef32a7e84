/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening a file that somebody names: a device is only looked at, as some do things when they are opened. */
#ifndef KMT_KERNEL_REGULAR_H
#define KMT_KERNEL_REGULAR_H

#include <stddef.h>

/*
 * A descriptor of the regular file at @path, for reading (O_CLOEXEC), and its size.  Never waits for a pipe.
 * -EISDIR; -EINVAL: a device, a pipe or the like; -errno.
 */
int regular_open(const char *path, size_t *size);
/* The same file once more, through the descriptor @fd: its name may mean another one by now.  -errno. */
int regular_again(int fd);

#endif
