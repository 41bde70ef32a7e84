/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/root.h"
#include "kernel/sysmod.h"
#include "model/module.h"
#include "model/param.h"

#define MODE_READ 0444u
#define NOTE_MAX 4096

/* "sys/module/NAME/parameters" and, with @param, "/PARAM"; names that are none are -ENOENT. */
static int param_path(char out[PATH_MAX], const char *name, const char *param)
{
	char module[MODULE_NAME_MAX + 1];

	if (!util_name_live(name))
		return -ENOENT;
	snprintf(module, sizeof(module), "%s", name);
	util_name_normalize(module);
	if (!param) {
		snprintf(out, PATH_MAX, "sys/module/%s/parameters", module);
		return 0;
	}
	if (!*param || strlen(param) > NAME_MAX || strchr(param, '/') ||
	    !strcmp(param, ".") || !strcmp(param, ".."))
		return -ENOENT;
	snprintf(out, PATH_MAX, "sys/module/%s/parameters/%s", module, param);
	return 0;
}

/* The file as the user spells the parameter, else with '_' for every '-'. */
static int param_find(const struct root *root, char path[PATH_MAX], const char *name,
		      const char *param, unsigned *mode)
{
	int err = param_path(path, name, param);

	if (err)
		return err;
	if (!root->live)
		return -ENOENT;
	err = root_mode(root, path, mode);
	if (err != -ENOENT || !strchr(param, '-'))
		return err;
	util_name_normalize(strrchr(path, '/') + 1);
	return root_mode(root, path, mode);
}

/* Mode bits decide first: root may open a 0200 file of a captured tree, but never one of sysfs. */
int sysmod_read_param(const struct root *root, const char *name, const char *param, char **value)
{
	char path[PATH_MAX], *text;
	unsigned mode;
	int err;

	err = param_find(root, path, name, param, &mode);
	if (err)
		return err;
	if (!(mode & MODE_READ))
		return -EACCES;
	err = root_read_line(root, path, &text);
	if (err)
		return err;
	free(*value);
	*value = text;
	return 0;
}

/*
 * sysfs takes an empty write for no write at all; a single NUL reaches the module as
 * the empty string.
 */
int sysmod_write_param(const struct root *root, const char *name, const char *param, const char *value)
{
	char path[PATH_MAX];
	unsigned mode;
	int err;

	err = param_find(root, path, name, param, &mode);
	if (err)
		return err;
	return root_write(root, path, value, MAX(strlen(value), (size_t)1));
}

/* False when the module went between two calls. */
static bool param_look(const struct root *root, const char path[PATH_MAX], struct paramlist *list)
{
	const char *file = strrchr(path, '/') + 1;
	struct param *param;
	unsigned mode;

	if (root_mode(root, path, &mode))
		return false;
	param = paramlist_get(list, file, strlen(file));
	param->in_sysfs = true;
	param->mode = mode;
	return true;
}

static void param_read(const struct root *root, const char path[PATH_MAX], struct paramlist *list)
{
	struct param *param = paramlist_find(list, strrchr(path, '/') + 1);
	char *text;

	if (!param || !(param->mode & MODE_READ) || root_read_line(root, path, &text))
		return;
	free(param->value);
	param->value = text;
}

static int each_param(const struct root *root, const char *name, struct paramlist *list, bool values)
{
	struct strv names = STRV_INIT;
	char dir[PATH_MAX], path[PATH_MAX];
	size_t i;
	int err;

	err = root->live ? param_path(dir, name, NULL) : -ENOENT;
	if (err)
		return err;
	err = root_list(root, dir, &names);
	for (i = 0; i < names.n; i++) {
		if ((size_t)snprintf(path, sizeof(path), "%s/%s", dir, names.v[i]) >= sizeof(path))
			continue;
		if (param_look(root, path, list) && values)
			param_read(root, path, list);
	}
	strv_release(&names);
	return err;
}

int sysmod_list_params(const struct root *root, const char *name, struct paramlist *list)
{
	return each_param(root, name, list, false);
}

int sysmod_read_params(const struct root *root, const char *name, struct paramlist *list)
{
	return each_param(root, name, list, true);
}

/* Whether "sys/module/NAME", with @file, is there: 0, -errno. */
static int look(const struct root *root, const char *name, const char *file)
{
	char copy[MODULE_NAME_MAX + 1], path[PATH_MAX];
	unsigned mode;

	if (!root->live || !util_name_live(name))
		return -EINVAL;
	snprintf(copy, sizeof(copy), "%s", name);
	util_name_normalize(copy);
	snprintf(path, sizeof(path), "sys/module/%s%s", copy, file);
	return root_mode(root, path, &mode);
}

/* Only what was loaded has a state. */
bool sysmod_is_builtin(const struct root *root, const char *name)
{
	return !look(root, name, "") && look(root, name, "/initstate") == -ENOENT;
}

bool sysmod_is_loaded(const struct root *root, const char *name)
{
	return !look(root, name, "/initstate");
}

int sysmod_read_builtin(const struct root *root, struct modlist *out)
{
	struct strv names = STRV_INIT;
	struct module *module;
	size_t i;
	int err;

	if (!root->live)
		return -ENOENT;
	err = root_list(root, "sys/module", &names);
	for (i = 0; i < names.n; i++) {
		if (!sysmod_is_builtin(root, names.v[i]))
			continue;
		module = modlist_push(out, names.v[i], strlen(names.v[i]));
		module->indexed = true;
		module->state = module->index_state = MODULE_BUILTIN;
	}
	strv_release(&names);
	return err;
}

/* "sys/module/NAME/@file"; -ENOENT: nothing there is live, or this is no name. */
static int file_path(const struct root *root, char path[PATH_MAX], const char *name, const char *file)
{
	char copy[MODULE_NAME_MAX + 1];

	if (!root->live || !util_name_valid(name))
		return -ENOENT;
	snprintf(copy, sizeof(copy), "%s", name);
	util_name_normalize(copy);
	snprintf(path, PATH_MAX, "sys/module/%s/%s", copy, file);
	return 0;
}

int sysmod_instance(const struct root *root, const char *name, char **out)
{
	char path[PATH_MAX], *boot = NULL;
	struct buf text = BUF_INIT;
	struct stat st;
	int err;

	*out = NULL;
	err = file_path(root, path, name, "");
	if (!err)
		err = root_stat(root, path, &st);
	if (!err)
		err = root_read_line(root, "proc/sys/kernel/random/boot_id", &boot);
	if (err)
		return err;
	buf_printf(&text, "%s.%llu", boot, (unsigned long long)st.st_ino);
	*out = buf_detach(&text);
	free(boot);
	return 0;
}

int sysmod_build(const struct root *root, const char *name, char **out)
{
	struct buf text = BUF_INIT, note = BUF_INIT;
	char path[PATH_MAX], *line = NULL;
	size_t i;

	*out = NULL;
	if (file_path(root, path, name, "srcversion") || !root_read_line(root, path, &line))
		buf_addstr(&text, line ? line : "");
	free(line);
	if (!file_path(root, path, name, "notes/.note.gnu.build-id") && !root_read(root, path, &note, NOTE_MAX) && note.len)
		buf_addch(&text, ':');
	for (i = 0; i < note.len && text.len; i++)
		buf_printf(&text, "%02x", (unsigned char)buf_str(&note)[i]);
	buf_release(&note);
	if (text.len)
		*out = xstrdup(buf_str(&text));
	buf_release(&text);
	return *out ? 0 : -ENOENT;
}

/* The links are called "bus:driver". */
int sysmod_drivers(const struct root *root, const char *name, struct strv *out)
{
	char path[PATH_MAX];
	struct strv links = STRV_INIT;
	const char *colon;
	size_t i;
	int err;

	err = file_path(root, path, name, "drivers");
	if (!err)
		err = root_list(root, path, &links);
	for (i = 0; i < links.n; i++) {
		colon = strchr(links.v[i], ':');
		if (colon)
			strv_push(out, colon + 1);
	}
	strv_release(&links);
	return err;
}
