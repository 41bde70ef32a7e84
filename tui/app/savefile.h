/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file of the person's own, written with the person's own rights. */
#ifndef KMT_APP_SAVEFILE_H
#define KMT_APP_SAVEFILE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Makes the file @path with mode 0600 and these bytes.  0; -EEXIST: there is one, and @replace is
 * false; -ELOOP: a link is there, which is never followed; -EINVAL: something there is no file; -errno:
 * it could not be written, and what was there is as it was.
 */
int savefile_write(const char *path, const char *bytes, size_t len, bool replace);

#endif
