/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/kmod_load.h"

#include <errno.h>
#include <fcntl.h>
#include <libkmod.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/util.h"
#include "base/xalloc.h"
#include "kernel/kmod_file.h"
#include "kernel/kmod_lib.h"
#include "kernel/kmod_private.h"
#include "kernel/kmod_trust.h"
#include "kernel/procmods.h"
#include "model/module.h"

/* One of the files that are loaded from the copy that was looked at. */
static int file_insert(const struct kmod_file *file, const char *options)
{
	int fd = kmod_file_open(file), err;

	/* A crash of the unpacker is not what that errno means of a module, a bad signature. */
	if (fd < 0)
		return fd == -EBADMSG ? -ENOEXEC : fd;
	err = syscall(SYS_finit_module, fd, options, 0) ? -errno : 0;
	close(fd);
	return err;
}

/* One of the machine's own modules, which libkmod may unpack here. */
static int path_insert(struct kmod_lib *lib, const char *path, const char *options)
{
	struct kmod_module *module;
	int err;

	err = kmod_module_new_from_path(lib->ctx, path, &module);
	if (err < 0)
		return err;
	err = kmod_module_insert_module(module, 0, options);
	kmod_module_unref(module);
	return err;
}

/* What is there already counts as done, whoever loaded it in the meantime. */
static int step_insert(struct kmod_lib *lib, const struct kmod_step *step)
{
	const char *options = step->detail ? step->detail : "";
	const struct kmod_file *file = step->file;
	int err = 0;

	if (step->verb != PLAN_LOAD)
		return 0;
	if (!file && (lib->remote || !kmod_trust_file(lib->root, step->path)))
		err = kmod_file_get(lib, step->path, &file);
	if (!err)
		err = file ? file_insert(file, options) : path_insert(lib, step->path, options);
	return err == -EEXIST ? 0 : err;
}

/*
 * Before anything is loaded an install line is refused, since running it is a shell's work, and a name that is no
 * module.  Neither matters of what is only recommended.
 */
static int steps_check(const struct kmod_steps *steps, size_t *bad)
{
	const struct kmod_step *step;

	for (*bad = 0; *bad < steps->n; ++*bad) {
		step = &steps->v[*bad];
		if (!step->soft && step->verb == PLAN_INSTALL_COMMAND)
			return -ENOTSUP;
		if (!step->soft && step->verb == PLAN_MISSING)
			return -ENOENT;
	}
	return 0;
}

static int steps_insert(struct kmod_lib *lib, const struct kmod_steps *steps, size_t *bad)
{
	size_t i;
	int err;

	for (i = 0; i < steps->n; i++) {
		err = step_insert(lib, &steps->v[i]);
		if (err < 0 && !steps->v[i].soft) {
			*bad = i;
			return err;
		}
	}
	return 0;
}

int kmod_load_insert(struct kmod_lib *lib, const char *what, const char *options, char **failed)
{
	struct kmod_steps steps = KMOD_STEPS_INIT;
	struct modlist live = MODLIST_INIT;
	size_t bad = 0;
	int err;

	if (failed)
		*failed = NULL;
	/* Without the list every step is tried, and the kernel says which are there. */
	procmods_read(lib->root, &live);
	err = kmod_deps_walk(lib, what, options, &live, &steps);
	if (!err)
		err = steps_check(&steps, &bad);
	if (!err)
		err = steps_insert(lib, &steps, &bad);
	if (err && bad < steps.n && !steps.v[bad].target && failed)
		*failed = xstrdup(steps.v[bad].name);
	kmod_deps_release(&steps);
	modlist_release(&live);
	return err;
}

int kmod_load_remove(const char *name)
{
	char *spelled;
	int err;

	if (!util_name_live(name))
		return -ENOENT;
	spelled = xstrdup(name);
	util_name_normalize(spelled);
	err = syscall(SYS_delete_module, spelled, O_NONBLOCK) ? -errno : 0;
	free(spelled);
	return err;
}
