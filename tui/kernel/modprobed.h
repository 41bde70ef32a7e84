/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The configuration of modprobe: options, install lines, blacklists, soft dependencies, with the
 * file and line each one stands in (which libkmod does not tell), and the parameters of the
 * kernel command line.  Directories and precedence are kmod's: a file of the same name in an earlier directory
 * hides the later one (/etc/modprobe.d, /run/modprobe.d, /usr/local/lib/modprobe.d, /lib/modprobe.d).
 */
#ifndef KMT_KERNEL_MODPROBED_H
#define KMT_KERNEL_MODPROBED_H

#include <stdbool.h>
#include <stddef.h>

struct paramlist;
struct root;
struct strv;

enum modprobed_kind {
	MODPROBED_OPTIONS, MODPROBED_INSTALL, MODPROBED_REMOVE, MODPROBED_BLACKLIST,
	MODPROBED_ALIAS, MODPROBED_SOFTDEP, MODPROBED_WEAKDEP
};

#define MODPROBED_CMDLINE "proc/cmdline"	/* the "file" of what the kernel command line says */

struct modprobed_line {
	enum modprobed_kind kind;
	char *name;		/* module or alias, normalised unless it is a pattern or of modprobe.blacklist= */
	char *rest;		/* what follows it; "" if nothing */
	char *file;		/* below the root: "etc/modprobe.d/x.conf"; "proc/cmdline" */
	unsigned line;		/* 1 the first */
};

struct modprobed {
	struct modprobed_line *v;
	size_t n, size;
	bool hidden;		/* it has a file that not everybody may read */
};

#define MODPROBED_INIT { NULL, 0, 0, false }

void modprobed_release(struct modprobed *conf);
/* Pure: one configuration file; continuation lines, comments; unknown words are skipped. */
void modprobed_parse(struct modprobed *conf, const char *file, const char *text, size_t len);
/* Pure: "module.param=value" and "modprobe.blacklist=a,b" of a kernel command line. */
void modprobed_cmdline_parse(struct modprobed *conf, const char *text, size_t len);
/* For that parser: adds what the command line says; @name and @rest are taken over. */
void modprobed_push_cmdline(struct modprobed *conf, enum modprobed_kind kind, char *name, char *rest);
/*
 * All files of @root, depmod's modules.softdep and its command line.  Missing directories are no error;
 * what can be read is there even when -errno tells that a file could not.
 */
int modprobed_read(struct modprobed *conf, const struct root *root);
/* Whether the first install line that fits the module is one that only fails or does nothing. */
bool modprobed_install_masks(const struct modprobed *conf, const char *name);
/*
 * The same, by the rule of kmod up to 34 that soft dependencies switch the install line off.  Only for what libkmod
 * cannot be asked about, as the files of an initramfs; else see kmod_fate.h.
 */
bool modprobed_is_masked(const struct modprobed *conf, const char *name);
/* Whether a softdep line has anything behind "pre:" or "post:"; @line may be NULL. */
bool modprobed_has_needs(const struct modprobed_line *line);
/*
 * The line that decides about module @name: the first one of that kind that fits.  A blacklist names its
 * module, the others may have patterns.
 */
const struct modprobed_line *modprobed_find(const struct modprobed *conf, enum modprobed_kind kind,
					    const char *name);
/* The line that has the last word on the parameter, or NULL. */
const struct modprobed_line *modprobed_option_line(const struct modprobed *conf, const char *name,
						   const char *param);
/* Sets configured and cmdline of the parameters of module @name. */
void modprobed_apply(const struct modprobed *conf, const char *name, struct paramlist *list);

#endif
