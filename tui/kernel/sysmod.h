/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /sys/module: the live values of parameters. */
#ifndef KMT_KERNEL_SYSMOD_H
#define KMT_KERNEL_SYSMOD_H

#include <stdbool.h>

struct buf;
struct modlist;
struct paramlist;
struct root;
struct strv;

/*
 * Adds mode and value of every parameter of module @name that sysfs shows.  A value that can not
 * be read (0200) stays NULL.  0; -ENOENT: not live or without parameters; -errno.
 */
int sysmod_read_params(const struct root *root, const char *name, struct paramlist *list);
/* The same without the values, which never waits for the module. */
int sysmod_list_params(const struct root *root, const char *name, struct paramlist *list);
/* sysfs shows a module of that name that was never loaded: it is part of the kernel image. */
bool sysmod_is_builtin(const struct root *root, const char *name);
/* sysfs shows a module of that name that was loaded. */
bool sysmod_is_loaded(const struct root *root, const char *name);
/*
 * Adds a row for every module sysfs shows that was never loaded: it is part of the kernel image and has
 * a parameter or a version.  Others do not appear there.  0; -ENOENT: no /sys/module; -errno.
 */
int sysmod_read_builtin(const struct root *root, struct modlist *out);
/* Adds the names of the drivers that module @name has registered, without their bus.  0; -ENOENT: it has none; -errno. */
int sysmod_drivers(const struct root *root, const char *name, struct strv *out);
/*
 * A word for the module @name as it is live now: another one after each load.  sysfs gives a directory that is made
 * anew another number, the machine each start.  0 and *out (the caller frees); -errno, and it is NULL.
 */
int sysmod_instance(const struct root *root, const char *name, char **out);
/* What tells two builds apart: srcversion and build id.  0 and *out (the caller frees); -ENOENT: it has neither, NULL. */
int sysmod_build(const struct root *root, const char *name, char **out);
/* One value, without the final newline, replacing what *value held.  -errno. */
int sysmod_read_param(const struct root *root, const char *name, const char *param, char **value);
/* One write(2).  0, or what the module's set function answered. */
int sysmod_write_param(const struct root *root, const char *name, const char *param, const char *value);

#endif
