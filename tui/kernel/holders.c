/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/holders.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/strv.h"
#include "kernel/root.h"

static DIR *open_holders(const struct root *root, const char *name)
{
	struct buf path = BUF_INIT;
	DIR *dir = NULL;
	int fd;

	buf_printf(&path, "sys/module/%s/holders", name);
	fd = root_open(root, buf_str(&path), O_RDONLY | O_DIRECTORY);
	buf_release(&path);
	if (fd < 0)
		return NULL;
	dir = fdopendir(fd);
	if (!dir)
		close(fd);
	return dir;
}

/* Brings @name, if it stands behind the first *sorted, to that place. */
static void bring_forward(struct strv *users, size_t *sorted, const char *name)
{
	char *found;
	size_t i;

	for (i = *sorted; i < users->n; i++) {
		if (strcmp(users->v[i], name))
			continue;
		found = users->v[i];
		memmove(&users->v[*sorted + 1], &users->v[*sorted],
			(i - *sorted) * sizeof(*users->v));
		users->v[(*sorted)++] = found;
		return;
	}
}

void holders_sort(const struct root *root, const char *name, struct strv *users)
{
	struct dirent *entry;
	size_t sorted = 0;
	DIR *dir;

	if (users->n < 2)
		return;
	dir = open_holders(root, name);
	if (!dir)
		return;
	while ((entry = readdir(dir)))
		bring_forward(users, &sorted, entry->d_name);
	closedir(dir);
}
