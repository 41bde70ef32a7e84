/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What needs what by depmod's modules.dep.  Pure. */
#ifndef KMT_KERNEL_MODNEEDS_H
#define KMT_KERNEL_MODNEEDS_H

#include <stddef.h>

struct deptree;

/* Adds a hard need for each path behind the colon of each line; returns bad lines. */
size_t modneeds_parse(const char *text, size_t len, struct deptree *tree);

#endif
