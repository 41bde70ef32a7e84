/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds the live modules that carry what one stands on.  It looks at what the kernel shows of devices and
 * their drivers; a module that no driver link names (a bus without one, most helpers) is found as something
 * the others need.
 */
#ifndef KMT_KERNEL_CARRY_H
#define KMT_KERNEL_CARRY_H

#include "model/carrying.h"

struct modlist;
struct root;
struct session;

/* Adds what can be found; @session may be NULL: then the root file system alone is looked at. */
void carry_read(const struct root *root, const struct session *session, const struct modlist *live,
		struct carrying *list);

/* The same for whoever runs this process. */
void carry_look(const struct root *root, const struct modlist *live, struct carrying *list);

/* What the parts of it share. */
struct carry {
	const struct root *root;
	const struct modlist *live;
	struct carrying *list;
	enum carrying_kind kind;	/* of what is looked for now */
	const char *what;
};

/* Adds @module if it is live. */
void carry_module(struct carry *carry, const char *module);
/* Adds the drivers of @device and of all devices above it. */
void carry_device(struct carry *carry, const char *device);
/* Each of the devices that the link "device" of @dir/NAME leads to. */
void carry_class(struct carry *carry, const char *dir);

void carry_disk(struct carry *carry);
void carry_console(struct carry *carry, const struct session *session);
void carry_network(struct carry *carry, const struct session *session);

#endif
