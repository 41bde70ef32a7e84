/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Modules given as a file.  Such a file is opened once and copied, and the copy can not be changed: what is
 * looked at is what is loaded, whatever becomes of the file.  It is parsed in a child with limits.
 */
#ifndef KMT_KERNEL_KMOD_FILE_H
#define KMT_KERNEL_KMOD_FILE_H

#include "model/info.h"

struct kmod_lib;

struct kmod_file {
	char *path;		/* as given */
	int fd;			/* the copy, open for reading; -1: there is none */
	const char *unpacker;	/* the program that unpacks it; NULL: it is not packed */
	int error;		/* of reading it, which is not tried again */
	struct info info;	/* name: that inside the file, else the file's own */
};

struct kmod_files {
	struct kmod_file **v;
	size_t n, size;
};

/*
 * The file at @path; it stays with @lib.  -ENOENT ...; -EISDIR; -EINVAL: a device or the like; -ENOEXEC: no module;
 * -EFBIG: too large for one; -EBADMSG: it crashed its reader; -ETIMEDOUT, -ENOMEM: its reader came to no end.
 */
int kmod_file_get(struct kmod_lib *lib, const char *path, const struct kmod_file **file);
/*
 * A descriptor of the module itself, unpacked in a child with limits if need be; the caller closes it.
 * -ELIBACC: the program that unpacks it is not installed; else as above.
 */
int kmod_file_open(const struct kmod_file *file);
void kmod_file_release(struct kmod_files *files);

#endif
