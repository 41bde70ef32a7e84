/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Module parameters: what the module declares (type, description), what the kernel
 * holds now (mode, value), and what the configuration gives at load.
 */
#ifndef KMT_MODEL_PARAM_H
#define KMT_MODEL_PARAM_H

#include <stdbool.h>
#include <stddef.h>

struct info;

/* Whether the live value is what the kernel says now. */
enum param_wait {
	PARAM_KNOWN,
	PARAM_READING,		/* it was asked for; value is what came before, or NULL */
	PARAM_SILENT,		/* the module does not answer; value may be old */
};

struct param {
	char *name;
	char *type;		/* as declared: "uint", "charp", "array of int"; NULL: not declared */
	char *description;	/* NULL: none */
	char *value;		/* live, without the final newline; NULL: unknown or unreadable */
	char *configured;	/* from modprobe.d; NULL: none */
	char *cmdline;		/* from the kernel command line; NULL: none */
	unsigned mode;		/* permission bits of its sysfs file; valid if in_sysfs */
	enum param_wait wait;
	bool in_sysfs;		/* the module is live (or built in) and shows it */
};

struct paramlist {
	struct param *v;	/* in the module's order, then those only sysfs knows */
	size_t n, size;
};

#define PARAMLIST_INIT { NULL, 0, 0 }

void paramlist_release(struct paramlist *list);
struct param *paramlist_find(const struct paramlist *list, const char *name);
/* The one of that name, made if it is not there ('-' is '_' in parameter names too). */
struct param *paramlist_get(struct paramlist *list, const char *name, size_t len);
/* Adds what the fields "parm" and "parmtype" of @info declare. */
void paramlist_declare(struct paramlist *list, const struct info *info);

/* May be written while the module is live. */
bool param_writable(const struct param *param);

/*
 * Would @value be understood?  By declared type: ranges of the integer types, the
 * kernel's bool words, each element of an array; charp up to 1024 bytes; unknown types and a "string", whose size the module alone knows, pass.  A
 * newline or NUL never passes.  0, -EINVAL (not of the type), -ERANGE.  On failure *why
 * is a translated sentence owned by the caller, naming the range or the words.
 */
int param_check(const struct param *param, const char *value, char **why);

#endif
