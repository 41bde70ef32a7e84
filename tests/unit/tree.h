/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A directory that looks like a machine, for tests of what reads files below a --root.
 * It lies in the working directory, which is the build tree.  Paths are relative to it.
 */
#ifndef KMT_TESTS_TREE_H
#define KMT_TESTS_TREE_H

#include <ftw.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TREE_TEMPLATE "unit-tree.XXXXXX"
#define TREE_PATH 4096

struct tree {
	char dir[sizeof(TREE_TEMPLATE)];
};

static inline void tree_init(struct tree *tree)
{
	strcpy(tree->dir, TREE_TEMPLATE);
	if (!mkdtemp(tree->dir)) {
		perror(tree->dir);
		abort();
	}
}

static inline int tree_remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline void tree_release(struct tree *tree)
{
	nftw(tree->dir, tree_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline void tree_path(const struct tree *tree, const char *path, char out[TREE_PATH])
{
	snprintf(out, TREE_PATH, "%s/%s", tree->dir, path);
}

/* Makes the directories of @path; with a '/' at its end all of it is one. */
static inline void tree_mkdir(const struct tree *tree, const char *path)
{
	char full[TREE_PATH], *slash;

	tree_path(tree, path, full);
	for (slash = strchr(full, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(full, 0755);
		*slash = '/';
	}
}

static inline void tree_put_bytes(const struct tree *tree, const char *path, const char *bytes, size_t n)
{
	char full[TREE_PATH];
	FILE *file;

	tree_mkdir(tree, path);
	tree_path(tree, path, full);
	file = fopen(full, "w");
	if (!file || fwrite(bytes, 1, n, file) != n || fclose(file)) {
		perror(full);
		abort();
	}
}

static inline void tree_put(const struct tree *tree, const char *path, const char *text)
{
	tree_put_bytes(tree, path, text, strlen(text));
}

static inline void tree_link(const struct tree *tree, const char *path, const char *target)
{
	char full[TREE_PATH];

	tree_mkdir(tree, path);
	tree_path(tree, path, full);
	if (symlink(target, full)) {
		perror(full);
		abort();
	}
}

static inline void tree_chmod(const struct tree *tree, const char *path, mode_t mode)
{
	char full[TREE_PATH];

	tree_path(tree, path, full);
	if (chmod(full, mode)) {
		perror(full);
		abort();
	}
}

#endif
