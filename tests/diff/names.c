/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "diff.h"

static FILE *open_index(const char *name, bool needed)
{
	struct utsname uts;
	char path[512];
	FILE *file;

	uname(&uts);
	snprintf(path, sizeof(path), "/lib/modules/%s/%s", uts.release, name);
	file = fopen(path, "re");
	if (!file && needed) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(99);
	}
	return file;
}

/* "kernel/fs/x-y.ko.xz" is x_y. */
static void push_name(struct strv *list, const char *path, size_t len)
{
	const char *name = path + len, *dot;

	while (name > path && name[-1] != '/')
		name--;
	len -= (size_t)(name - path);
	dot = memchr(name, '.', len);
	strv_pushn(list, name, dot ? (size_t)(dot - name) : len);
	util_name_normalize(list->v[list->n - 1]);
}

static void read_dep(struct names *names)
{
	FILE *file = open_index("modules.dep", true);
	char *line = NULL, *colon;
	size_t size = 0;

	while (getline(&line, &size, file) > 0) {
		colon = strchr(line, ':');
		if (!colon)
			continue;
		push_name(&names->modules, line, (size_t)(colon - line));
		if (colon[1] != ' ')
			continue;
		push_name(&names->linked, line, (size_t)(colon - line));
		push_name(&names->needed, colon + 2, strcspn(colon + 2, " \n"));
	}
	free(line);
	fclose(file);
}

static void read_builtin(struct names *names)
{
	FILE *file = open_index("modules.builtin", false);
	char *line = NULL;
	size_t size = 0;

	while (file && getline(&line, &size, file) > 0)
		push_name(&names->builtin, line, strcspn(line, "\n"));
	free(line);
	if (file)
		fclose(file);
}

/* "alias NAME MODULE" and "softdep MODULE ..." */
static void read_words(struct names *names, const char *index, const char *word)
{
	FILE *file = open_index(index, false);
	char *line = NULL, *save, *first, *second, *third;
	size_t size = 0;

	while (file && getline(&line, &size, file) > 0) {
		first = strtok_r(line, " \n", &save);
		if (!first || strcmp(first, word))
			continue;
		first = strtok_r(NULL, " \n", &save);
		second = first ? strtok_r(NULL, " \n", &save) : NULL;
		if (second && !strcmp(word, "alias")) {
			strv_push(&names->aliases, first);
			strv_push(&names->owners, second);
		} else if (second) {
			push_name(&names->linked, first, strlen(first));
			third = strtok_r(NULL, " \n", &save);
			strv_push(&names->needed, third ? third : second);
		}
	}
	free(line);
	if (file)
		fclose(file);
}

void names_read(struct names *names)
{
	memset(names, 0, sizeof(*names));
	read_dep(names);
	read_builtin(names);
	read_words(names, "modules.alias", "alias");
	read_words(names, "modules.softdep", "softdep");
	strv_sort(&names->modules);
	if (!names->modules.n || !names->linked.n || !names->aliases.n || !names->builtin.n) {
		fprintf(stderr, "depmod's files have too few names\n");
		exit(99);
	}
}

void names_release(struct names *names)
{
	strv_release(&names->modules);
	strv_release(&names->linked);
	strv_release(&names->needed);
	strv_release(&names->aliases);
	strv_release(&names->owners);
	strv_release(&names->builtin);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool names_has(const struct names *names, const char *module)
{
	return bsearch(&module, names->modules.v, names->modules.n, sizeof(*names->modules.v), compare_names);
}

/* The path of its file; the caller frees.  NULL: none. */
static char *path_of(const char *module)
{
	FILE *file = open_index("modules.dep", true);
	struct strv name = STRV_INIT;
	char *line = NULL, *path = NULL;
	struct utsname uts;
	size_t size = 0;

	uname(&uts);
	while (!path && getline(&line, &size, file) > 0) {
		push_name(&name, line, strcspn(line, ":"));
		if (!strcmp(name.v[name.n - 1], module)) {
			path = xcalloc(1, strlen(line) + sizeof(uts.release) + 32);
			sprintf(path, "/lib/modules/%s/%.*s", uts.release, (int)strcspn(line, ":"), line);
		}
	}
	strv_release(&name);
	free(line);
	fclose(file);
	return path;
}

void names_params(const char *module, struct strv *params)
{
	static const char word[] = "parmtype=";
	char *path = path_of(module), *text = NULL, *pos, *end;
	FILE *file = path ? fopen(path, "re") : NULL;
	size_t size = 0;

	/* What ends with a NUL each are the fields. */
	while (file && getdelim(&text, &size, '\0', file) > 0) {
		pos = strncmp(text, word, strlen(word)) ? NULL : text + strlen(word);
		end = pos ? strchr(pos, ':') : NULL;
		if (end)
			strv_pushn(params, pos, (size_t)(end - pos));
	}
	free(text);
	free(path);
	if (file)
		fclose(file);
}
