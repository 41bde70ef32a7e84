/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/devices.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/strv.h"
#include "base/util.h"
#include "kernel/root.h"
#include "model/device.h"

/* The files of names are a megabyte or two; no larger one is read. */
#define NAMES_MAX (8u << 20)

static bool has_link(const struct root *root, const char *directory, const char *name)
{
	struct buf path = BUF_INIT;
	char *target = NULL;
	bool has;

	buf_printf(&path, "%s/%s", directory, name);
	has = !root_read_link(root, buf_str(&path), &target);
	free(target);
	buf_release(&path);
	return has;
}

static void read_device(const struct root *root, const char *bus, const char *name, struct devicelist *list)
{
	struct buf directory = BUF_INIT, path = BUF_INIT;
	char *alias = NULL;

	buf_printf(&directory, "sys/bus/%s/devices/%s", bus, name);
	buf_printf(&path, "%s/modalias", buf_str(&directory));
	/* What ACPI describes stands on another bus, too, where its driver is. */
	if (!has_link(root, buf_str(&directory), "driver") &&
	    !has_link(root, buf_str(&directory), "physical_node") &&
	    !root_read_line(root, buf_str(&path), &alias) && *alias)
		devicelist_push(list, bus, name, alias);
	free(alias);
	buf_release(&directory);
	buf_release(&path);
}

static void read_bus(const struct root *root, const char *bus, struct devicelist *list)
{
	struct strv names = STRV_INIT;
	struct buf path = BUF_INIT;
	size_t i;

	buf_printf(&path, "sys/bus/%s/devices", bus);
	root_list(root, buf_str(&path), &names);
	for (i = 0; i < names.n; i++)
		read_device(root, bus, names.v[i], list);
	strv_release(&names);
	buf_release(&path);
}

/* Where distributions put the lists of names, of which a machine may have none. */
static void read_names(const struct root *root, const char *bus, struct buf *out)
{
	static const char *const folders[] = { "usr/share/hwdata", "usr/share/misc" };
	struct buf path = BUF_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folders); i++) {
		buf_reset(&path);
		buf_reset(out);
		buf_printf(&path, "%s/%s.ids", folders[i], bus);
		if (!root_read(root, buf_str(&path), out, NAMES_MAX))
			break;
	}
	buf_release(&path);
}

static void describe(struct device *device, const struct buf *names)
{
	struct device_ids ids;

	if (device_ids_parse(device->alias, &ids))
		return;
	device->what = device_find_name(buf_str(names), names->len, &ids);
	if (!device->what)
		device->what = device_describe(&ids);
}

/* The list of names is read when the first device needs it. */
static void describe_bus(const struct root *root, const char *bus, struct devicelist *list)
{
	struct buf names = BUF_INIT;
	bool tried = false;
	size_t i;

	for (i = 0; i < list->n; i++) {
		if (strcmp(list->v[i].bus, bus))
			continue;
		if (!tried)
			read_names(root, bus, &names);
		tried = true;
		describe(&list->v[i], &names);
	}
	buf_release(&names);
}

int devices_read(const struct root *root, struct devicelist *list)
{
	struct strv buses = STRV_INIT;
	int err = root_list(root, "sys/bus", &buses);
	size_t i;

	for (i = 0; i < buses.n; i++)
		read_bus(root, buses.v[i], list);
	describe_bus(root, "pci", list);
	describe_bus(root, "usb", list);
	strv_release(&buses);
	return err;
}
