/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/device.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/parse.h"
#include "base/util.h"
#include "base/xalloc.h"

static const char hex[] = "0123456789abcdef0123456789ABCDEF";

/* Exactly @digits of them, as aliases and the files of names have them; NULL: something else stands there. */
static const char *read_hex(const char *s, const char *end, int digits, unsigned *out)
{
	const char *digit;
	unsigned value = 0;
	int i;

	for (i = 0; i < digits; i++, s++) {
		digit = s < end && *s ? strchr(hex, *s) : NULL;
		if (!digit)
			return NULL;
		value = value << 4 | (unsigned)(digit - hex) % 16;
	}
	*out = value;
	return s;
}

/* "pci:v00008086d0000100Esv...sd...bc02sc00i00" and "usb:v046DpC52Bd...". */
int device_ids_parse(const char *alias, struct device_ids *ids)
{
	const char *end = alias + strlen(alias), *at = alias + 5, *class;
	bool pci = !strncmp(alias, "pci:v", 5);
	int digits = pci ? 8 : 4;

	*ids = (struct device_ids){ 0 };
	if (!pci && strncmp(alias, "usb:v", 5))
		return -EINVAL;
	at = read_hex(at, end, digits, &ids->vendor);
	if (!at || *at != (pci ? 'd' : 'p') || !read_hex(at + 1, end, digits, &ids->product))
		return -EINVAL;
	class = pci ? strstr(at, "bc") : NULL;
	if (class) {
		unsigned base, sub;
		const char *next = read_hex(class + 2, end, 2, &base);

		if (next && !strncmp(next, "sc", 2) && read_hex(next + 2, end, 2, &sub)) {
			ids->class = base << 8 | sub;
			ids->has_class = true;
		}
	}
	return 0;
}

/* The name in a line of that depth, "1234  Name" behind so many tabs, with that number; NULL: another line. */
static const char *match_line(const char *line, const char *end, int tabs, unsigned number)
{
	const char *at = line;
	unsigned found;

	while (at < end && *at == '\t')
		at++;
	if (at - line != tabs)
		return NULL;
	at = read_hex(at, end, 4, &found);
	if (!at || found != number || end - at < 3 || at[0] != ' ' || at[1] != ' ')
		return NULL;
	return at + 2;
}

char *device_find_name(const char *text, size_t len, const struct device_ids *ids)
{
	const char *pos = text, *line, *name, *vendor = NULL;
	struct buf out = BUF_INIT;
	size_t n;

	while (parse_line(&pos, text + len, &line, &n)) {
		/* The next vendor: this one has no such product. */
		if (vendor && n && *line != '\t' && *line != '#')
			break;
		name = vendor ? match_line(line, line + n, 1, ids->product) :
			match_line(line, line + n, 0, ids->vendor);
		if (!name)
			continue;
		if (vendor)
			buf_addch(&out, ' ');
		buf_add(&out, name, (size_t)(line + n - name));
		if (vendor)
			break;
		vendor = name;
	}
	return vendor ? buf_detach(&out) : NULL;
}

/* Base classes of PCI; those that are not here say little. */
static const char *const classes[] = {
	[0x01] = N_("storage controller"), [0x02] = N_("network controller"), [0x03] = N_("display controller"),
	[0x04] = N_("multimedia controller"), [0x05] = N_("memory controller"), [0x06] = N_("bridge"),
	[0x07] = N_("communication controller"), [0x08] = N_("system device"), [0x09] = N_("input controller"),
	[0x0a] = N_("docking station"), [0x0b] = N_("processor"), [0x0c] = N_("serial bus controller"),
	[0x0d] = N_("wireless controller"), [0x10] = N_("encryption controller"),
	[0x11] = N_("signal processing controller"), [0x12] = N_("processing accelerator"),
};

char *device_describe(const struct device_ids *ids)
{
	unsigned base = ids->class >> 8;
	const char *class = ids->has_class && base < ARRAY_SIZE(classes) ? classes[base] : NULL;
	struct buf out = BUF_INIT;

	buf_printf(&out, "%s%s%04x:%04x", class ? _(class) : "", class ? " " : "", ids->vendor, ids->product);
	return buf_detach(&out);
}

struct device *devicelist_push(struct devicelist *list, const char *bus, const char *name, const char *alias)
{
	struct device *device;

	if (list->n == list->size) {
		list->size = list->size ? 2 * list->size : 16;
		list->v = xrealloc(list->v, list->size, sizeof(*list->v));
	}
	device = &list->v[list->n++];
	*device = (struct device){ .bus = xstrdup(bus), .name = xstrdup(name), .alias = xstrdup(alias) };
	return device;
}

static int compare(const void *x, const void *y)
{
	const struct device *a = x, *b = y;
	int order = !a->modules.n - !b->modules.n;

	if (!order)
		order = strcmp(a->bus, b->bus);
	return order ? order : strcmp(a->name, b->name);
}

void devicelist_sort(struct devicelist *list)
{
	if (list->n)
		qsort(list->v, list->n, sizeof(*list->v), compare);
}

void devicelist_release(struct devicelist *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		free(list->v[i].bus);
		free(list->v[i].name);
		free(list->v[i].alias);
		free(list->v[i].what);
		strv_release(&list->v[i].modules);
	}
	free(list->v);
	*list = (struct devicelist)DEVICELIST_INIT;
}
