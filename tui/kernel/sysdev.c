/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/sysdev.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/xalloc.h"
#include "kernel/root.h"

#define UEVENT_MAX (64u << 10)

/* Cuts the last part off; false when there was only one. */
static bool cut_last(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash)
		*slash = '\0';
	return slash != NULL;
}

/* @dir with the parts of @target, of which ".." takes one away. */
static char *join(const char *dir, const char *target)
{
	const char *pos = target, *end = target + strlen(target), *part;
	struct buf path = BUF_INIT;
	size_t len;

	if (*target != '/')
		buf_addstr(&path, dir);
	while (parse_token(&pos, end, "/", &part, &len)) {
		if (len == 2 && !memcmp(part, "..", 2)) {
			path.len = path.data && cut_last(path.data) ? strlen(path.data) : 0;
		} else if (len != 1 || *part != '.') {
			if (path.len)
				buf_addch(&path, '/');
			buf_add(&path, part, len);
		}
	}
	return buf_detach(&path);
}

char *sysdev_follow(const struct root *root, const char *path)
{
	char *target, *dir, *whole;

	if (root_read_link(root, path, &target))
		return NULL;
	dir = xstrdup(path);
	whole = cut_last(dir) ? join(dir, target) : NULL;
	free(dir);
	free(target);
	return whole;
}

char *sysdev_link_name(const struct root *root, const char *path)
{
	char *target, *slash, *name;

	if (root_read_link(root, path, &target))
		return NULL;
	slash = strrchr(target, '/');
	name = xstrdup(slash ? slash + 1 : target);
	free(target);
	return name;
}

void sysdev_modules(const struct root *root, const char *device, struct strv *modules)
{
	char path[PATH_MAX], *at = xstrdup(device), *module;

	while (!strncmp(at, "sys/devices/", 12)) {
		snprintf(path, sizeof(path), "%s/driver/module", at);
		module = sysdev_link_name(root, path);
		if (module)
			strv_push(modules, module);
		free(module);
		if (!cut_last(at))
			break;
	}
	free(at);
}

char *sysdev_uevent(const struct root *root, const char *device, const char *key)
{
	const char *pos, *line;
	struct buf text = BUF_INIT;
	char path[PATH_MAX], *value = NULL;
	size_t n, len = strlen(key);

	snprintf(path, sizeof(path), "%s/uevent", device);
	root_read(root, path, &text, UEVENT_MAX);
	pos = buf_str(&text);
	while (!value && parse_line(&pos, buf_str(&text) + text.len, &line, &n))
		if (n > len && !memcmp(line, key, len) && line[len] == '=')
			value = xstrndup(line + len + 1, n - len - 1);
	buf_release(&text);
	return value;
}
