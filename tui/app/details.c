/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is shown beside the list: info and parameters of the selected module. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/console.h"
#include "base/i18n.h"
#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kmod_info.h"
#include "kernel/sysmod.h"

void details_forget(struct console *console)
{
	console->details_old = true;
	console->dirty = true;
}

static void clear(struct shown *shown)
{
	info_release(&shown->info);
	shown->info = (struct info)INFO_INIT;
	paramlist_release(&shown->params);
	shown->params = (struct paramlist)PARAMLIST_INIT;
	free(shown->info_obstacle);
	shown->info_obstacle = NULL;
}

static const char *info_sentence(const struct module *module, int err)
{
	if (err == -ENOENT && module->state == MODULE_BUILTIN)
		return _("This is part of the kernel image; what it says of itself is not on this machine.");
	if (err == -ENOENT)
		return _("The file of this module is not on this machine.");
	if (err == -ENOEXEC)
		return _("The file of this module is damaged or no module.");
	if (err == -EBADMSG || err == -ETIMEDOUT || err == -ENOMEM || err == -EFBIG)
		return _("The file of this module is damaged or made to do harm: reading it was stopped.");
	if (err == -EACCES || err == -EPERM)
		return _("You may not read the file of this module.");
	return _("The file of this module can not be read.");
}

void details_declare(struct console *console, const char *name, struct paramlist *params)
{
	struct info *infos = NULL;
	size_t i, n = 0;

	if (console->lib && !kmod_info_read(console->lib, name, &infos, &n) && n)
		paramlist_declare(params, &infos[0]);
	for (i = 0; i < n; i++)
		info_release(&infos[i]);
	free(infos);
}

static int read_info(struct console *console, const char *name)
{
	struct info *infos = NULL;
	size_t i, n = 0;
	int err = console->lib ? kmod_info_read(console->lib, name, &infos, &n) : -ENOENT;

	if (!err && n) {
		console->shown.info = infos[0];
		for (i = 1; i < n; i++)
			info_release(&infos[i]);
	}
	free(infos);
	return err;
}

/* Of this machine a child reads the values; below a --root they are files that nothing can hold up. */
static void read_params(struct console *console, const char *name)
{
	struct paramlist *params = &console->shown.params;

	paramlist_declare(params, &console->shown.info);
	if (root_is_host(&console->root)) {
		sysmod_list_params(&console->root, name, params);
		values_forget(console);
	} else {
		sysmod_read_params(&console->root, name, params);
	}
	modprobed_apply(&console->conf, name, params);
}

/* Until the new values come the old ones stand: a question asked meanwhile offers them. */
static void keep_values(struct paramlist *params, struct paramlist *old)
{
	size_t i;

	for (i = 0; i < params->n; i++) {
		struct param *param = &params->v[i], *was = paramlist_find(old, param->name);

		if (param->wait != PARAM_READING || param->value || !was)
			continue;
		param->value = was->value;
		was->value = NULL;
	}
}

/* Details cost a file or two: they are read only where they are seen. */
static bool on_screen(const struct console *console)
{
	return console->ui.details || screen_is_wide();
}

/* Another module is shown from its first line; the same one where it was. */
static void change_module(struct console *console, const char *name)
{
	size_t i;

	if (name && console->details_of && !strcmp(name, console->details_of))
		return;
	free(console->details_of);
	console->details_of = xstrdup(name);
	for (i = 0; i < console->ui.n_tabs; i++) {
		console->ui.tabs[i].list = (struct list){ 0 };
		console->ui.tabs[i].left = 0;
		console->ui.tabs[i].paused = console->ui.tabs[i].unfolded = false;
	}
}

static bool is_current(const struct console *console, const char *name)
{
	if (!name || !console->details_of)
		return !name && !console->details_of;
	return !console->details_old && !strcmp(name, console->details_of);
}

static void read_details(struct console *console, const char *name)
{
	struct shown *shown = &console->shown;
	struct paramlist old = PARAMLIST_INIT;
	int err;

	if (name && console->details_of && !strcmp(name, console->details_of)) {
		old = shown->params;
		shown->params = (struct paramlist)PARAMLIST_INIT;
	}
	clear(shown);
	change_module(console, name);
	console->details_old = false;
	console->dirty = true;
	if (!name)
		return;
	err = read_info(console, name);
	if (err)
		shown->info_obstacle = xstrdup(info_sentence(shown->selected, err));
	read_params(console, name);
	keep_values(&shown->params, &old);
	paramlist_release(&old);
}

/* The window follows where nobody sees a cursor. */
static void show_match(struct console *console)
{
	size_t i, line;

	for (i = 0; i < console->ui.n_tabs; i++)
		if (console->ui.tabs[i].ops == &view_info &&
		    view_info_find(&console->ui.tabs[i], &console->shown, &line))
			console->ui.tabs[i].list.cursor = line;
	console->dirty = true;
}

void details_update(struct console *console)
{
	const struct module *module = console->shown.selected;
	const char *name = module ? module->name : NULL;

	/* Who goes on to another one looks for nothing there. */
	if (console->found != module)
		console->found = NULL;
	if (!on_screen(console))
		return;
	if (!is_current(console, name))
		read_details(console, name);
	if (console->found)
		show_match(console);
	console->found = NULL;
}

/* Modes can change, and parameters come and go with the module. */
static bool list_again(struct console *console)
{
	struct paramlist fresh = PARAMLIST_INIT, *params = &console->shown.params;
	bool changed = false;
	size_t i;

	sysmod_list_params(&console->root, console->details_of, &fresh);
	for (i = 0; i < params->n; i++) {
		struct param *now = paramlist_find(&fresh, params->v[i].name), *old = &params->v[i];

		changed = changed || old->in_sysfs != (now != NULL) || (now && now->mode != old->mode);
	}
	paramlist_release(&fresh);
	return changed;
}

void details_reread(struct console *console)
{
	if (!console->details_of || !root_is_host(&console->root))
		return;
	if (list_again(console))
		details_forget(console);
	else
		console->values.old = true;
}
