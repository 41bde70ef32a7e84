/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/regular.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int regular_again(int fd)
{
	char link[64];
	int again;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	again = open(link, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	return again < 0 ? -errno : again;
}

int regular_open(const char *path, size_t *size)
{
	int place = open(path, O_PATH | O_CLOEXEC), fd;
	struct stat st;

	*size = 0;
	if (place < 0)
		return -errno;
	if (fstat(place, &st))
		fd = -errno;
	else if (!S_ISREG(st.st_mode))
		fd = S_ISDIR(st.st_mode) ? -EISDIR : -EINVAL;
	else
		fd = regular_again(place);
	if (fd >= 0 && st.st_size > 0)
		*size = (size_t)st.st_size;
	close(place);
	return fd;
}
