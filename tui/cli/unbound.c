/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/unbound.h"

#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/cli.h"
#include "cli/machine.h"
#include "cli/out.h"
#include "cli/say.h"
#include "cli/table.h"
#include "kernel/devices.h"
#include "kernel/kmod_fate.h"
#include "kernel/kmod_which.h"
#include "model/device.h"

static const struct modprobed_line *blacklist_of(const struct machine *machine, const char *module)
{
	return modprobed_find(&machine->conf, MODPROBED_BLACKLIST, module);
}

/* One row a module; without any one row that says so. */
static void add_row(struct table *table, const struct machine *machine, const struct device *device,
		    const char *module)
{
	const struct modprobed_line *line = module ? blacklist_of(machine, module) : NULL;
	char *state;

	if (line)
		state = say(_("%s, blacklisted by /%s:%u"), machine_state(machine, module), line->file, line->line);
	else if (module && kmod_fate_is_masked(machine->lib, &machine->conf, module))
		state = say(_("%s, masked"), machine_state(machine, module));
	else
		state = say("%s", module ? machine_state(machine, module) : "");
	table_cell(table, device->bus);
	table_cell(table, device->name);
	table_cell(table, module);
	table_cell(table, state);
	table_cell(table, device->what ? device->what : device->alias);
	free(state);
}

static void show_text(const struct machine *machine, const struct devicelist *list)
{
	struct table table = TABLE_INIT;
	size_t i, k;

	if (!list->n) {
		out_printf("%s\n", _("Every device that asks for a module has a driver."));
		return;
	}
	table_column(&table, _("BUS"), false);
	table_column(&table, _("DEVICE"), false);
	table_column(&table, _("MODULE"), false);
	table_column(&table, _("STATE"), false);
	table_column(&table, _("WHAT"), false);
	for (i = 0; i < list->n; i++) {
		const struct device *device = &list->v[i];

		for (k = 0; k < device->modules.n; k++)
			add_row(&table, machine, device, device->modules.v[k]);
		if (!device->modules.n)
			add_row(&table, machine, device, NULL);
	}
	table_print(&table);
}

static struct json_object *module_json(const struct machine *machine, const char *name)
{
	const struct modprobed_line *line = blacklist_of(machine, name);
	struct json_object *object = json_object_new_object();
	char *place = line ? say("/%s:%u", line->file, line->line) : NULL;

	json_object_object_add(object, "name", out_json_string(name));
	json_object_object_add(object, "state", out_json_string(machine_state(machine, name)));
	json_object_object_add(object, "blacklisted_by", out_json_string(place));
	free(place);
	return object;
}

static void show_json(const struct machine *machine, const struct devicelist *list)
{
	struct json_object *object = out_json_new(), *devices = json_object_new_array();
	size_t i, k;

	for (i = 0; i < list->n; i++) {
		struct json_object *device = json_object_new_object(), *modules = json_object_new_array();

		json_object_object_add(device, "bus", out_json_string(list->v[i].bus));
		json_object_object_add(device, "name", out_json_string(list->v[i].name));
		json_object_object_add(device, "alias", out_json_string(list->v[i].alias));
		json_object_object_add(device, "what", out_json_string(list->v[i].what));
		for (k = 0; k < list->v[i].modules.n; k++)
			json_object_array_add(modules, module_json(machine, list->v[i].modules.v[k]));
		json_object_object_add(device, "modules", modules);
		json_object_array_add(devices, device);
	}
	json_object_object_add(object, "devices", devices);
	out_json(object);
}

enum status unbound_show(const struct cli *cli, const struct machine *machine)
{
	struct devicelist list = DEVICELIST_INIT;
	int err = devices_read(&cli->root, &list);

	if (err == -ENOENT)
		return out_error(STATUS_FAILED, NULL, _("There are no devices here: /sys/bus is missing."));
	if (err)
		return out_error(STATUS_FAILED, NULL, _("The devices can not be read: %s."), strerror(-err));
	kmod_which_devices(machine->lib, &list);
	if (cli->options->json)
		show_json(machine, &list);
	else
		show_text(machine, &list);
	devicelist_release(&list);
	return STATUS_DONE;
}
