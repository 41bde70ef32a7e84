/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Devices that no driver has taken, and the modules that could. */
#ifndef KMT_MODEL_DEVICE_H
#define KMT_MODEL_DEVICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"

struct device {
	char *bus, *name;	/* "pci", "0000:00:01.0" */
	char *alias;		/* what it asks for modules by */
	char *what;		/* for people: names, or what its numbers tell; NULL: nothing does */
	struct strv modules;	/* that would serve it */
};

struct devicelist {
	struct device *v;
	size_t n, size;
};

#define DEVICELIST_INIT { NULL, 0, 0 }

/* The numbers in the alias of a PCI or USB device. */
struct device_ids {
	unsigned vendor, product;
	unsigned class;		/* PCI: class and subclass */
	bool has_class;
};

/* -EINVAL: the alias has none. */
int device_ids_parse(const char *alias, struct device_ids *ids);
/*
 * The names of vendor and product in @text, a pci.ids or usb.ids file: a new string, or NULL when not even the
 * vendor is in it.
 */
char *device_find_name(const char *text, size_t len, const struct device_ids *ids);
/* What is known without such a file: "network controller 8086:100e". */
char *device_describe(const struct device_ids *ids);

/* A new device; the strings are copied. */
struct device *devicelist_push(struct devicelist *list, const char *bus, const char *name, const char *alias);
/* Those that a module would serve first; then by bus and name. */
void devicelist_sort(struct devicelist *list);
void devicelist_release(struct devicelist *list);

#endif
