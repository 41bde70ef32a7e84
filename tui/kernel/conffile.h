/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A configuration file of our own, changed as a whole or not at all.  While it is open a lock (a file
 * beside it) keeps other writers of ours away, so nothing that they change is lost.  Used by tui/cli/ only (law L4).
 */
#ifndef KMT_KERNEL_CONFFILE_H
#define KMT_KERNEL_CONFFILE_H

#include <stddef.h>

#include "base/buf.h"

struct root;

#define CONFFILE_WAIT_MS 5000	/* for the lock */

struct conffile {
	int dir, lock;
	int old;		/* the file as it was; -1: there was none */
	char *name;		/* within dir */
	struct buf text;	/* what was in it */
};

/*
 * @path below the root: "etc/modprobe.d/kmodtui.conf"; its directory is made if only that is missing.
 * -EBUSY: somebody else holds the lock; -ELOOP: it is a link; -EINVAL: no regular file, or no text; -EFBIG;
 * -errno.  Nothing is to be closed after a failure.
 */
int conffile_open(struct conffile *file, const struct root *root, const char *path);
/*
 * Replaces the file; an empty text removes it.  A new one has mode 0644, an old one gives mode, owner and
 * extended attributes to its successor.  On -errno the old one is there, but for an error of the last step, the
 * writing of the directory: then it is the new one, which a crash may take back.
 */
int conffile_write(struct conffile *file, const char *text, size_t len);
void conffile_close(struct conffile *file);

#endif
