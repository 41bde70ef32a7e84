/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Devices without a driver: which module would serve each, and the way to it. */
#include <errno.h>
#include <string.h>

#include "app/action.h"
#include "app/console.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/util.h"
#include "kernel/devices.h"
#include "kernel/kmod_fate.h"
#include "kernel/kmod_which.h"
#include "model/device.h"

/* The module of each line of the open menu; "" for one that has none. */
static struct strv modules;

static void chosen(struct console *console, size_t choice)
{
	if (choice >= modules.n)
		return;
	if (*modules.v[choice])
		act_list_go(console, modules.v[choice]);
	else
		console_say(console, MESSAGE_BAD, _("No module of this kernel serves this device."));
}

static const char *state_of(const struct console *console, const char *name)
{
	const struct module *module = name ? modtable_find(&console->shown.table, name) : NULL;

	if (!name)
		return _("no module");
	if (kmod_fate_is_masked(console->lib, &console->conf, name))
		return _("masked");
	if (modprobed_find(&console->conf, MODPROBED_BLACKLIST, name))
		return _("blacklisted");
	return module ? module_state_name(module->state) : _("missing");
}

static void push_heads(struct console *console, int columns)
{
	struct buf line = BUF_INIT;

	buf_printf(&line, "%-*s %-18s %-11s %s", columns, _("DEVICE"), _("MODULE"), _("STATE"), _("WHAT IT IS"));
	popup_head(&console->ui.popup, buf_str(&line));
	buf_release(&line);
	strv_push(&modules, "");
}

/* The widest place, within reason: the columns behind it stand below one another. */
static int place_columns(const struct devicelist *list)
{
	size_t i, n = 16;

	for (i = 0; i < list->n; i++)
		n = MAX(n, strlen(list->v[i].bus) + 1 + strlen(list->v[i].name));
	return (int)MIN(n, (size_t)36);
}

static void push(struct console *console, const struct device *device, const char *name, int columns)
{
	struct buf line = BUF_INIT, place = BUF_INIT;

	buf_printf(&place, "%s %s", device->bus, device->name);
	buf_printf(&line, "%-*s %-18s %-11s %s", columns, buf_str(&place), name ? name : "-", state_of(console, name),
		   device->what ? device->what : device->alias);
	strv_push(&console->ui.popup.lines, buf_str(&line));
	strv_push(&modules, name ? name : "");
	buf_release(&line);
	buf_release(&place);
}

static void fill(struct console *console, const struct devicelist *list)
{
	int columns = place_columns(list);
	size_t i, k;

	strv_release(&modules);
	modules = (struct strv)STRV_INIT;
	push_heads(console, columns);
	for (i = 0; i < list->n; i++) {
		for (k = 0; k < list->v[i].modules.n; k++)
			push(console, &list->v[i], list->v[i].modules.v[k], columns);
		if (!list->v[i].modules.n)
			push(console, &list->v[i], NULL, columns);
	}
}

void act_devices(struct console *console)
{
	struct devicelist list = DEVICELIST_INIT;
	int err = devices_read(&console->root, &list);

	if (err) {
		if (err == -ENOENT)
			console_say(console, MESSAGE_PLAIN, _("There are no devices here: /sys/bus is missing."));
		else
			console_say(console, MESSAGE_BAD, _("The devices can not be read: %s."), strerror(-err));
		return;
	}
	if (console->lib)
		kmod_which_devices(console->lib, &list);
	if (list.n) {
		ask_menu(console, _("Devices without a driver"), chosen);
		fill(console, &list);
		popup_settle(&console->ui.popup, MOTION_DOWN);
	} else {
		console_say(console, MESSAGE_PLAIN, _("Every device that asks for a module has a driver."));
	}
	devicelist_release(&list);
}
