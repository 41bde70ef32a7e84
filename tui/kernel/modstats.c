/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/modstats.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/util.h"
#include "kernel/root.h"
#include "model/info.h"

/* Of /sys/module/NAME, in this order; a kernel has those it was built for. */
static const char *const counted[] = {
	"initstate", "coresize", "initsize", "refcnt", "taint", "version", "srcversion",
};

static void add_file(const struct root *root, const char *name, const char *file, struct info *out)
{
	char path[PATH_MAX], *text;

	snprintf(path, sizeof(path), "sys/module/%s/%s", name, file);
	if (root_read_line(root, path, &text))
		return;
	if (*text)
		info_add(out, file, text, strlen(text));
	free(text);
}

/* The names in a directory in one line, and how many there are. */
static void add_names(const struct root *root, const char *name, const char *dir, struct info *out)
{
	struct strv names = STRV_INIT;
	struct buf line = BUF_INIT;
	char path[PATH_MAX];
	size_t i;

	snprintf(path, sizeof(path), "sys/module/%s/%s", name, dir);
	if (!root_list(root, path, &names)) {
		buf_printf(&line, "%zu", names.n);
		for (i = 0; i < names.n; i++)
			buf_printf(&line, "%s%s", i ? ", " : ": ", names.v[i]);
		info_add(out, dir, buf_str(&line), line.len);
	}
	strv_release(&names);
	buf_release(&line);
}

/* What a module of ours says; NULs and the last line end are no part of the text. */
static void add_own(const struct root *root, const char *name, struct info *out)
{
	struct buf text = BUF_INIT;
	char path[PATH_MAX];
	size_t len;
	int err;

	if (strncmp(name, "kmt_", 4))
		return;
	snprintf(path, sizeof(path), "proc/%s", name);
	err = root_read(root, path, &text, MODSTATS_MAX);
	len = text.len;
	while (len && text.data[len - 1] == '\n')
		len--;
	if (err && err != -ENOENT)
		info_add(out, path, strerror(-err), strlen(strerror(-err)));
	else if (!err && len)
		info_add(out, path, text.data, strnlen(text.data, len));
	buf_release(&text);
}

int modstats_read(const struct root *root, const char *name, struct info *out)
{
	char module[MODULE_NAME_MAX + 1], path[PATH_MAX];
	unsigned mode;
	size_t i;

	if (!root->live || !util_name_live(name))
		return -ENOENT;
	snprintf(module, sizeof(module), "%s", name);
	util_name_normalize(module);
	snprintf(path, sizeof(path), "sys/module/%s/initstate", module);
	if (root_mode(root, path, &mode))
		return -ENOENT;
	for (i = 0; i < ARRAY_SIZE(counted); i++)
		add_file(root, module, counted[i], out);
	add_names(root, module, "holders", out);
	add_own(root, module, out);
	return 0;
}
