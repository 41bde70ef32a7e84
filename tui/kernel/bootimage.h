/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The image a kernel starts from (the initramfs): the modules in it, and its own copies of modprobe's
 * configuration.  A large one takes seconds.
 */
#ifndef KMT_KERNEL_BOOTIMAGE_H
#define KMT_KERNEL_BOOTIMAGE_H

#include <stdbool.h>

#include "base/strv.h"
#include "kernel/modprobed.h"

struct root;

#define BOOTIMAGE_MIB 512	/* so much of it is read, unpacked */
#define BOOTIMAGE_SECONDS 60	/* and for so long */

struct bootimage {
	char *path;		/* below the root; NULL: there is none of this kernel */
	char *command;		/* that makes it anew */
	/*
	 * 0: it was read to its end.  Else what follows is only what was found before: -EACCES ...; -ENODATA: it is
	 * empty; -ENOTSUP: packed in an unknown way; -ELIBACC: @program is not installed; -EBADMSG: damaged;
	 * -EFBIG, -ETIMEDOUT: the bounds above; -E2BIG: far more files than any has.
	 */
	int error;
	const char *program;	/* that unpacks it; NULL: none was needed */
	struct strv modules;	/* of this kernel: "kernel/fs/x.ko.xz" */
	struct modprobed conf;	/* "etc/modprobe.d/x.conf" in it */
};

/* Finds and reads it; release it. */
void bootimage_read(struct bootimage *image, const struct root *root);
void bootimage_release(struct bootimage *image);

/* The path of module @name in it, or NULL. */
const char *bootimage_module(const struct bootimage *image, const char *name);
/* The first line of its configuration that names the module, or NULL. */
const struct modprobed_line *bootimage_line(const struct bootimage *image, const char *name);

#endif
