/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/workdir.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "cli/say.h"

#define DESCRIPTORS 16

/* nftw() takes no argument for its callback. */
static const char *wanted;
static char *found;

const char *workdir_parent(void)
{
	const char *parent = getenv("TMPDIR");

	return parent && *parent == '/' ? parent : "/tmp";
}

char *workdir_new(void)
{
	char *dir = say("%s/kmodtui-try.XXXXXX", workdir_parent());

	if (mkdtemp(dir))
		return dir;
	free(dir);
	return NULL;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	remove(path);
	return 0;
}

void workdir_free(char *dir)
{
	if (dir)
		nftw(dir, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
	free(dir);
}

char *workdir_link(const char *dir, const char *name, const char *target)
{
	char *path = say("%s/%s", dir, name);

	if (!symlink(target, path))
		return path;
	free(path);
	return NULL;
}

static int find_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	if (type != FTW_F || strcmp(path + ftw->base, wanted) != 0)
		return 0;
	found = xstrdup(path);
	return 1;
}

char *workdir_find(const char *dir, const char *name)
{
	wanted = name;
	found = NULL;
	nftw(dir, find_one, DESCRIPTORS, FTW_PHYS);
	return found;
}
