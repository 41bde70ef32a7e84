/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One "name=value" of the kernel command line or of a module's options, cut as the kernel
 * cuts them: blanks separate, but not between double quotes, which can not be escaped; quotes
 * around the value or around the whole are dropped.  Pure.
 */
#ifndef KMT_KERNEL_MODOPT_H
#define KMT_KERNEL_MODOPT_H

#include <stdbool.h>
#include <stddef.h>

struct modopt {
	const char *name, *value;	/* into the text; value NULL: there is no '=' */
	size_t name_len, value_len;
};

/* The next one from *pos on, which moves behind it; false at @end. */
bool modopt_next(const char **pos, const char *end, struct modopt *out);

#endif
