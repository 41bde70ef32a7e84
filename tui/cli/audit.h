/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the roads of modules.  What all modules share is read once: devices, the start of the machine, the initramfs. */
#ifndef KMT_CLI_AUDIT_H
#define KMT_CLI_AUDIT_H

#include "kernel/autoload.h"
#include "kernel/bootimage.h"
#include "kernel/gates.h"
#include "model/policy.h"

struct machine;
struct module;
struct roads;

struct audit {
	const struct machine *machine;
	struct policy policy;
	struct gates gates;
	struct autoload devices, boot;
	struct bootimage image;
	bool has_installs;		/* modprobe.d has install lines: a need may stand in the way */
	bool has_aliases;		/* and aliases, which come before those of the modules */
};

/* Looks into the initramfs too, which may take seconds.  @machine must outlive it. */
void audit_begin(struct audit *audit, const struct machine *machine);
void audit_end(struct audit *audit);
/* Adds the roads and gates of @module. */
void audit_read(const struct audit *audit, const struct module *module, struct roads *roads);

#endif
