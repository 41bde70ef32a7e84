/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file that remembers what was done, one line each: $XDG_STATE_HOME/kmodtui/journal, of root
 * /var/log/kmodtui/journal.  At JOURNAL_MAX it becomes journal.1, and a new one begins.
 */
#ifndef KMT_KERNEL_JOURNAL_H
#define KMT_KERNEL_JOURNAL_H

#include <stddef.h>

struct buf;

#define JOURNAL_MAX (1u << 20)

/* Where it lies; the caller frees.  NULL: nowhere, there is no home. */
char *journal_path(void);
/* The same for another file of that folder: written and read by the two calls below, too. */
char *journal_state_path(const char *name);
/* Appends @line, whose end is a '\n'; makes what is missing.  -ELOOP: it is a link; -EINVAL: no regular file; -errno. */
int journal_append(const char *path, const char *line, size_t len);
/* The old part and the new one, oldest line first.  -ENOENT: there is none; -errno. */
int journal_read(const char *path, struct buf *out);

#endif
