/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file a person's settings are kept in.  It stands in app/ because no command may know of it: those can have
 * been given privilege, and touch no file of the user.
 */
#ifndef KMT_APP_CONFIG_H
#define KMT_APP_CONFIG_H

#include <stddef.h>

struct buf;

/* $XDG_CONFIG_HOME/kmodtui/config, else ~/.config/kmodtui/config; NULL: the environment names no place. */
char *config_path(void);
/*
 * Adds the text of the file to @out.  -ENOENT: there is none; -EINVAL: no regular file; -EFBIG; -EPERM: it belongs
 * neither to this user nor to root; -errno.
 */
int config_read(const char *path, struct buf *out);
/*
 * Replaces the file as a whole, or leaves it as it is; makes its directories.  If it is a link, what it leads to is
 * replaced.  -EPERM: the directory belongs to another user; -errno.
 */
int config_write(const char *path, const char *text, size_t len);

#endif
