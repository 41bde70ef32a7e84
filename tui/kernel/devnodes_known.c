/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether it is known who serves a device node. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/parse.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/devnodes.h"
#include "kernel/root.h"

#define FILE_MAX (4u << 20)
#define MISC 10

/* Memory, terminals, consoles and what all input devices share are the kernel's own wherever they are. */
static bool is_kernels(bool block, unsigned major)
{
	return !block && ((major >= 1 && major <= 5) || major == 7 || major == 13 || (major >= 128 && major <= 143));
}

/* Some driver stands above it. */
static bool is_driven(const struct root *root, bool block, unsigned major, unsigned minor)
{
	char path[1024], *target, *slash, *driver;
	bool found = false;

	snprintf(path, sizeof(path), "sys/dev/%s/%u:%u", block ? "block" : "char", major, minor);
	if (root_read_link(root, path, &target))
		return false;
	snprintf(path, sizeof(path) - sizeof("/driver"), "sys/%s", strncmp(target, "../../", 6) ? "" : target + 6);
	free(target);
	while (!found && (slash = strrchr(path, '/')) && strcmp(path, "sys/devices")) {
		strcat(path, "/driver");
		found = !root_read_link(root, path, &driver);
		if (found)
			free(driver);
		*slash = '\0';
	}
	return found;
}

/* A module, or a part of the kernel that has a name as one. */
static bool is_module(const struct root *root, const char *name)
{
	/* What the kernel serves itself under the major number of all that is small. */
	static const char *const small[] = {
		"autofs", "cpu_dma_latency", "hpet", "hw_random", "psaux", "snapshot", "userfaultfd", "vga_arbiter",
	};
	struct buf path = BUF_INIT;
	bool found = false;
	unsigned mode;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(small) && !found; i++)
		found = !strcmp(name, small[i]);
	if (!found && util_name_valid(name)) {
		buf_printf(&path, "sys/module/%s", devnodes_module(name));
		util_name_normalize(path.data + strlen("sys/module/"));
		found = !root_mode(root, buf_str(&path), &mode);
	}
	buf_release(&path);
	return found;
}

/* Lines "NUMBER NAME", those of the block devices behind a line that says so. */
static char *name_of(const struct root *root, const char *file, bool block, unsigned number)
{
	struct buf text = BUF_INIT;
	const char *pos, *line;
	char name[64], copy[128], *found = NULL;
	bool blocks = false;
	unsigned other;
	size_t n;

	root_read(root, file, &text, FILE_MAX);
	pos = buf_str(&text);
	while (!found && parse_line(&pos, buf_str(&text) + text.len, &line, &n)) {
		snprintf(copy, sizeof(copy), "%.*s", (int)MIN(n, sizeof(copy) - 1), line);
		blocks = blocks || *copy == 'B';
		if (blocks == block && sscanf(copy, "%u %63s", &other, name) == 2 && other == number)
			found = xstrdup(name);
	}
	buf_release(&text);
	return found;
}

/* The module that depmod names for the number, in lines "fuse fuse c10:229". */
static char *named_by_depmod(const struct root *root, bool block, unsigned major, unsigned minor)
{
	char module[64], kind, copy[192], path[PATH_MAX], *found = NULL;
	struct buf text = BUF_INIT;
	unsigned other[2];
	const char *pos, *line;
	size_t n;

	snprintf(path, sizeof(path), "lib/modules/%s/modules.devname", root->kernel);
	root_read(root, path, &text, FILE_MAX);
	pos = buf_str(&text);
	while (!found && parse_line(&pos, buf_str(&text) + text.len, &line, &n)) {
		snprintf(copy, sizeof(copy), "%.*s", (int)MIN(n, sizeof(copy) - 1), line);
		if (sscanf(copy, "%63s %*s %c%u:%u", module, &kind, &other[0], &other[1]) == 4 &&
		    (kind == 'b') == block && other[0] == major && other[1] == minor)
			found = xstrdup(module);
	}
	buf_release(&text);
	return found;
}

/* The driver of terminals that has the number. */
static char *tty_of(const struct root *root, unsigned major, unsigned minor)
{
	char driver[64], copy[192], *found = NULL;
	unsigned other, first, last;
	struct buf text = BUF_INIT;
	const char *pos, *line;
	size_t n;
	int got;

	root_read(root, "proc/tty/drivers", &text, FILE_MAX);
	pos = buf_str(&text);
	while (!found && parse_line(&pos, buf_str(&text) + text.len, &line, &n)) {
		snprintf(copy, sizeof(copy), "%.*s", (int)MIN(n, sizeof(copy) - 1), line);
		got = sscanf(copy, "%63s %*s %u %u-%u", driver, &other, &first, &last);
		if (got == 3)
			last = first;
		if (got >= 3 && other == major && minor >= first && minor <= last)
			found = xstrdup(driver);
	}
	buf_release(&text);
	return found;
}

bool devnodes_known(const struct root *root, bool block, unsigned major, unsigned minor)
{
	bool misc = !block && major == MISC, known = false;
	char *names[3] = { NULL };
	size_t i;

	if (is_kernels(block, major) || is_driven(root, block, major, minor))
		return true;
	names[0] = misc ? name_of(root, "proc/misc", false, minor) : name_of(root, "proc/devices", block, major);
	names[1] = block || misc ? NULL : tty_of(root, major, minor);
	names[2] = named_by_depmod(root, block, major, minor);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		known = known || (names[i] && is_module(root, names[i]));
		free(names[i]);
	}
	return known;
}
