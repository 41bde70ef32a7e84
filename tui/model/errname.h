/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names of errnos, as a person writes them.  Pure. */
#ifndef KMT_MODEL_ERRNAME_H
#define KMT_MODEL_ERRNAME_H

#include <stdbool.h>

/* The first word of @list, which has commas, that is no errno, in a new string; NULL: all are. */
char *errname_unknown(const char *list);
/* @list, "ENODEV,EPROBE_DEFER,22", has that errno. */
bool errname_listed(const char *list, unsigned error);

#endif
