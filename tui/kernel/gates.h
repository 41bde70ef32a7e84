/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the running kernel itself keeps out or asks for, by its command line and by kernel.modprobe; read as the kernel
 * reads it: admin-guide/kernel-parameters, kernel/module/main.c, init/main.c, kernel/module/kmod.c.
 */
#ifndef KMT_KERNEL_GATES_H
#define KMT_KERNEL_GATES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strv.h"

struct root;

struct gates {
	bool known;		/* the command line could be read */
	char *blacklist;	/* what module_blacklist= says; NULL: nothing */
	struct strv initcalls;	/* the functions that initcall_blacklist= names */
	char *modprobe;		/* kernel.modprobe, the program the kernel asks; NULL: not known */
};

void gates_release(struct gates *gates);
/* Pure: a kernel command line; adds to @gates. */
void gates_parse(struct gates *gates, const char *text, size_t len);
/* Reads them; not @root->live: nothing is known. */
void gates_read(struct gates *gates, const struct root *root);
/* Whether module_blacklist= has that very name: the kernel compares byte by byte. */
bool gates_blacklists(const struct gates *gates, const char *name);
/* Whether initcall_blacklist= has that function. */
bool gates_skips(const struct gates *gates, const char *function);

/* What becomes of the kernel's own requests for a module. */
enum gates_request {
	GATES_REQUEST_UNKNOWN,	/* not known, or a program decides that is not modprobe */
	GATES_REQUEST_NONE,	/* no program: the kernel asks nobody */
	GATES_REQUEST_REFUSED,	/* a program that only fails or does nothing */
	GATES_REQUEST_MODPROBE,
};

enum gates_request gates_request(const struct gates *gates);

#endif
