/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/autoload.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/modopt.h"
#include "kernel/root.h"

#define FILE_MAX (1u << 20)
#define PATH_BYTES 1024

/* In the order in which a file hides one of the same name. */
static const char *const boot_dirs[] = {
	"etc/modules-load.d", "run/modules-load.d", "usr/local/lib/modules-load.d",
	"usr/lib/modules-load.d", "lib/modules-load.d",
};

static bool word_is(const char *word, size_t len, const char *name)
{
	char *copy = xstrndup(word, len);
	bool same = util_name_equal(copy, name);

	free(copy);
	return same;
}

unsigned autoload_parse(const char *text, size_t len, const char *name)
{
	const char *pos = text, *end = text + len, *line, *word;
	unsigned number = 0;
	size_t n, word_len;

	while (parse_line(&pos, end, &line, &n)) {
		const char *at = line;

		number++;
		if (parse_token(&at, line + n, " \t", &word, &word_len) && *word != '#' && *word != ';' &&
		    word_is(word, word_len, name))
			return number;
	}
	return 0;
}

bool autoload_parse_cmdline(const char *text, size_t len, const char *param, const char *name)
{
	const char *pos = text, *end = text + (len ? strnlen(text, len) : 0), *at, *word;
	struct modopt opt;
	size_t word_len;

	while (modopt_next(&pos, end, &opt)) {
		if (!opt.value || opt.name_len != strlen(param) || memcmp(opt.name, param, opt.name_len))
			continue;
		at = opt.value;
		while (parse_token(&at, opt.value + opt.value_len, ",", &word, &word_len))
			if (word_is(word, word_len, name))
				return true;
	}
	return false;
}

bool autoload_read_cmdline(const struct root *root, const char *param, const char *name)
{
	struct buf text = BUF_INIT;
	bool named = false;

	if (root->live && !root_read(root, "proc/cmdline", &text, FILE_MAX))
		named = autoload_parse_cmdline(buf_str(&text), text.len, param, name);
	buf_release(&text);
	return named;
}

/* True if the file could be read. */
static bool read_file(const struct root *root, const char *path, const char *name, struct strv *places)
{
	struct buf text = BUF_INIT;
	char place[PATH_BYTES + 16];
	unsigned line;
	int err;

	err = root_read(root, path, &text, FILE_MAX);
	line = err ? 0 : autoload_parse(buf_str(&text), text.len, name);
	if (line) {
		snprintf(place, sizeof(place), "%s:%u", path, line);
		strv_push(places, place);
	}
	buf_release(&text);
	return !err;
}

static bool seen_before(struct strv *seen, const char *name)
{
	size_t i;

	for (i = 0; i < seen->n; i++)
		if (!strcmp(seen->v[i], name))
			return true;
	strv_push(seen, name);
	return false;
}

void autoload_read_boot(const struct root *root, const char *name, struct strv *places)
{
	struct strv seen = STRV_INIT, names;
	char path[PATH_BYTES];
	size_t i, j, len;

	for (i = 0; i < ARRAY_SIZE(boot_dirs); i++) {
		names = (struct strv)STRV_INIT;
		root_list(root, boot_dirs[i], &names);
		for (j = 0; j < names.n; j++) {
			len = strlen(names.v[j]);
			if (len < 5 || strcmp(names.v[j] + len - 5, ".conf") || seen_before(&seen, names.v[j]))
				continue;
			snprintf(path, sizeof(path), "%s/%s", boot_dirs[i], names.v[j]);
			read_file(root, path, name, places);
		}
		strv_release(&names);
	}
	/* Debian's modules.conf is a link to this one. */
	if (!seen_before(&seen, "modules.conf"))
		read_file(root, "etc/modules", name, places);
	strv_release(&seen);
}

void autoload_read_initramfs(const struct root *root, const char *name, struct strv *places)
{
	read_file(root, "etc/initramfs-tools/modules", name, places);
}

/* As depmod and libkmod do it: '-' is '_' but inside brackets. */
static void normalize(char *s)
{
	bool inside = false;

	for (; *s; s++) {
		if (*s == '[' || *s == ']')
			inside = *s == '[';
		else if (*s == '-' && !inside)
			*s = '_';
	}
}

static bool fits(const struct strv *patterns, const char *alias)
{
	size_t i;

	for (i = 0; i < patterns->n; i++)
		if (!fnmatch(patterns->v[i], alias, 0))
			return true;
	return false;
}

static void read_bus(const struct root *root, const char *bus, const struct strv *patterns,
		     struct strv *devices)
{
	struct strv names = STRV_INIT;
	char path[PATH_BYTES], *alias;
	size_t i;

	snprintf(path, sizeof(path), "sys/bus/%s/devices", bus);
	root_list(root, path, &names);
	for (i = 0; i < names.n; i++) {
		snprintf(path, sizeof(path), "sys/bus/%s/devices/%s/modalias", bus, names.v[i]);
		if (root_read_line(root, path, &alias))
			continue;
		normalize(alias);
		if (*alias && fits(patterns, alias)) {
			snprintf(path, sizeof(path), "%s %s", bus, names.v[i]);
			strv_push(devices, path);
		}
		free(alias);
	}
	strv_release(&names);
}

void autoload_read_devices(const struct root *root, const struct strv *patterns, struct strv *devices)
{
	struct strv buses = STRV_INIT, copies = STRV_INIT;
	size_t i;

	if (!root->live || !patterns->n)
		return;
	for (i = 0; i < patterns->n; i++) {
		strv_push(&copies, patterns->v[i]);
		normalize(copies.v[i]);
	}
	root_list(root, "sys/bus", &buses);
	for (i = 0; i < buses.n; i++)
		read_bus(root, buses.v[i], &copies, devices);
	strv_release(&buses);
	strv_release(&copies);
}
