/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of today's kernel API for kernels that do not have them yet.  configure asks the kernel
 * tree (m4/kmt_features.m4) and writes the answers to kmt_features.h; no version numbers here.
 */
#ifndef KMT_COMPAT_H
#define KMT_COMPAT_H

#include "kmt_features.h"

#endif
